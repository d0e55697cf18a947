import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeBookStore } from '../../../adapters/redis/market-store';
import { makeJudgedUntil } from '../../../adapters/redis/past/judged-until';
import { makeToldPrices } from '../../../adapters/redis/past/told-prices';
import { type AccountId, type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { SPAN_MS, TOLD_KEPT_MS } from '../../../usecases/ports/market-data/told-prices';
import { memoryJudgedUntil, memoryToldPrices } from '../../fakes/memory-told-prices';
import { services } from '../../services/services';

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'test');
});
afterAll(() => redis.disconnect());

const memory = () => {
  const told = memoryToldPrices();
  return { told, keep: async (book: Book) => told.keep(book) };
};
const stored = () => ({ told: makeToldPrices(redis), keep: makeBookStore(redis).put });

const START = instant(Math.ceil(Date.UTC(2026, 2, 14, 12) / SPAN_MS) * SPAN_MS);
const later = (ms: number) => instant(START + ms);

describe.each([
  ['memory', memory],
  ['Redis', stored],
] as const)('what was told lately, by %s', (_, open) => {
  const opened = () => {
    const id = idOf<InstrumentId>(`T-${randomUUID()}`);
    let sequence = 0;
    const { told, keep } = open();
    const tell = async (ms: number, bid: bigint, ask: bigint | null, quality: Book['quality'] = 'good') => {
      sequence += 1;
      const level = (at: bigint) => ({ price: price(at), qty: qty(5n) });
      const book: Book = {
        instrument: id,
        venue: 'kraken',
        sequence,
        venueProof: `${sequence}`,
        venueAt: later(ms),
        receivedAt: later(ms),
        quality,
        bids: [level(bid), level(bid - 1n)],
        asks: ask === null ? [] : [level(ask), level(ask + 1n)],
      };
      await keep(book);
      return { ...book, bids: book.bids.slice(0, 1), asks: book.asks.slice(0, 1) };
    };
    return { id, told, tell };
  };

  test('spans hold the extremes of good books; bad ones widen nothing', async () => {
    const { id, told, tell } = opened();
    await tell(0, 100n, 101n);
    await tell(1_000, 90n, 96n);
    await tell(2_000, 105n, 106n);
    await tell(3_000, 1n, 999n, 'crossed');
    await tell(SPAN_MS, 99n, null);
    await tell(2 * SPAN_MS, 99n, null);
    await tell(2 * SPAN_MS + 1, 98n, 100n);
    const { spans, reach } = await told.lately([id], later(SPAN_MS));
    expect(spans.get(id)).toEqual([
      { startsAt: START, bid: { low: 90n, high: 105n }, ask: { low: 96n, high: 106n } },
      { startsAt: later(SPAN_MS), bid: { low: 99n, high: 99n }, ask: null },
      { startsAt: later(2 * SPAN_MS), bid: { low: 98n, high: 99n }, ask: { low: 100n, high: 100n } },
    ]);
    expect(reach).toBeDefined();
  });

  test('tops come by their receipt, of several instruments, within both ends, the bad ones too, and the one before', async () => {
    const [one, other] = [opened(), opened()];
    const first = await one.tell(1_000, 100n, 101n);
    const second = await one.tell(2_000, 99n, 101n, 'gapped');
    await one.tell(3_000, 98n, 101n);
    const tops = await one.told.tops([one.id, other.id], later(1_000), later(2_000));
    expect(tops).toEqual([first, second]);
    expect(await one.told.tops([one.id], later(1_500), later(2_000))).toEqual([first, second]);
    expect(await one.told.tops([other.id], later(0), later(9_000))).toEqual([]);
    expect((await one.told.lately([other.id], START)).spans.has(other.id)).toBe(false);
  });

  test('what is older than what is kept is gone with the next', async () => {
    const { id, told, tell } = opened();
    await tell(0, 100n, 101n);
    const next = await tell(TOLD_KEPT_MS + 1, 100n, 101n);
    expect(await told.tops([id], START, later(2 * TOLD_KEPT_MS))).toEqual([next]);
  });
});

test('Redis remembers since when it keeps everything: the first book that it was told', async () => {
  const { told, keep } = stored();
  await redis.del('told:since');
  const none = await told.lately([], START);
  const level = { price: price(1n), qty: qty(1n) };
  const book: Book = {
    instrument: idOf<InstrumentId>(`T-${randomUUID()}`),
    venue: 'kraken',
    sequence: 1,
    venueProof: '',
    venueAt: START,
    receivedAt: START,
    quality: 'good',
    bids: [level],
    asks: [{ ...level, price: price(2n) }],
  };
  await keep(book);
  await keep({ ...book, receivedAt: later(5_000), sequence: 2 });
  expect([none.reach, (await told.lately([], START)).reach]).toEqual([undefined, START]);
});

describe.each([
  ['memory', () => memoryJudgedUntil()],
  ['Redis', () => makeJudgedUntil(redis, 0)],
] as const)('how far the engines have come, by %s', (_, open) => {
  test('is told by shard, and asked for by account', async () => {
    await redis.del('judged:until');
    const judged = open();
    const [even, odd] = ['00', '01'].map((end) => idOf<AccountId>(`01900000-0000-7000-8000-0000000000${end}`));
    expect(await judged.of(even as AccountId)).toBeUndefined();
    await judged.tell(0, 2, START);
    await judged.tell(1, 2, later(7));
    await judged.tell(0, 2, later(1));
    expect([await judged.of(even as AccountId), await judged.of(odd as AccountId)]).toEqual([later(1), later(7)]);
  });
});
