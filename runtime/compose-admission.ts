import type { Database } from '../adapters/cockroach/database';
import { makeSessionStore } from '../adapters/cockroach/identity/session-store';
import type { RedisCommands } from '../adapters/redis/commands';
import { makeSessionCache } from '../adapters/redis/session-cache';
import { makeTickets } from '../adapters/redis/tickets';
import { liveSession, type SessionParts } from '../usecases/authenticate';
import { systemClock } from './edge';

export const sessionParts = (database: Database, redis: RedisCommands): SessionParts => ({
  sessions: makeSessionStore(database),
  cache: makeSessionCache(redis),
  clock: systemClock,
});

/** What a workload needs to admit the holders of tickets, and to ask whether their sessions are still alive. */
export const composeAdmission = (database: Database, redis: RedisCommands) => ({
  tickets: makeTickets(redis),
  liveSession: liveSession(sessionParts(database, redis)),
});
