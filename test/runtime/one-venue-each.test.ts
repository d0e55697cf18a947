import { idOf } from '../../domain/kernel/ids';
import { assertOneVenueEach } from '../../runtime/one-venue-each';

test('an instrument that two venues would tell stops the start by its name', () => {
  const ids = (...names: readonly string[]) => names.map((name) => idOf<never>(name));
  expect(() => assertOneVenueEach(ids('BTC-USD', 'USDT-USD'))).not.toThrow();
  expect(() => assertOneVenueEach(ids('BTC-USD', 'ETH-USD', 'BTC-USD'))).toThrow('BTC-USD: followed at two venues');
});
