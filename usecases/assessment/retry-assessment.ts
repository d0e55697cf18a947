import { decideRetry, type RetryRefusal } from '../../domain/assessment/progression/attempts';
import type { AccountId, AssessmentId, EventId, UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import { CONFLICT, CONFLICTS_MAX, failAsBusy, withOptimisticRetry } from '../concurrency/optimistic-retry';
import type { Trace } from '../ports/clock-and-ids';
import { alignHolds } from './align-holds';
import { type OpeningParts, openAssessment } from './open-assessment';

export type RetryAssessment = {
  readonly assessmentId: AssessmentId;
  readonly userId: UserId;
  readonly trace: Trace;
};

export type Retried = { readonly assessmentId: AssessmentId; readonly accountId: AccountId };

/**
 * Starts the failed phase again for nothing while free retries are left. Of requests at the same time one opens the new
 * attempt, and all are answered with it.
 */
export const retryAssessment =
  (parts: OpeningParts) =>
  async ({ assessmentId, userId, trace }: RetryAssessment): Promise<Result<Retried, RetryRefusal>> => {
    const { assessments, ids } = parts;
    const attempt = async (): Promise<Result<Retried, RetryRefusal> | typeof CONFLICT> => {
      const history = await assessments.course(assessmentId);
      if (history?.userId !== userId) return refuse('assessment_unknown', 'assessmentId', 'must be yours');
      const decided = decideRetry(history, assessmentId);
      if (!decided.ok) return decided;
      const { value: place } = decided;
      if ('accountId' in place) return accept({ assessmentId: place.assessmentId, accountId: place.accountId });
      const { purchaseId } = history;
      const next = ids.next<AssessmentId>();
      const opening = { assessmentId: next, userId, purchaseId, place, origin: 'retry' as const, trace };
      const opened = openAssessment(parts, history, opening);
      // No event asked for it: what keeps a second request from opening another is the place.
      const inbox = { consumer: 'retry-assessment', eventId: ids.next<EventId>() };
      if ((await assessments.create(opened, inbox)) !== 'created') return CONFLICT;
      await alignHolds(parts)(next, trace);
      return accept({ assessmentId: next, accountId: opened.accountId });
    };
    return withOptimisticRetry(CONFLICTS_MAX, attempt, failAsBusy(`the course of assessment ${assessmentId}`));
  };
