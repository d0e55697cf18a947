import { makeAccountStore } from '../adapters/cockroach/account-store';
import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { makeInstrumentStore } from '../adapters/cockroach/instrument-store';
import { makeBlackoutStore } from '../adapters/cockroach/risk-desk/blackout-store';
import { makeBookStore, makeCandleStore } from '../adapters/redis/market-store';
import { amendOrder } from '../usecases/amend-order';
import { cachedBlackouts } from '../usecases/cached-blackouts';
import { cachedInstruments } from '../usecases/cached-instruments';
import { cancelOrder, cancelOrders } from '../usecases/cancel-orders';
import { closePosition, closePositions } from '../usecases/close-positions';
import { judgeAccount } from '../usecases/judge-account';
import { placeOrder } from '../usecases/place-order';
import { NO_TAPE } from '../usecases/ports/market-data';
import { previewOrder } from '../usecases/preview-order';
import { getAssessment, getEquityCurve, listTrades } from '../usecases/read-account';
import { readEvidence, readEvidencePath } from '../usecases/read-evidence';
import { readOrder } from '../usecases/read-order';
import { functionDatabase } from './database';
import { sha256Digest, systemClock, uuidIds } from './edge';
import { lazy } from './lazy';
import { openRedis } from './redis';

const CATALOGUE_KEPT_MS = 2_000;
const BLACKOUTS_KEPT_MS = 5_000;

/** Orders, accounts and markets: the functions `trading`, `assessments` and `markets`. */
export const trading = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const accounts = makeAccountStore(database);
  const assessments = makeAssessmentStore(database);
  const books = makeBookStore(redis);
  const candles = makeCandleStore(redis);
  const instruments = cachedInstruments(makeInstrumentStore(database), systemClock, CATALOGUE_KEPT_MS);
  const blackouts = cachedBlackouts(makeBlackoutStore(database), BLACKOUTS_KEPT_MS);
  const edge = { clock: systemClock, ids: uuidIds, digest: sha256Digest };
  const desk = { ...edge, accounts, books, instruments, tape: NO_TAPE, blackouts };
  const parts = { ...desk, judge: judgeAccount(desk) };
  return {
    placeOrder: placeOrder(parts),
    previewOrder: previewOrder(parts),
    readOrder: readOrder(parts),
    amendOrder: amendOrder(parts),
    cancelOrder: cancelOrder(parts),
    cancelOrders: cancelOrders(parts),
    closePosition: closePosition(parts),
    closePositions: closePositions(parts),
    listTrades: listTrades({ accounts, assessments }),
    getEquityCurve: getEquityCurve({ accounts, assessments }),
    listAssessments: assessments.listOf,
    getAssessment: getAssessment({ assessments }),
    readEvidence: readEvidence({ assessments }),
    readEvidencePath: readEvidencePath({ assessments, candles }),
    instruments,
    books,
    candles,
  };
});
