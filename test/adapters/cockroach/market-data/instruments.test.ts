import type { Database } from '../../../../adapters/cockroach/connection/database';
import { makeInstrumentStore } from '../../../../adapters/cockroach/market-data/instrument-store';
import { type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { plusMs } from '../../../../domain/kernel/instant';
import { ONE_DOLLAR_PRICE, ppm, price, qty } from '../../../../domain/kernel/money';
import type { Instrument, Payout } from '../../../../domain/market/instrument';
import { systemClock } from '../../../../runtime/edge';
import { migratedDatabase } from '../test-database';

/** Goal: the catalogue keeps an outcome's whole life, and knows what of it the topic has not heard. */
let database: Database;
let store: ReturnType<typeof makeInstrumentStore>;

beforeEach(async () => {
  database = await migratedDatabase(2);
  store = makeInstrumentStore(database);
});
afterEach(() => database.close());

const rain: Instrument = {
  id: idOf<InstrumentId>('PM-rain-YES'),
  venue: 'polymarket',
  venueSymbol: '7131',
  kind: 'outcome',
  title: 'Rain: yes',
  priceTick: price(1_000_000n),
  qtyStep: qty(1_000_000n),
  qtyMin: qty(500_000_000n),
  takerFee: { kind: 'probability', rate: ppm(70_000n) },
  makerFee: { kind: 'probability_cent', rate: ppm(0n) },
  status: 'open',
  payout: null,
  outcome: { marketId: '0x1', eventId: '9', category: 'Weather', question: 'Will it “rain”?', side: 'yes' },
};
const pays = (each: bigint): Payout => ({ kind: 'pays', price: price(each) });
const resolved = (payout: Payout): Instrument => ({ ...rain, status: 'resolved', payout });
const untold = async () => (await store.untold()).map(({ id, status }) => `${id} ${status}`);

test.each`
  story                | instrument
  ${'open'}            | ${rain}
  ${'halted'}          | ${{ ...rain, status: 'halted' }}
  ${'closed'}          | ${{ ...rain, status: 'closed' }}
  ${'pending'}         | ${{ ...rain, status: 'pending' }}
  ${'disputed'}        | ${{ ...rain, status: 'disputed' }}
  ${'paying a dollar'} | ${resolved(pays(ONE_DOLLAR_PRICE))}
  ${'paying nothing'}  | ${resolved(pays(0n))}
  ${'paying a half'}   | ${resolved(pays(ONE_DOLLAR_PRICE / 2n))}
  ${'void'}            | ${resolved({ kind: 'void' })}
  ${'of Binance'}      | ${{ ...rain, venue: 'binance' }}
  ${'of Kalshi'}       | ${{ ...rain, venue: 'kalshi' }}
  ${'of two steps'} | ${{ ...rain, priceBands: [{ from: price(0n), step: price(100_000n) }, { from: price(10_000_000n), step: price(1_000_000n) }] }}
  ${'of Coinbase'}     | ${{ ...rain, venue: 'coinbase' }}
`('an outcome is kept whole: $story', async ({ instrument }) => {
  await store.upsert([instrument]);
  expect(await store.list()).toEqual([instrument]);
  expect([...(await store.find([rain.id])).values()]).toEqual([instrument]);
});

test.each`
  story                          | instrument
  ${'resolved without a payout'} | ${{ ...rain, status: 'resolved' }}
  ${'a payout before the end'}   | ${{ ...rain, payout: pays(0n) }}
  ${'a payout above a dollar'}   | ${resolved(pays(ONE_DOLLAR_PRICE + 1n))}
`('$story cannot be stored', async ({ instrument }) => {
  await expect(store.upsert([instrument])).rejects.toThrow(/check/i);
});

/** Goal: what is untold after these writes, the first row told before. One row is one story. */
test.each`
  story                       | written                                            | left
  ${'nothing new'}            | ${[rain]}                                          | ${[]}
  ${'another title and tick'} | ${[{ ...rain, title: 'x', priceTick: price(1n) }]} | ${[]}
  ${'another status'}         | ${[{ ...rain, status: 'closed' }]}                 | ${['PM-rain-YES closed']}
  ${'the end'}                | ${[resolved(pays(0n))]}                            | ${['PM-rain-YES resolved']}
  ${'halted and open again'}  | ${[{ ...rain, status: 'halted' }, rain]}           | ${['PM-rain-YES open']}
`('$story leaves untold: $left', async ({ written, left }) => {
  await store.upsert([rain]);
  expect(await untold()).toEqual(['PM-rain-YES open']);
  await store.told(await store.untold());
  for (const instrument of written) await store.upsert([instrument]);
  expect(await untold()).toEqual(left);
});

test('a payout that is corrected while the first is being told stays untold', async () => {
  const [first, corrected] = [resolved(pays(0n)), resolved(pays(ONE_DOLLAR_PRICE))];
  await store.upsert([first]);
  const telling = await store.untold();
  await store.upsert([corrected]);
  await store.told(telling);
  expect(await store.untold()).toEqual([corrected]);
  await store.told([corrected]);
  expect(await store.untold()).toEqual([]);
  await store.told([]);
});

test('what is watched is everything but what was resolved long ago', async () => {
  const old: Instrument = { ...resolved(pays(0n)), id: idOf<InstrumentId>('PM-old-YES') };
  const now = systemClock.now();
  await store.upsert([rain, old]);
  const watched = async (since: number) => (await store.watched(plusMs(now, since))).map(({ id }) => id);
  expect(await watched(-60_000)).toEqual(['PM-old-YES', 'PM-rain-YES']);
  expect(await watched(60_000)).toEqual(['PM-rain-YES']);
});

test('a delisted coin pays any price, and is known as such from its own time on', async () => {
  const { outcome: _, ...plain } = rain;
  const coin = (change: Partial<Instrument>): Instrument => ({
    ...plain,
    id: idOf<InstrumentId>('BTC-USD'),
    venue: 'kraken',
    kind: 'spot',
    ...change,
  });
  await store.upsert([coin({}), { ...rain, status: 'closed' }]);
  const gone = async (ms: number) => (await store.delisted(plusMs(systemClock.now(), ms))).map(({ id }) => id);
  expect(await gone(60_000)).toEqual([]);
  await store.upsert([coin({ status: 'closed' })]);
  expect([await gone(-60_000), await gone(60_000)]).toEqual([[], ['BTC-USD']]);
  const settled = coin({ status: 'resolved', payout: pays(60_000n * ONE_DOLLAR_PRICE) });
  await store.upsert([settled]);
  expect(await gone(60_000)).toEqual([]);
  expect([...(await store.find([settled.id])).values()]).toEqual([settled]);
});

test('a correction is watched from its own time on, not from that of the first resolution', async () => {
  await store.upsert([resolved(pays(0n))]);
  const later = systemClock.now();
  while (systemClock.now() <= later + 5) await store.list();
  await store.upsert([resolved({ kind: 'void' })]);
  expect(await store.watched(plusMs(later, 1))).toHaveLength(1);
  await store.upsert([{ ...resolved({ kind: 'void' }), title: 'another' }]);
  expect(await store.watched(plusMs(systemClock.now(), 1))).toEqual([]);
});
