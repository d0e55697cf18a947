import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { UserId } from '../../../domain/kernel/ids';
import type { Caller, Tickets } from '../../../usecases/ports/identity/session';
import { answered } from '../redis-errors';
import { SERVER_NOW } from '../server-now';

export const TICKET_SECONDS = 30;
/** Tickets of one person that may be out at a time: a browser that restores all its tabs needs several. */
export const TICKETS_MAX = 30;

/** KEYS[1] a person's tickets, ARGV[1] the new one, ARGV[2] its seconds, ARGV[3] tickets at most. */
const COUNT = `${SERVER_NOW}
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
  redis.call('ZADD', KEYS[1], now + ARGV[2] * 1000, ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  return 1`;

/** A ticket is 32 random bytes; its hash is the key, so that reading Redis gives nobody a ticket. */
export const makeTickets = (redis: Redis): Tickets => ({
  issue: async ({ userId, sessionId, roles }) => {
    const ticket = randomBytes(32).toString('base64url');
    const hash = hashOf(ticket);
    const counted = redis.eval(COUNT, 1, outOf(userId), hash, TICKET_SECONDS, TICKETS_MAX) as Promise<number>;
    if ((await answered(counted)) === 0) return undefined;
    await answered(redis.set(keyOf(hash), JSON.stringify({ userId, sessionId, roles }), 'EX', TICKET_SECONDS));
    return ticket;
  },
  redeem: async (ticket) => {
    const hash = hashOf(ticket);
    const text = await answered(redis.getdel(keyOf(hash)));
    if (text === null) return undefined;
    const caller = JSON.parse(text) as Caller;
    await answered(redis.zrem(outOf(caller.userId), hash));
    return caller;
  },
});

const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('base64url');
const keyOf = (hash: string): string => `ticket:${hash}`;
const outOf = (userId: UserId): string => `tickets:${userId}`;
