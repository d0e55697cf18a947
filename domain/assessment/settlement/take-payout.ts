import { type Account, balanceOf, equityOf } from '../../account/account';
import type { PayoutTaken } from '../../account/account-event';
import { payoutEntries } from '../../account/positions/ledger';
import { dollarsText } from '../../kernel/dollars-text';
import type { PayoutId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { type Usd, usd, ZERO_USD } from '../../kernel/money';
import { accept, type Result, refuse } from '../../kernel/result';
import { beginCommand } from '../commands/begin-command';
import type { Decided } from '../commands/decide-order';
import { after } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { verdictDue } from '../pre-trade/tradability';
import type { RuleSet } from '../rules/rule-set';
import { afterPayout, payoutUsd } from './payout';
import { type PayoutGate, payoutOffer, survives, type Worth } from './payout-offer';

export type PayoutRefusal =
  | 'no_payouts'
  | 'payout_waits'
  | 'payout_too_small'
  | 'payout_too_large'
  | 'payout_would_fail';

type Asked = { readonly payoutId: PayoutId; readonly amountUsd: Usd };

/**
 * A trader takes a payout, by the same door as any command: a new day begins first, and a verdict that is due comes
 * before it. What has no price is worth the least that it can be.
 */
export function decidePayout(
  context: DecisionContext,
  asked: Asked,
): Decided<PayoutRefusal | 'assessment_closed' | 'limit_broken'> {
  const { status, rules, books, at } = context;
  if (status !== 'active') return refuse('assessment_closed', 'assessmentId', `the assessment has ${status}`);
  const begun = beginCommand(context);
  const today = after(context, begun);
  const marks = marksAt(books, at);
  const due = verdictDue(today, marks, false);
  if (due) return due;
  const worth = { equityUsd: equityOf(today.account, marks).worstUsd };
  const taken = takePayout(rules, today.account, worth, { ...asked, at });
  return taken.ok ? accept([...begun, taken.value]) : taken;
}

/** A part of the offer, or all of it, leaves the account at once. Everything the money does then is a fold of it. */
export function takePayout(
  rules: RuleSet,
  account: Account,
  worth: Worth,
  { payoutId, amountUsd, at }: Asked & { readonly at: Instant },
): Result<PayoutTaken, PayoutRefusal> {
  const offer = payoutOffer(rules, account, worth, at);
  if (!rules.payout || !offer) return refuse('no_payouts', 'assessmentId', 'is of a tier that pays nothing out');
  const { split, minUsd } = rules.payout;
  const waits = offer.gates.find(({ isMet }) => !isMet);
  if (waits) return refuse('payout_waits', 'assessmentId', waitText(waits));
  if (amountUsd > offer.amountUsd) {
    return refuse('payout_too_large', 'amountUsd', `may be at most ${dollarsText(offer.amountUsd, 'floor')} now`);
  }
  const traderUsd = payoutUsd(amountUsd, split, ZERO_USD);
  if (traderUsd < (minUsd ?? 1n)) {
    const least = dollarsText(minUsd ?? usd(1n), 'ceil');
    return refuse('payout_too_small', 'amountUsd', `must leave ${least} for the trader after the split`);
  }
  if (!survives(rules, account, worth, amountUsd)) {
    return refuse('payout_would_fail', 'amountUsd', 'would itself break a limit that ends the account');
  }
  const { cashUsd, dayAnchorUsd, standing, ...others } = afterPayout(rules, account, amountUsd);
  const { highWaterUsd, dayPeakUsd } = standing.peaks;
  return accept({
    kind: 'payout_taken',
    payoutId,
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

/** What a payout waits for, and how far that is. */
function waitText({ gate, have, need }: PayoutGate): string {
  const dollars = () => `${dollarsText(usd(have), 'floor')} of ${dollarsText(usd(need), 'ceil')}`;
  switch (gate) {
    case 'days_since_start':
      return `waits for days since the account began: ${have} of ${need}`;
    case 'days_since_payout':
      return `waits for days since the last payout: ${have} of ${need}`;
    case 'days_won':
      return `waits for days won since the last payout: ${have} of ${need}`;
    case 'profit_usd':
      return `waits for profit: ${dollars()}`;
    case 'profit_over_best_day_usd':
      return `waits until the best day is a small enough part: profit of ${dollars()}`;
    case 'trader_usd':
      return `waits for enough to pay: ${dollars()} for the trader`;
    case 'open_positions':
      return `waits until nothing is open: ${have} positions are`;
    case 'working_orders':
      return `waits until no order works: ${have} do`;
    case 'touched_limits':
      return 'waits while a limit is touched';
    case 'holds':
      return 'waits while the payment is disputed or went back';
  }
}
