import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RateLimiter } from '../../usecases/ports/identity/rate-limiter';
import { answered } from './redis-errors';

/**
 * A fixed window that begins with the first attempt. Answers 0 when the attempt is within the limit, else the
 * milliseconds until the window ends; refused attempts do not prolong it.
 * KEYS[1] the counter, ARGV[1] attempts at most, ARGV[2] the window in milliseconds.
 */
const TAKE = `
  local taken = tonumber(redis.call('GET', KEYS[1]) or '0')
  if taken >= tonumber(ARGV[1]) then
    local left = redis.call('PTTL', KEYS[1])
    if left > 0 then return left end
    redis.call('DEL', KEYS[1])
    taken = 0
  end
  redis.call('INCR', KEYS[1])
  if taken == 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return 0`;

export const makeRateLimiter = (redis: Redis): RateLimiter => ({
  take: async ({ name, max, windowMs }, subject) => {
    const waitMs = await answered(redis.eval(TAKE, 1, keyOf(name, subject), max, windowMs) as Promise<number>);
    return waitMs === 0 ? { allowed: true } : { allowed: false, retryAfterMs: waitMs };
  },
  forget: async ({ name }, subject) => {
    await answered(redis.del(keyOf(name, subject)));
  },
});

/** Addresses are hashed: Redis need not know who tried to sign in. */
const keyOf = (name: string, subject: string): string =>
  `limit:${name}:${createHash('sha256').update(subject).digest('base64url').slice(0, 22)}`;
