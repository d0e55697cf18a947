import { makeAssessmentStore } from '../../adapters/cockroach/assessments/assessment-store';
import { makeCandleStore } from '../../adapters/cockroach/market-data/candle-store';
import { makePayoutStore } from '../../adapters/cockroach/settlements/payout-store';
import { makeSettlementStore } from '../../adapters/cockroach/settlements/settlement-store';
import { listAssessments } from '../../usecases/assessment/list-assessments';
import { readPayouts } from '../../usecases/assessment/read-payouts';
import { takePayout } from '../../usecases/assessment/take-payout';
import { judgeAccount } from '../../usecases/judging/judge-account';
import { judgePast } from '../../usecases/judging/judge-past';
import { readEvidence, readEvidencePath, readEvidenceTrades } from '../../usecases/judging/read-evidence';
import { NO_TAPE } from '../../usecases/ports/market-data/market-data';
import { readRiskWindows } from '../../usecases/surveillance/read-risk-windows';
import { amendOrder } from '../../usecases/trading/amend-order';
import { cancelOrder, cancelOrders } from '../../usecases/trading/cancel-orders';
import { closePosition, closePositions } from '../../usecases/trading/close-positions';
import { placeOrder } from '../../usecases/trading/place-order';
import { previewClose, previewCloseAll } from '../../usecases/trading/preview-closing';
import { previewAmend, previewOrder } from '../../usecases/trading/preview-order';
import { getAssessment, getEquityCurve, listTrades } from '../../usecases/trading/read-account';
import { readOrder } from '../../usecases/trading/read-order';
import { functionDatabase } from '../database';
import { lazy } from '../lazy';
import { makeLogger } from '../log';
import { openRedis } from '../redis';
import { composeDecisions } from './decisions';

/** Orders, accounts and markets: the functions `trading`, `assessments` and `markets`. */
export const trading = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const assessments = makeAssessmentStore(database);
  const payouts = makePayoutStore(database);
  const settlements = makeSettlementStore(database);
  const candles = makeCandleStore(database);
  const decisions = { ...composeDecisions(database, redis), tape: NO_TAPE };
  const { accounts } = decisions;
  const judge = judgeAccount(decisions);
  const log = makeLogger();
  const past = judgePast({ ...decisions, judge });
  const parts = {
    ...decisions,
    judge,
    judgePast: async (...[snapshot, ...others]: Parameters<typeof past>) => {
      const judged = await past(snapshot, ...others);
      const { accountId } = snapshot;
      if (judged === 'behind')
        log.error({ accountId }, 'needs-review: prices since the last judgement are gone, unjudged');
      return judged;
    },
  };
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
    readRiskWindows: readRiskWindows(decisions),
    takePayout: takePayout({ ...parts, assessments, payouts }),
    readPayouts: readPayouts({ ...decisions, assessments, payouts }),
    listAssessments: listAssessments({ assessments }),
    getAssessment: getAssessment({ assessments }),
    readEvidence: readEvidence({ assessments }),
    readEvidenceTrades: readEvidenceTrades({ assessments, settlements }),
    readEvidencePath: readEvidencePath({ assessments, settlements, candles }),
  };
});
