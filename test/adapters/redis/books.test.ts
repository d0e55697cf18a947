import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeBookStore } from '../../../adapters/redis/market-store';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { services } from '../../services/services';

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'test');
});
afterAll(() => redis.disconnect());

const instrument = () => idOf<InstrumentId>(`T-${randomUUID()}`);

describe('books', () => {
  const bookOf = (id: InstrumentId, sequence: number): Book => ({
    instrument: id,
    venue: 'kraken',
    sequence,
    venueProof: '3310070434',
    venueAt: instant(1_764_000_000_123),
    receivedAt: instant(1_764_000_000_456),
    quality: 'good',
    // More digits than a float can hold.
    bids: [{ price: price(9_100_010_000_000_123n), qty: qty(9_007_199_254_740_993n) }],
    asks: [],
  });

  test('come back as they were put, the latest of each; unknown ones are absent', async () => {
    const store = makeBookStore(redis);
    const [one, two, none] = [instrument(), instrument(), instrument()];
    await store.put(bookOf(one, 1));
    await store.put(bookOf(one, 2));
    await store.put({ ...bookOf(two, 7), quality: 'gapped' });
    const found = await store.current([one, two, none], 'kraken');
    expect([...found.keys()]).toEqual([one, two]);
    expect(found.get(one)).toEqual(bookOf(one, 2));
    expect(found.get(two)?.quality).toBe('gapped');
    expect((await store.current([], 'kraken')).size).toBe(0);
  });

  test('keep what was last good of what they lack, each side for itself', async () => {
    const store = makeBookStore(redis);
    const id = instrument();
    const state = { sequence: 3, venueProof: 'p', venueAt: instant(1), receivedAt: instant(2) };
    const bid = { price: price(9_100_010_000_000_123n), qty: qty(1n), ...state };
    const book: Book = { ...bookOf(id, 4), quality: 'gapped', last: { bid, ask: null } };
    await store.put(book);
    expect((await store.current([id], 'kraken')).get(id)).toEqual(book);
  });

  test('keep which of their sides is in doubt, why and since when', async () => {
    const store = makeBookStore(redis);
    const id = instrument();
    const book: Book = { ...bookOf(id, 1), doubts: { bid: { why: 'jumped', since: instant(1_764_000_000_000) } } };
    await store.put(book);
    expect((await store.current([id], 'kraken')).get(id)).toEqual(book);
  });
});
