import { equityOf } from '../../domain/account/account';
import { beginCommand } from '../../domain/assessment/commands/begin-command';
import { type GrowthPlan, growthPlan } from '../../domain/assessment/commands/capital-growth';
import { after } from '../../domain/assessment/context/after';
import { marksAt } from '../../domain/assessment/context/marks';
import { type PayoutOffer, payoutOffer } from '../../domain/assessment/settlement/payout-offer';
import type { AssessmentId, UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { KeptPayout, PayoutStore } from '../ports/accounts/payout-store';
import type { AssessmentStore } from '../ports/assessments/assessment-store';
import { type ContextParts, loadContext } from '../trading/load-context';

export type ReadPayoutsParts = ContextParts & {
  readonly assessments: Pick<AssessmentStore, 'find'>;
  readonly payouts: Pick<PayoutStore, 'of'>;
};

export type PayoutsView = {
  /** What could be taken now, and what is missing; null where nothing is paid out, or any more. */
  readonly offer: PayoutOffer | null;
  /** How far the capital is on its way to grow; null where it does not. */
  readonly growth: GrowthPlan | null;
  readonly payouts: readonly KeptPayout[];
};

/** What one's own account pays now, what it has paid, and how it grows. Taking it decides again. */
export const readPayouts =
  (parts: ReadPayoutsParts) =>
  async (assessmentId: AssessmentId, userId: UserId): Promise<Result<PayoutsView, 'assessment_unknown'>> => {
    const found = await parts.assessments.find(assessmentId);
    if (found?.summary.userId !== userId) return refuse('assessment_unknown', 'assessmentId', 'must be yours');
    const { snapshot } = found;
    const payouts = await parts.payouts.of(snapshot.accountId);
    if (snapshot.rules.payout === null || snapshot.status !== 'active') {
      return accept({ offer: null, growth: null, payouts });
    }
    const context = await loadContext(parts, snapshot, []);
    const { rules, account, books, at } = after(context, beginCommand(context));
    const equityUsd = equityOf(account, marksAt(books, at)).worstUsd;
    const offer = payoutOffer(rules, account, { equityUsd }, at) ?? null;
    return accept({ offer, growth: growthPlan(rules, account, equityUsd, at) ?? null, payouts });
  };
