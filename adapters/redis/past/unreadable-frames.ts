import type { Redis } from 'ioredis';
import { type Instant, instant } from '../../../domain/kernel/instant';
import type { UnreadableFrames } from '../../../usecases/ports/market-data/unreadable-frames';
import { answered } from '../redis-errors';

const KEPT_MS = 24 * 3_600_000;
/** More than a connector hands on in a day. */
const KEPT_MAX = 10_000;

/** KEYS[1] a venue's frames, ARGV[1] when one came, ARGV[2] it, ARGV[3] the time before which all go, ARGV[4..5] limits. */
const KEEP = `
  redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[3])
  redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - tonumber(ARGV[4]))
  redis.call('PEXPIRE', KEYS[1], ARGV[5])`;

type Kept = { readonly at: Instant; readonly text: string };

/** The frames of each venue that nobody could read, in the order of their receipt. */
export const makeUnreadableFrames = (redis: Redis): UnreadableFrames => ({
  keep: async ({ venue, text, receivedAt: at }) => {
    const kept: Kept = { at, text };
    const values = [at, JSON.stringify(kept), at - KEPT_MS, KEPT_MAX, KEPT_MS];
    await answered(redis.eval(KEEP, 1, keyOf(venue), ...values));
  },
  latest: async (venue, limit) => {
    const texts = await answered(redis.zrange(keyOf(venue), `${-limit}`, '-1'));
    return texts.map((line) => {
      const { at, text } = JSON.parse(line) as Kept;
      return { venue, text, receivedAt: instant(at) };
    });
  },
});

const keyOf = (venue: string): string => `unreadable:${venue}`;
