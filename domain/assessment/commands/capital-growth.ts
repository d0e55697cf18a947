import { type Account, balanceOf, equityOf } from '../../account/account';
import type { CapitalGrown } from '../../account/account-event';
import { fundingEntries } from '../../account/positions/ledger';
import { capitalOf } from '../../account/standing/growth';
import { daysSince, type Instant } from '../../kernel/instant';
import { addUsd, portion, smallerUsd, subUsd, type Usd } from '../../kernel/money';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { judge } from '../judging/judge';
import { roomsWithPlan } from '../judging/planned-room';
import { isBroken } from '../rules/limits';
import type { RuleSet } from '../rules/rule-set';

/** What the growth of a capital waits for, met or not; `have` of `need`, in the unit that its name says. */
export type GrowthGate = {
  readonly gate: 'days_since_growth' | 'profit_since_growth_usd' | 'payouts_since_growth';
  readonly have: bigint;
  readonly need: bigint;
  readonly isMet: boolean;
};

export type GrowthPlan = {
  readonly capitalUsd: Usd;
  /** What it grows to next; the same once it has reached its most. */
  readonly nextUsd: Usd;
  readonly gates: readonly GrowthGate[];
};

/** How far the account is on its way to the next growth; undefined where the rules have none. `rules` as sold. */
export function growthPlan(rules: RuleSet, account: Account, worthUsd: Usd, at: Instant): GrowthPlan | undefined {
  const scaling = rules.payout?.scaling;
  if (!scaling) return undefined;
  const { payouts, startedAt, trades } = account.standing;
  const { growth } = payouts;
  const capitalUsd = capitalOf(rules.startingUsd, growth);
  const grownUsd = portion(scaling.of === 'start' ? rules.startingUsd : capitalUsd, scaling.growth, 'floor');
  const countedUsd = subUsd(smallerUsd(worthUsd, balanceOf(account)), trades.excludedUsd);
  const profitUsd = addUsd(subUsd(countedUsd, growth.fromUsd ?? rules.startingUsd), growth.paidUsd);
  return {
    capitalUsd,
    nextUsd: smallerUsd(addUsd(capitalUsd, grownUsd), scaling.maxUsd),
    gates: [
      gate('days_since_growth', daysSince(growth.steps.at(-1)?.at ?? startedAt, at), BigInt(scaling.afterDays)),
      gate('profit_since_growth_usd', profitUsd, portion(capitalUsd, scaling.profitShare, 'ceil')),
      gate('payouts_since_growth', BigInt(payouts.taken - growth.taken), BigInt(scaling.payoutsMin)),
    ],
  };
}

const gate = (name: GrowthGate['gate'], have: bigint, need: bigint): GrowthGate => ({
  gate: name,
  have,
  need,
  isMet: have >= need,
});

/**
 * The growth that a trading day begins with: by the account at least as it is worth then, and only where no limit is
 * touched or broken by the limits of before. It adds room, which must not mend what is broken already.
 */
export function growCapital({ status, rules, account, books, at }: DecisionContext): readonly CapitalGrown[] {
  if (!rules.payout?.scaling || status !== 'active') return [];
  const { holds, touched } = account.standing;
  if (holds.now !== null || Object.keys(touched).length > 0) return [];
  const marks = marksAt(books, at);
  const { worstUsd } = equityOf(account, marks);
  const plan = growthPlan(rules, account, worstUsd, at);
  if (!plan?.gates.every(({ isMet }) => isMet) || plan.nextUsd <= plan.capitalUsd) return [];
  const isSound = roomsWithPlan(rules, account, worstUsd, marks, 'worstUsd').every((room) => !isBroken(rules, room));
  if (!isSound || judge(rules, account, marks, at).verdict.kind === 'failed') return [];
  const { capitalUsd, nextUsd } = plan;
  const addedUsd = subUsd(nextUsd, capitalUsd);
  const cashUsd = addUsd(account.cashUsd, addedUsd);
  const balanceUsd = addUsd(balanceOf(account), addedUsd);
  const ledger = fundingEntries(addedUsd);
  return [{ kind: 'capital_grown', at, addedUsd, capitalUsd: nextUsd, ledger, cashUsd, balanceUsd }];
}
