import { makeAssessmentStore } from '../../adapters/cockroach/assessments/assessment-store';
import { makeCandleStore } from '../../adapters/cockroach/market-data/candle-store';
import { makeTierStore } from '../../adapters/cockroach/purchase/tier-store';
import { makeSettlementStore } from '../../adapters/cockroach/settlements/settlement-store';
import { makeStudyStore } from '../../adapters/cockroach/studies/study-store';
import { makeTradedAccounts } from '../../adapters/cockroach/studies/traded-accounts';
import { NO_TAPE } from '../../usecases/ports/market-data/market-data';
import { cancelStudy, listStudies, readStudy } from '../../usecases/simulation/read-studies';
import { requestFirmStudy } from '../../usecases/simulation/request-firm-study';
import { requestStudy } from '../../usecases/simulation/request-study';
import { functionDatabase } from '../database';
import { lazy } from '../lazy';
import { openRedis } from '../redis';
import { composeDecisions } from './decisions';

/** The function `studies`: what is asked of the simulation, and what became of it. */
export const studies = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const parts = {
    ...composeDecisions(database, redis),
    tape: NO_TAPE,
    studies: makeStudyStore(database),
    assessments: makeAssessmentStore(database),
    settlements: makeSettlementStore(database),
    candles: makeCandleStore(database),
    tiers: makeTierStore(database),
    traded: makeTradedAccounts(database),
  };
  return {
    requestStudy: requestStudy(parts),
    requestFirmStudy: requestFirmStudy(parts),
    listStudies: listStudies(parts),
    readStudy: readStudy(parts),
    cancelStudy: cancelStudy(parts),
  };
});
