import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { makeSettlementStore } from '../adapters/cockroach/settlement-store';
import { makeCandleStore } from '../adapters/redis/market-store';
import { amendOrder } from '../usecases/amend-order';
import { cancelOrder, cancelOrders } from '../usecases/cancel-orders';
import { closePosition, closePositions } from '../usecases/close-positions';
import { judgeAccount } from '../usecases/judge-account';
import { listAssessments } from '../usecases/list-assessments';
import { placeOrder } from '../usecases/place-order';
import { NO_TAPE } from '../usecases/ports/market-data';
import { previewClose, previewCloseAll } from '../usecases/preview-closing';
import { previewAmend, previewOrder } from '../usecases/preview-order';
import { getAssessment, getEquityCurve, listTrades } from '../usecases/read-account';
import { readEvidence, readEvidencePath, readEvidenceTrades } from '../usecases/read-evidence';
import { readFees } from '../usecases/read-fees';
import { readOrder } from '../usecases/read-order';
import { readRiskWindows } from '../usecases/read-risk-windows';
import { composeDesk } from './compose-desk';
import { functionDatabase } from './database';
import { lazy } from './lazy';
import { openRedis } from './redis';

/** Orders, accounts and markets: the functions `trading`, `assessments` and `markets`. */
export const trading = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const assessments = makeAssessmentStore(database);
  const settlements = makeSettlementStore(database);
  const candles = makeCandleStore(redis);
  const desk = { ...composeDesk(database, redis), tape: NO_TAPE };
  const { accounts, books, instruments } = desk;
  const parts = { ...desk, judge: judgeAccount(desk) };
  return {
    placeOrder: placeOrder(parts),
    previewOrder: previewOrder(parts),
    previewAmend: previewAmend(parts),
    previewClose: previewClose(parts),
    previewCloseAll: previewCloseAll(parts),
    readOrder: readOrder(parts),
    amendOrder: amendOrder(parts),
    cancelOrder: cancelOrder(parts),
    cancelOrders: cancelOrders(parts),
    closePosition: closePosition(parts),
    closePositions: closePositions(parts),
    listTrades: listTrades({ accounts, assessments }),
    getEquityCurve: getEquityCurve({ accounts, assessments }),
    readRiskWindows: readRiskWindows(desk),
    listAssessments: listAssessments({ assessments }),
    getAssessment: getAssessment({ assessments }),
    readEvidence: readEvidence({ assessments }),
    readEvidenceTrades: readEvidenceTrades({ assessments, settlements }),
    readEvidencePath: readEvidencePath({ assessments, settlements, candles }),
    readFees: readFees({ instruments }),
    instruments,
    books,
    candles,
  };
});
