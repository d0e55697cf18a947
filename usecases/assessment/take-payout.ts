import type { AccountEvent, PayoutTaken } from '../../domain/account/account-event';
import { decidePayout, type PayoutRefusal } from '../../domain/assessment/settlement/take-payout';
import type { AssessmentId, PayoutId, UserId } from '../../domain/kernel/ids';
import type { Usd } from '../../domain/kernel/money';
import { type Result, refuse } from '../../domain/kernel/result';
import type { KeptPayout, PayoutStore } from '../ports/accounts/payout-store';
import type { AssessmentStore } from '../ports/assessments/assessment-store';
import type { Trace } from '../ports/clock-and-ids';
import { type AccountRefusal, changeAccount } from '../trading/change-account';
import { decideConfirmed } from '../trading/confirmed-decision';
import { seenAt } from '../trading/load-context';
import type { TradingParts } from '../trading/place-order';

export type TakePayout = {
  readonly assessmentId: AssessmentId;
  readonly userId: UserId;
  readonly trace: Trace;
  /** The sender's: it makes a second sending safe. */
  readonly payoutId: PayoutId;
  /** What leaves the account, the firm's part included. */
  readonly amountUsd: Usd;
};

export type TakePayoutParts = TradingParts & {
  readonly assessments: Pick<AssessmentStore, 'find'>;
  readonly payouts: Pick<PayoutStore, 'find'>;
};

export type PayoutAnswer = { readonly payout: KeptPayout; readonly isReplay: boolean };

export type TakePayoutRefusal =
  | PayoutRefusal
  | AccountRefusal
  | 'assessment_unknown'
  | 'assessment_closed'
  | 'limit_broken'
  | 'payout_id_reused'
  | 'price_unconfirmed';

/**
 * Takes a part of the profit out of one's own account, once, whatever is sent again or at the same time. Prices that
 * were told and judged by nobody are judged first, and what is held counts at prices that are known to hold.
 */
export const takePayout =
  (parts: TakePayoutParts) =>
  async (asked: TakePayout): Promise<Result<PayoutAnswer, TakePayoutRefusal>> => {
    const { assessmentId, userId, trace, payoutId, amountUsd } = asked;
    const found = await parts.assessments.find(assessmentId);
    if (found?.summary.userId !== userId) return refuse('assessment_unknown', 'assessmentId', 'must be yours');
    const { accountId } = found.summary;
    const arrived = { at: parts.clock.now(), others: [] };
    const command = { accountId, userId, trace };
    return changeAccount<PayoutAnswer, TakePayoutRefusal>(parts, command, { mayRemember: false }, async (snapshot) => {
      const prior = await parts.payouts.find(accountId, payoutId);
      if (prior && prior.amountUsd !== amountUsd) {
        return refuse('payout_id_reused', 'payoutId', 'was used for another payout');
      }
      if (prior) return { ok: true, answer: { payout: prior, isReplay: true } };
      const { context, decided } = await decideConfirmed(parts, snapshot, arrived, ({ context: now }) =>
        decidePayout(now, { payoutId, amountUsd }),
      );
      if (!decided.ok) return { ...decided, seen: seenAt(context) };
      const events = decided.value;
      const [payout] = events.flatMap(keptIn);
      if (!payout) throw new Error('a payout that is taken is an event');
      return { ok: true, answer: { payout, isReplay: false }, change: { events, at: context.at } };
    });
  };

const keptIn = (event: AccountEvent): readonly KeptPayout[] =>
  event.kind === 'payout_taken' ? [keptPayout(event)] : [];

export const keptPayout = ({ payoutId, amountUsd, traderUsd, at }: PayoutTaken): KeptPayout => ({
  payoutId,
  amountUsd,
  traderUsd,
  takenAt: at,
});
