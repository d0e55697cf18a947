import { attemptOf, placeAfterPass } from '../../domain/assessment/progression/attempts';
import type { HoldKind } from '../../domain/kernel/hold-kind';
import type { AccountId, AssessmentId, PurchaseId, SignalId, UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { invariant } from '../../domain/kernel/invariant';
import { advanceAssessment } from '../assessment/advance-assessment';
import { type AlignParts, alignHolds } from '../assessment/align-holds';
import type { AssessmentStore, KeptHistory } from '../ports/assessments/assessment-store';
import type { Trace } from '../ports/clock-and-ids';
import type { Inbox } from '../ports/events/outbox';
import type { RiskSignal, SignalStore } from '../ports/surveillance/surveillance-store';

export type FollowPayment = {
  readonly purchaseId: PurchaseId;
  /** The one that the purchase granted. */
  readonly assessmentId: AssessmentId;
  readonly userId: UserId;
  /** Null: the payment stands again. */
  readonly reversal: HoldKind | null;
  readonly occurredAt: Instant;
  readonly inbox: Inbox;
  readonly trace: Trace;
};

export type FollowParts = AlignParts & {
  readonly assessments: Pick<AssessmentStore, 'course' | 'create'>;
  readonly signals: Pick<SignalStore, 'keep'>;
};

/**
 * What follows from a payment that was taken back, disputed, or stands again: accounts are held or released,
 * the risk desk is told, and a phase that was passed meanwhile opens the next. All of it goes by how the payments stand
 * now, so messages may come again, late and in any order.
 */
export const followPayment =
  (parts: FollowParts) =>
  async (changed: FollowPayment): Promise<'aligned'> => {
    const { assessmentId, trace, inbox } = changed;
    const history = await parts.assessments.course(assessmentId);
    invariant(history !== undefined, `assessment ${assessmentId} was granted before its payment changed`);
    await parts.signals.keep([signalOf(parts, changed, history)]);
    await alignHolds(parts)(assessmentId, trace);
    for (const passed of history.attempts) {
      if (!placeAfterPass(history, passed.assessmentId)) continue;
      // Each phase that is opened is an effect of its own of the one message.
      const of = { consumer: `${inbox.consumer}/${passed.phase}`, eventId: inbox.eventId };
      await advanceAssessment(parts)({ assessmentId: passed.assessmentId, inbox: of, trace });
    }
    return 'aligned';
  };

/** Told again it is the same signal: the message is its subject. */
function signalOf({ ids }: FollowParts, changed: FollowPayment, history: KeptHistory): RiskSignal {
  const { purchaseId, assessmentId, userId, reversal, occurredAt, inbox } = changed;
  const granted = attemptOf(history, assessmentId);
  const accountIds: readonly AccountId[] = history.attempts
    .filter(
      ({ phase, attempt }) =>
        granted && phase >= granted.phase && (phase > granted.phase || attempt >= granted.attempt),
    )
    .map(({ accountId }) => accountId);
  return {
    signalId: ids.next<SignalId>(),
    kind: 'payment',
    subject: `${purchaseId}/${inbox.eventId}`,
    userId,
    beganAt: occurredAt,
    seenUntil: occurredAt,
    detectedAt: occurredAt,
    legs: [],
    verdict: null,
    copied: null,
    payment: { purchaseId, reversal, accountIds },
  };
}
