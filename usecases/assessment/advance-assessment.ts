import { placeAfterPass } from '../../domain/assessment/progression/attempts';
import type { AssessmentId } from '../../domain/kernel/ids';
import { invariant } from '../../domain/kernel/invariant';
import type { Trace } from '../ports/clock-and-ids';
import type { Inbox } from '../ports/events/outbox';
import { alignHolds } from './align-holds';
import { type OpeningParts, openAssessment } from './open-assessment';

export type AdvanceAssessment = {
  readonly assessmentId: AssessmentId;
  readonly inbox: Inbox;
  readonly trace: Trace;
};

/**
 * Opens the phase after the one that was passed, in an account of its own; after the last there is none. However often
 * the pass is told, and whatever other attempt at the phase passes as well, the next phase is opened once.
 */
export const advanceAssessment =
  (parts: OpeningParts) =>
  async ({ assessmentId, inbox, trace }: AdvanceAssessment): Promise<'created' | 'duplicate' | 'finished'> => {
    const history = await parts.assessments.course(assessmentId);
    invariant(history !== undefined, `assessment ${assessmentId} was completed, so it is part of a course`);
    const place = placeAfterPass(history, assessmentId);
    if (!place) return 'finished';
    const { userId, purchaseId } = history;
    const next = parts.ids.next<AssessmentId>();
    const opening = { assessmentId: next, userId, purchaseId, place, origin: 'advance' as const, trace };
    const created = await parts.assessments.create(openAssessment(parts, history, opening), inbox);
    await alignHolds(parts)(assessmentId, trace);
    return created === 'created' ? 'created' : 'duplicate';
  };
