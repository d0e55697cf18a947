import { type Account, balanceOf } from '../../account/account';
import type { PayoutTaken } from '../../account/account-event';
import { payoutEntries } from '../../account/positions/ledger';
import type { Instant } from '../../kernel/instant';
import { type Usd, ZERO_USD } from '../../kernel/money';
import { accept, type Result, refuse } from '../../kernel/result';
import type { RuleSet } from '../rules/rule-set';
import { afterPayout, payoutUsd } from './payout';
import { payoutOffer, survives, type Worth } from './payout-offer';

export type PayoutRefusal =
  | 'no_payouts'
  | 'payout_waits'
  | 'payout_too_small'
  | 'payout_too_large'
  | 'payout_would_fail';

/** A part of the offer, or all of it, leaves the account at once. Everything the money does then is a fold of it. */
export function takePayout(
  rules: RuleSet,
  account: Account,
  worth: Worth,
  { amountUsd, at }: { readonly amountUsd: Usd; readonly at: Instant },
): Result<PayoutTaken, PayoutRefusal> {
  const offer = payoutOffer(rules, account, worth, at);
  if (!rules.payout || !offer) return refuse('no_payouts');
  const { split, minUsd } = rules.payout;
  if (!offer.isOpen) return refuse('payout_waits');
  if (amountUsd > offer.amountUsd) return refuse('payout_too_large');
  const traderUsd = payoutUsd(amountUsd, split, ZERO_USD);
  if (traderUsd < (minUsd ?? 1n)) return refuse('payout_too_small');
  if (!survives(rules, account, worth, amountUsd)) return refuse('payout_would_fail');
  const { cashUsd, dayAnchorUsd, standing, ...others } = afterPayout(rules, account, amountUsd);
  const { highWaterUsd, dayPeakUsd } = standing.peaks;
  return accept({
    kind: 'payout_taken',
    at,
    amountUsd,
    traderUsd,
    ledger: payoutEntries(amountUsd),
    cashUsd,
    balanceUsd: balanceOf({ cashUsd, dayAnchorUsd, standing, ...others }),
    dayAnchorUsd,
    highWaterUsd,
    dayPeakUsd,
    periods: standing.periods,
  });
}
