import { makeAccountStore } from '../adapters/cockroach/account-store';
import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { makeInstrumentStore } from '../adapters/cockroach/instrument-store';
import { makeBookStore, makeCandleStore } from '../adapters/redis/market-store';
import { cachedInstruments } from '../usecases/cached-instruments';
import { placeOrder } from '../usecases/place-order';
import { getAssessment, getEquityCurve, getEvidence, listTrades } from '../usecases/read-account';
import { functionDatabase } from './database';
import { systemClock, uuidIds } from './edge';
import { lazy } from './lazy';
import { openRedis } from './redis';

const CATALOGUE_KEPT_MS = 2_000;

/** Orders, accounts and markets: the functions `trading`, `assessments` and `markets`. */
export const trading = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const accounts = makeAccountStore(database);
  const assessments = makeAssessmentStore(database);
  const books = makeBookStore(redis);
  const instruments = cachedInstruments(makeInstrumentStore(database), systemClock, CATALOGUE_KEPT_MS);
  return {
    placeOrder: placeOrder({ accounts, books, instruments, clock: systemClock, ids: uuidIds }),
    listTrades: listTrades({ accounts, assessments }),
    getEquityCurve: getEquityCurve({ accounts, assessments }),
    listAssessments: assessments.listOf,
    getAssessment: getAssessment({ assessments }),
    getEvidence: getEvidence({ assessments }),
    instruments,
    books,
    candles: makeCandleStore(redis),
  };
});
