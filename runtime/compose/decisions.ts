import type { Redis } from 'ioredis';
import { makeAccountStore } from '../../adapters/cockroach/accounts/account-store';
import type { Database } from '../../adapters/cockroach/connection/database';
import { makeInstrumentStore } from '../../adapters/cockroach/market-data/instrument-store';
import { makeBlackoutStore } from '../../adapters/cockroach/surveillance/blackout-store';
import { makePastTakings } from '../../adapters/cockroach/surveillance/past-takings';
import { makeJudgedUntil } from '../../adapters/redis/judged-until';
import { makeBookStore } from '../../adapters/redis/market-store';
import { makeTakenLiquidity } from '../../adapters/redis/taken-liquidity';
import { makeToldPrices } from '../../adapters/redis/told-prices';
import { cachedInstruments } from '../../usecases/market-data/cached-instruments';
import { cachedBlackouts } from '../../usecases/surveillance/cached-blackouts';
import { sha256Digest, systemClock, uuidIds } from '../edge';

const CATALOGUE_KEPT_MS = 2_000;
const BLACKOUTS_KEPT_MS = 5_000;

/** What every decision about an account asks for, whoever makes it; only the tape of venue trades is the caller's. */
export const composeDecisions = (database: Database, redis: Redis) => ({
  clock: systemClock,
  ids: uuidIds,
  digest: sha256Digest,
  accounts: makeAccountStore(database),
  books: makeBookStore(redis),
  taken: makeTakenLiquidity(redis, makePastTakings(database, systemClock)),
  told: makeToldPrices(redis),
  judgedUntil: makeJudgedUntil(redis),
  instruments: cachedInstruments(makeInstrumentStore(database), systemClock, CATALOGUE_KEPT_MS),
  blackouts: cachedBlackouts(makeBlackoutStore(database), BLACKOUTS_KEPT_MS),
});
