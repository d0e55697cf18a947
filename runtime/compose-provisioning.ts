import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { advanceAssessment } from '../usecases/advance-assessment';
import { provisionAssessment } from '../usecases/provision-assessment';
import { functionDatabase } from './database';
import { systemClock, uuidIds } from './edge';
import { lazy } from './lazy';

/** What the consumers of completed purchases and of passes need. */
export const provisioning = lazy(async () => {
  const assessments = makeAssessmentStore(await functionDatabase());
  const parts = { assessments, clock: systemClock, ids: uuidIds };
  return { provisionAssessment: provisionAssessment(parts), advanceAssessment: advanceAssessment(parts) };
});
