import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeUnreadableFrames } from '../../../adapters/redis/past/unreadable-frames';
import { instant } from '../../../domain/kernel/instant';
import { services } from '../../services/services';

const NOON = instant(1_795_428_000_000);
const HOUR_MS = 3_600_000;

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'test');
});
afterAll(() => redis.disconnect());

test('frames are kept as they came, in their order, for a day', async () => {
  const [frames, venue] = [makeUnreadableFrames(redis), `v-${randomUUID()}`];
  const keep = (hours: number, text: string) =>
    frames.keep({ venue, text, receivedAt: instant(NOON + hours * HOUR_MS) });
  const kept = async () => (await frames.latest(venue, 10)).map(({ text }) => text);
  await keep(0, '{"half":');
  await keep(1, 'naïve "quotes" \u0000');
  await keep(1, 'another at that time');
  expect(new Set(await kept())).toEqual(new Set(['{"half":', 'naïve "quotes" \u0000', 'another at that time']));
  expect((await frames.latest(venue, 10))[0]).toEqual({ venue, text: '{"half":', receivedAt: NOON });
  await keep(24.5, 'of the next day');
  expect(await kept()).toEqual(['another at that time', 'naïve "quotes" \u0000', 'of the next day']);
  expect(await frames.latest(venue, 1)).toMatchObject([{ text: 'of the next day' }]);
  expect(await redis.pttl(`unreadable:${venue}`)).toBeGreaterThan(23 * HOUR_MS);
  expect(await frames.latest('nobody', 10)).toEqual([]);
});
