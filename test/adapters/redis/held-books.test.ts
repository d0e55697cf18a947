import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeBookStore } from '../../../adapters/redis/market-store';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import type { Book } from '../../../domain/market/book';
import { services } from '../../services/services';

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'test');
});
afterAll(() => redis.disconnect());

const instrument = () => idOf<InstrumentId>(`T-${randomUUID()}`);

describe('books that hold', () => {
  const NOW = Date.now();
  const bookOf = (id: InstrumentId, sequence: number, venueMs: number): Book => ({
    instrument: id,
    venue: 'kraken',
    sequence,
    venueProof: '1',
    venueAt: instant(NOW + venueMs),
    receivedAt: instant(NOW + sequence),
    quality: 'good',
    bids: [],
    asks: [],
  });
  const waitFor = (of: readonly InstrumentId[], afterMs: number, withinMs = 5_000) => ({
    of,
    primary: 'kraken' as const,
    after: instant(NOW + afterMs),
    withinMs,
  });

  test('are read with the instant until when they hold, and a word on another state is passed over', async () => {
    const store = makeBookStore(redis);
    const [one, two] = [instrument(), instrument()];
    await store.put(bookOf(one, 1, -50));
    await store.put(bookOf(two, 2, -50));
    await store.hold([bookOf(one, 1, 700), bookOf(two, 1, 700)]);
    const found = await store.current([one, two], 'kraken');
    expect([one, two].map((id) => (found.get(id)?.venueAt ?? 0) - NOW)).toEqual([700, -50]);
    await store.put(bookOf(one, 2, 5));
    expect(((await store.current([one], 'kraken')).get(one)?.venueAt ?? 0) - NOW).toBe(5);
  });

  test('are awaited together, and each waiter is answered as soon as its own hold', async () => {
    const store = makeBookStore(redis);
    const [one, two, other] = [instrument(), instrument(), instrument()];
    for (const id of [one, two, other]) await store.put(bookOf(id, 1, -50));
    const first = store.confirmed([one, other], waitFor([one], 0));
    const second = store.confirmed([two], waitFor([two], 0));
    await store.hold([bookOf(one, 1, 100)]);
    const { books, held } = await first;
    expect([[...held], [...books.keys()].sort()]).toEqual([[one], [one, other].sort()]);
    await store.put(bookOf(two, 2, 100));
    expect([...(await second).held]).toEqual([two]);
  });

  test('that do not come are not awaited longer than said; one that is not good holds for nobody', async () => {
    const store = makeBookStore(redis);
    const [silent, gapped] = [instrument(), instrument()];
    await store.put(bookOf(silent, 1, -50));
    await store.put({ ...bookOf(gapped, 1, 900), quality: 'gapped' });
    const begunAt = performance.now();
    const waits = [[silent], [gapped], [instrument()]].map((of) => store.confirmed(of, waitFor(of, 0, 120)));
    expect((await Promise.all(waits)).map(({ held }) => held.size)).toEqual([0, 0, 0]);
    expect(performance.now() - begunAt).toBeLessThan(2_000);
  });
});
