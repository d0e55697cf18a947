import { Weights } from '../../../../adapters/venues/binance/weights';
import { RestPaused } from '../../../../adapters/venues/rest';
import { instant } from '../../../../domain/kernel/instant';

const MINUTE_MS = 60_000;
const START = 30_000_000 * MINUTE_MS;

/** How many snapshots of 250 each are granted from now on. */
function granted(weights: Weights): number {
  for (let count = 0; ; count++) {
    try {
      weights.spend(250);
    } catch (error) {
      expect(error).toBeInstanceOf(RestPaused);
      return count;
    }
  }
}

test.each`
  story                                     | heard        | limit        | snapshots
  ${'four fifths of what Binance grants'}   | ${undefined} | ${undefined} | ${19}
  ${'what others behind the address left'}  | ${'4000'}    | ${undefined} | ${3}
  ${'of the limit that Binance names'}      | ${undefined} | ${1_200}     | ${3}
  ${'all, where its own count is no count'} | ${'many'}    | ${undefined} | ${19}
`('$story: $snapshots snapshots a minute', ({ heard, limit, snapshots }) => {
  let now = START;
  const weights = new Weights({ now: () => instant(now) });
  weights.spend(0);
  if (heard !== undefined) weights.hear(new Headers({ 'x-mbx-used-weight-1m': heard }));
  if (limit !== undefined) weights.limitTo(limit);
  expect(granted(weights)).toBe(snapshots);
  expect(() => weights.spend(250)).toThrow('it is not asked again for 60000 ms');
  now += MINUTE_MS;
  expect(granted(weights)).toBeGreaterThanOrEqual(snapshots);
});
