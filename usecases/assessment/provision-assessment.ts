import { attemptOf, nextAttemptAt } from '../../domain/assessment/progression/attempts';
import type { AssessmentId, PurchaseId, UserId } from '../../domain/kernel/ids';
import { invariant } from '../../domain/kernel/invariant';
import { CONFLICT, CONFLICTS_MAX, failAsBusy, withOptimisticRetry } from '../concurrency/optimistic-retry';
import type { AssessmentStore, PinnedProgram } from '../ports/assessments/assessment-store';
import type { Trace } from '../ports/clock-and-ids';
import type { Inbox } from '../ports/events/outbox';
import { alignHolds } from './align-holds';
import { type OpeningParts, openAssessment } from './open-assessment';

export type ProvisionAssessment = {
  readonly purchaseId: PurchaseId;
  readonly assessmentId: AssessmentId;
  readonly userId: UserId;
  readonly inbox: Inbox;
  readonly trace: Trace;
};

export type ProvisionParts = OpeningParts & {
  readonly assessments: Pick<AssessmentStore, 'pinnedProgram' | 'course' | 'create'>;
};

/**
 * Opens the assessment that a completed purchase granted: a tier's first phase, or the next attempt at the phase that a
 * reset starts anew, under the program pinned by the tier's purchase. A second delivery changes nothing.
 */
export const provisionAssessment =
  (parts: ProvisionParts) =>
  async (granted: ProvisionAssessment): Promise<'created' | 'duplicate'> => {
    const { purchaseId } = granted;
    const pinned = await parts.assessments.pinnedProgram(purchaseId);
    invariant(pinned !== undefined, `purchase ${purchaseId} was completed, so its program is pinned`);
    const created =
      pinned.resetOf === null
        ? await provisionTier(parts, granted, pinned)
        : await provisionReset(parts, granted, pinned.resetOf);
    // The payment may have been taken back before there was anything to hold.
    await alignHolds(parts)(granted.assessmentId, granted.trace);
    return created;
  };

async function provisionTier(
  parts: ProvisionParts,
  { purchaseId, assessmentId, userId, inbox, trace }: ProvisionAssessment,
  pinned: PinnedProgram,
): Promise<'created' | 'duplicate'> {
  const place = { phase: 1, attempt: 1 };
  const opening = { assessmentId, userId, purchaseId, place, origin: 'purchase' as const, trace };
  const created = await parts.assessments.create(openAssessment(parts, pinned, opening), inbox);
  return created === 'created' ? 'created' : 'duplicate';
}

/** What was paid is granted: where a retry took the place meanwhile, the reset has the one after it. */
function provisionReset(
  parts: ProvisionParts,
  { assessmentId, userId, inbox, trace }: ProvisionAssessment,
  resetOf: AssessmentId,
): Promise<'created' | 'duplicate'> {
  const attempt = async () => {
    const history = await parts.assessments.course(resetOf);
    invariant(history !== undefined, `assessment ${resetOf} was reset, so it is part of a course`);
    const failed = attemptOf(history, resetOf);
    invariant(failed !== undefined, `the course of ${resetOf} knows it`);
    const { purchaseId } = history;
    const place = nextAttemptAt(history, failed.phase);
    const opening = { assessmentId, userId, purchaseId, place, origin: 'reset' as const, trace };
    const created = await parts.assessments.create(openAssessment(parts, history, opening), inbox);
    return created === 'taken' ? CONFLICT : created;
  };
  return withOptimisticRetry<'created' | 'duplicate'>(CONFLICTS_MAX, attempt, failAsBusy(`the course of ${resetOf}`));
}
