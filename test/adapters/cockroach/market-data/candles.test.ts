import { randomUUID } from 'node:crypto';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { makeCandleStore } from '../../../../adapters/cockroach/market-data/candle-store';
import { pruneOldCandles } from '../../../../adapters/cockroach/market-data/prune-candles';
import { DAY_MS, instant, plusMs } from '../../../../domain/kernel/instant';
import { price, qty } from '../../../../domain/kernel/money';
import type { CandlePart } from '../../../../domain/market/candles/candle';
import { bucketsOf } from '../../../../domain/market/candles/folding';
import { type KeptPart, VENUE_RUN } from '../../../../usecases/ports/market-data/candles';
import { BTC, TEN } from '../../../fixtures/book-story';
import { migratedDatabase } from '../test-database';

/** Goal: parts of candles are kept exactly, whatever is written twice, late or by two at once. */
let database: Database;
let store: ReturnType<typeof makeCandleStore>;
beforeEach(async () => {
  database = await migratedDatabase(4);
  store = makeCandleStore(database);
});
afterEach(() => database.close());

const MINUTE_MS = 60_000;
const RANGE = { from: TEN, to: plusMs(TEN, DAY_MS) };
const MINUTES = { instrument: BTC, resolution: '1m' } as const;

const part = (minute: number, close: bigint, more: Partial<CandlePart> = {}): CandlePart => ({
  at: instant(TEN + minute * MINUTE_MS),
  source: 'mark',
  prices: {
    open: price(5n),
    high: price(9_007_199_254_740_993n),
    low: price(1n),
    close: price(close),
    openAt: instant(TEN + minute * MINUTE_MS + 1),
    closeAt: instant(TEN + minute * MINUTE_MS + 59_999),
  },
  volume: qty(123_456_789_012_345_678_901_234_567n),
  trades: 3,
  isWhole: true,
  ...more,
});
const kept = (given: CandlePart, more: Partial<KeptPart> = {}): KeptPart => ({
  ...MINUTES,
  run: RUN,
  revision: 1,
  part: given,
  ...more,
});
const RUN = randomUUID();

test('a part comes back as it was: volumes beyond any INT8, and what is not known', async () => {
  const unknown = part(1, 7n, { source: 'venue', volume: null, trades: null });
  const silent = part(2, 7n, { prices: null, isWhole: false });
  await store.put([kept(part(0, 7n)), kept(unknown, { run: VENUE_RUN }), kept(silent)]);
  expect(await store.newest(MINUTES, RANGE, 10)).toEqual([silent, unknown, part(0, 7n)]);
  expect(await store.newest({ ...MINUTES, resolution: '1h' }, RANGE, 10)).toEqual([]);
});

test('the newest of a range are read, its first instant with it and its last without', async () => {
  await store.put([0, 1, 2, 3].map((minute) => kept(part(minute, 7n))));
  const range = { from: instant(TEN + MINUTE_MS), to: instant(TEN + 3 * MINUTE_MS) };
  const minutes = async (limit: number) =>
    (await store.newest(MINUTES, range, limit)).map(({ at }) => (at - TEN) / MINUTE_MS);
  expect([await minutes(10), await minutes(1)]).toEqual([[2, 1], [2]]);
});

test('of one run the highest revision stays, in whatever order they come and however often', async () => {
  const [old, late, newest] = [
    kept(part(0, 1n)),
    kept(part(0, 2n), { revision: 2 }),
    kept(part(0, 3n), { revision: 3 }),
  ];
  for (const each of [late, old, newest, late, newest, old]) await store.put([each]);
  expect(await store.newest(MINUTES, RANGE, 10)).toEqual([newest.part]);
});

test('two copies that write the same minute at once take nothing from one another', async () => {
  const runs = [randomUUID(), randomUUID()];
  const writes = runs.flatMap((run, copy) =>
    [1, 2, 3, 4, 5].map((revision) => {
      const prices = { ...part(0, 7n).prices, high: price(BigInt(copy * 10 + revision)) } as CandlePart['prices'];
      const volume = qty(BigInt(revision * 100));
      return store.put([kept(part(0, 7n, { prices, volume }), { run, revision })]);
    }),
  );
  await Promise.all(writes);
  const [minute] = bucketsOf(await store.newest(MINUTES, RANGE, 10));
  expect([minute?.volume, minute?.prices?.high, minute?.isWhole]).toEqual([1_000n, 15n, false]);
});

test('the last mark is the close of the newest minute that has a price; what a venue tells is none', async () => {
  expect(await store.lastMark(BTC)).toBeUndefined();
  await store.put([
    kept(part(0, 1n)),
    kept(part(1, 2n)),
    kept(part(2, 3n, { prices: null })),
    kept(part(3, 4n, { source: 'venue' }), { run: VENUE_RUN }),
    kept(part(60, 5n), { resolution: '1h' }),
  ]);
  expect(await store.lastMark(BTC)).toBe(2n);
});

test('minutes go after their days, hours after theirs, in as many statements as it takes', async () => {
  const old = Array.from({ length: 1_100 }, (_, minute) => kept(part(minute, 7n)));
  const hours = [0, 20].map((hour) => kept(part(60 * hour, 7n), { resolution: '1h' }));
  await store.put(old);
  await store.put(hours);
  const keep = { minutesDays: 1, hoursDays: 2 };
  expect(await pruneOldCandles(database, plusMs(TEN, DAY_MS), keep)).toEqual({ candles: 0 });
  expect(await pruneOldCandles(database, plusMs(TEN, DAY_MS + 1_099 * MINUTE_MS), keep)).toEqual({ candles: 1_099 });
  expect(await pruneOldCandles(database, plusMs(TEN, 2 * DAY_MS + 1), keep)).toEqual({ candles: 2 });
  expect(await store.newest({ ...MINUTES, resolution: '1h' }, RANGE, 9)).toHaveLength(1);
});

test('the lowest and the highest mark of many spans are read at once, and nothing that a venue told', async () => {
  const priced = (minute: number, low: bigint, high: bigint, more: Partial<CandlePart> = {}) => {
    const made = part(minute, low, more);
    return { ...made, prices: made.prices && { ...made.prices, low: price(low), high: price(high) } };
  };
  await store.put([
    kept(priced(0, 1n, 90n)),
    kept(priced(1, 20n, 30n)),
    kept(priced(1, 18n, 29n), { run: randomUUID() }),
    kept(priced(2, 25n, 40n)),
    kept(priced(2, 2n, 80n, { source: 'venue' }), { run: VENUE_RUN }),
    kept(part(3, 7n, { prices: null })),
    kept(priced(1, 3n, 70n), { resolution: '1h' }),
  ]);
  const span = (from: number, to: number, resolution: '1m' | '1h' = '1m') => ({
    instrument: BTC,
    resolution,
    from: instant(TEN + from * MINUTE_MS),
    to: instant(TEN + to * MINUTE_MS),
  });
  const asked = [span(1, 3), span(3, 9), span(0, 1), span(0, 9, '1h'), span(1, 3)];
  expect(await store.extremes(asked)).toEqual([
    { low: 18n, high: 40n },
    undefined,
    { low: 1n, high: 90n },
    { low: 3n, high: 70n },
    { low: 18n, high: 40n },
  ]);
  expect(await store.extremes([])).toEqual([]);
});
