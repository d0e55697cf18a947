import { fundingEntries } from '../domain/account/ledger';
import { tradingDayAt } from '../domain/assessment/trading-day';
import type { AccountId, AssessmentId, EventId, PurchaseId, UserId } from '../domain/kernel/ids';
import { invariant } from '../domain/kernel/invariant';
import { numbered } from './announce';
import type { AssessmentStore } from './ports/assessment-store';
import type { Clock, Ids, Trace } from './ports/edge';
import type { Inbox } from './ports/outbox';

export type ProvisionAssessment = {
  readonly purchaseId: PurchaseId;
  readonly assessmentId: AssessmentId;
  readonly userId: UserId;
  readonly inbox: Inbox;
  readonly trace: Trace;
};

/**
 * Opens the assessment that a completed purchase granted, with its funded virtual account, under the rules pinned by
 * the purchase. The first day is anchored at the starting balance. A second delivery changes nothing.
 */
export const provisionAssessment =
  ({ assessments, clock, ids }: { readonly assessments: AssessmentStore; readonly clock: Clock; readonly ids: Ids }) =>
  async ({ purchaseId, assessmentId, userId, inbox, trace }: ProvisionAssessment): Promise<'created' | 'duplicate'> => {
    const pinned = await assessments.pinnedRules(purchaseId);
    invariant(pinned !== undefined, `purchase ${purchaseId} was completed, so its rules are pinned`);
    const at = clock.now();
    const holder = { accountId: ids.next<AccountId>(), assessmentId, userId };
    const { tierId, tierName, ruleSetVersion, ruleSetHash, rules } = pinned;
    const { startingUsd } = rules;
    const data = { ...holder, tierId, tierName, ruleSetVersion, ruleSetHash, startingUsd };
    return assessments.create(
      {
        ...holder,
        purchaseId,
        pinned,
        createdAt: at,
        cashUsd: startingUsd,
        day: tradingDayAt(at, rules).day,
        dayAnchorUsd: startingUsd,
        ledger: fundingEntries(startingUsd),
        announcements: numbered({ accountId: holder.accountId, version: 0 }, trace, at, () => ids.next<EventId>(), [
          { type: 'assessment.created', data },
        ]),
      },
      inbox,
    );
  };
