import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { provisionAssessment } from '../usecases/provision-assessment';
import { openDatabase } from './database';
import { systemClock, uuidIds } from './edge';
import { lazy } from './lazy';

/** An instance works off one batch at a time. */
const POOL_MAX = 1;

/** What the consumer of completed purchases needs. */
export const provisioning = lazy(async () => {
  const assessments = makeAssessmentStore(await openDatabase(POOL_MAX));
  return { provisionAssessment: provisionAssessment({ assessments, clock: systemClock, ids: uuidIds }) };
});
