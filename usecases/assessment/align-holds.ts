import { holdAccount } from '../../domain/assessment/commands/hold-account';
import { type Attempt, attemptOf, holdOn } from '../../domain/assessment/progression/attempts';
import type { AssessmentId, EventId } from '../../domain/kernel/ids';
import { CONFLICTS_MAX, failAsBusy, withOptimisticRetry } from '../concurrency/optimistic-retry';
import { savedAs } from '../concurrency/unstorable';
import { changeOf } from '../events/to-outbox';
import type { AccountStore } from '../ports/accounts/account-store';
import type { AssessmentStore } from '../ports/assessments/assessment-store';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';

export type AlignParts = {
  readonly assessments: Pick<AssessmentStore, 'course'>;
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly ids: Ids;
};

/**
 * Holds or releases every open account of a course, as its payments stand now. Whoever opens an attempt asks for this
 * afterwards, and whoever changes a payment asks for it after that: one of the two sees the other. Asked again it
 * changes nothing.
 */
export const alignHolds =
  (parts: AlignParts) =>
  async (assessmentId: AssessmentId, trace: Trace): Promise<void> => {
    const history = await parts.assessments.course(assessmentId);
    for (const attempt of history?.attempts ?? []) {
      if (attempt.status === 'active') await align(parts, attempt, trace);
    }
  };

/** The account is read before its payments: a hold that was decided by older ones finds the account changed. */
function align(parts: AlignParts, { accountId, assessmentId }: Attempt, trace: Trace): Promise<void> {
  const { assessments, accounts, clock, ids } = parts;
  const attempt = async () => {
    const snapshot = await accounts.load(accountId);
    const history = await assessments.course(assessmentId);
    const known = history && attemptOf(history, assessmentId);
    if (snapshot?.status !== 'active' || !known) return;
    const at = clock.now();
    const events = holdAccount(snapshot.account, holdOn(history, known), at);
    if (events.length === 0) return;
    const change = changeOf(snapshot, trace, () => ids.next<EventId>(), { at, before: events });
    return savedAs(await accounts.save(snapshot, change), accountId, undefined);
  };
  // The message that asked for it comes again.
  return withOptimisticRetry<void>(CONFLICTS_MAX, attempt, failAsBusy(`account ${accountId}`));
}
