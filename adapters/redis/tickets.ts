import { createHash, randomBytes } from 'node:crypto';
import type { Caller, Tickets } from '../../usecases/ports/session';
import type { RedisCommands } from './commands';
import { answered } from './redis-errors';

export const TICKET_SECONDS = 30;

/** A ticket is 32 random bytes; its hash is the key, so that reading Redis gives nobody a ticket. */
export const makeTickets = (redis: RedisCommands): Tickets => ({
  issue: async ({ userId, sessionId, roles }) => {
    const ticket = randomBytes(32).toString('base64url');
    await answered(redis.set(keyOf(ticket), JSON.stringify({ userId, sessionId, roles }), 'EX', TICKET_SECONDS));
    return ticket;
  },
  redeem: async (ticket) => {
    const text = await answered(redis.getdel(keyOf(ticket)));
    return text === null ? undefined : (JSON.parse(text) as Caller);
  },
});

const keyOf = (ticket: string): string => `ticket:${createHash('sha256').update(ticket).digest('base64url')}`;
