import { makeAccountStore } from '../adapters/cockroach/account-store';
import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { makeSignalStore } from '../adapters/cockroach/risk-desk/signal-store';
import { advanceAssessment } from '../usecases/advance-assessment';
import { followPayment } from '../usecases/follow-payment';
import { provisionAssessment } from '../usecases/provision-assessment';
import { functionDatabase } from './database';
import { systemClock, uuidIds } from './edge';
import { lazy } from './lazy';

/** What the consumers of purchases and of passes need. */
export const provisioning = lazy(async () => {
  const database = await functionDatabase();
  const parts = {
    assessments: makeAssessmentStore(database),
    accounts: makeAccountStore(database),
    signals: makeSignalStore(database),
    clock: systemClock,
    ids: uuidIds,
  };
  return {
    provisionAssessment: provisionAssessment(parts),
    followPayment: followPayment(parts),
    advanceAssessment: advanceAssessment(parts),
  };
});
