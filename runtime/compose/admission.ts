import type { Redis } from 'ioredis';
import type { Database } from '../../adapters/cockroach/connection/database';
import { makeSessionStore } from '../../adapters/cockroach/identity/session-store';
import { makeSeats } from '../../adapters/redis/sessions/seats';
import { makeSessionCache } from '../../adapters/redis/sessions/session-cache';
import { makeTickets } from '../../adapters/redis/sessions/tickets';
import { liveSession, type SessionParts } from '../../usecases/identity/authenticate';
import { systemClock } from '../edge';

export const sessionParts = (database: Database, redis: Redis): SessionParts => ({
  sessions: makeSessionStore(database),
  cache: makeSessionCache(redis),
  clock: systemClock,
});

/** What a workload needs to admit the holders of tickets, and to ask whether their sessions are still alive. */
export const composeAdmission = (database: Database, redis: Redis) => ({
  tickets: makeTickets(redis),
  seats: makeSeats(redis),
  liveSession: liveSession(sessionParts(database, redis)),
});
