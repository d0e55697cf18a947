import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeBookStore } from '../../../adapters/redis/market-store';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { Overtaken } from '../../../usecases/ports/market-data/market-data';
import { bookAt, TEN } from '../../fixtures/book-story';
import { services } from '../../services/services';

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'test');
});
afterAll(() => redis.disconnect());

/** Goal: what was written by a process that stood still takes the place of nothing newer. */
test.each`
  sequence | mid       | answer         | story
  ${9}     | ${91_000} | ${'overtaken'} | ${'an older state'}
  ${10}    | ${91_001} | ${'overtaken'} | ${'another of the same count'}
  ${10}    | ${91_000} | ${'put'}       | ${'what stands there, said again'}
  ${11}    | ${91_001} | ${'put'}       | ${'the next'}
`('$story is $answer', async ({ sequence, mid, answer }) => {
  const instrument = idOf<InstrumentId>(`PM-${randomUUID()}-YES`);
  const store = makeBookStore(redis);
  const known = bookAt(91_000, TEN, { instrument, venue: 'polymarket', sequence: 10 });
  await store.put(known);
  // Its receipt may be later, where the connection of its copy was slower: the count alone decides.
  const at = sequence === 10 && mid === 91_000 ? TEN : plusMs(TEN, 5);
  const next = bookAt(mid, at, { instrument, venue: 'polymarket', sequence });
  const put = store.put(next).then(
    () => 'put',
    (error) => (error instanceof Overtaken ? 'overtaken' : String(error)),
  );
  expect(await put).toBe(answer);
  expect((await store.told([instrument])).get(instrument)).toEqual(answer === 'put' ? next : known);
});
