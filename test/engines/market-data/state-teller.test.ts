import { bookOfMark } from '../../../domain/market/mark';
import { StateTeller } from '../../../engines/market-data/state-teller';
import { NO_MEMORY } from '../../../usecases/market-data/publish-book';
import type { StateChange } from '../../../usecases/ports/market-data/market-state';
import { markBy } from '../../fixtures/mark-story';

const AGREED = 'coinbase 100/101; kraken 100/101';
const CRASHED = 'binance 100/101; coinbase 100/101; kraken 60/61';

function telling() {
  const told: string[] = [];
  const counted: string[] = [];
  const outside = { isDown: false };
  const publishStates = async (changes: readonly StateChange[]) => {
    if (outside.isDown) throw new Error('the brokers are down');
    told.push(...changes.map(({ venue, state, reason }) => `${venue} ${state}${reason ? ` ${reason}` : ''}`));
  };
  const teller = new StateTeller({ states: { publishStates }, counted: (state) => void counted.push(state) });
  const publish = teller.following(async (shown: string) => ({
    book: bookOfMark(markBy(shown)),
    memory: NO_MEMORY,
    failures: [],
  }));
  return { teller, publish, told, counted, outside };
}

/** Goal: who follows the topic hears of each change once, and of nothing that is as it was. */
test('each change is told once, and counted', async () => {
  const { publish, told, counted } = telling();
  await publish(AGREED);
  await publish(AGREED);
  expect(told.splice(0)).toEqual(['composite fresh', 'coinbase fresh', 'kraken fresh']);
  await publish(CRASHED);
  await publish(CRASHED);
  expect(told.splice(0)).toEqual(['binance fresh', 'kraken quarantined disagrees']);
  await publish('binance 100/101 silent; coinbase 100/101 thin; kraken 60/61');
  expect(told.splice(0)).toEqual([
    'composite unconfirmed binance silent, coinbase thin, kraken good',
    'binance stale silent',
    'coinbase quarantined thin',
    'kraken fresh',
  ]);
  await publish('binance 100/101; coinbase 100/101; kraken 100/101');
  expect(told).toEqual(['composite fresh', 'binance fresh', 'coinbase fresh']);
  expect(counted.filter((state) => state === 'unconfirmed')).toHaveLength(1);
  expect(counted).toHaveLength(12);
});

test('another reason of the same state is a change', async () => {
  const { publish, told } = telling();
  await publish('coinbase 100/101; kraken 100/101 thin');
  told.length = 0;
  await publish('coinbase 100/101; kraken 100/101 one_sided');
  expect(told).toEqual(['composite unconfirmed coinbase good, kraken one_sided', 'kraken quarantined one_sided']);
});

test('what the brokers did not get is said, not counted, and told with the next that is published', async () => {
  const { publish, told, counted, outside } = telling();
  outside.isDown = true;
  const { failures } = await publish(AGREED);
  expect([failures.map(String), counted]).toEqual([['Error: the brokers are down'], []]);
  outside.isDown = false;
  await publish(AGREED);
  expect(told).toHaveLength(3);
});

test('whoever goes on after another begins with everything', async () => {
  const { teller, publish, told } = telling();
  await publish(AGREED);
  teller.forget(() => false);
  await publish(AGREED);
  expect(told).toHaveLength(3);
  teller.forget(() => true);
  await publish(AGREED);
  expect(told).toHaveLength(6);
});
