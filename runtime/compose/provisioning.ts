import { makeAccountStore } from '../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../adapters/cockroach/assessments/assessment-store';
import { makeSignalStore } from '../../adapters/cockroach/surveillance/signal-store';
import { advanceAssessment } from '../../usecases/assessment/advance-assessment';
import { provisionAssessment } from '../../usecases/assessment/provision-assessment';
import { followPayment } from '../../usecases/purchase/follow-payment';
import { functionDatabase } from '../database';
import { systemClock, uuidIds } from '../edge';
import { lazy } from '../lazy';

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
