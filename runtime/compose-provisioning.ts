import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { advanceAssessment } from '../usecases/advance-assessment';
import { provisionAssessment } from '../usecases/provision-assessment';
import { openDatabase } from './database';
import { systemClock, uuidIds } from './edge';
import { lazy } from './lazy';

/** An instance works off one batch at a time. */
const POOL_MAX = 1;

/** What the consumers of completed purchases and of passes need. */
export const provisioning = lazy(async () => {
  const assessments = makeAssessmentStore(await openDatabase(POOL_MAX));
  const parts = { assessments, clock: systemClock, ids: uuidIds };
  return { provisionAssessment: provisionAssessment(parts), advanceAssessment: advanceAssessment(parts) };
});
