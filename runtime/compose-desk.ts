import { makeAccountStore } from '../adapters/cockroach/account-store';
import type { Database } from '../adapters/cockroach/database';
import { makeInstrumentStore } from '../adapters/cockroach/instrument-store';
import { makeBlackoutStore } from '../adapters/cockroach/risk-desk/blackout-store';
import type { RedisCommands } from '../adapters/redis/commands';
import { makeBookStore } from '../adapters/redis/market-store';
import { cachedBlackouts } from '../usecases/cached-blackouts';
import { cachedInstruments } from '../usecases/cached-instruments';
import { sha256Digest, systemClock, uuidIds } from './edge';

const CATALOGUE_KEPT_MS = 2_000;
const BLACKOUTS_KEPT_MS = 5_000;

/** What every decision about an account asks for, whoever makes it; only the tape of venue trades is the caller's. */
export const composeDesk = (database: Database, redis: RedisCommands) => ({
  ...{ clock: systemClock, ids: uuidIds, digest: sha256Digest },
  accounts: makeAccountStore(database),
  books: makeBookStore(redis),
  instruments: cachedInstruments(makeInstrumentStore(database), systemClock, CATALOGUE_KEPT_MS),
  blackouts: cachedBlackouts(makeBlackoutStore(database), BLACKOUTS_KEPT_MS),
});
