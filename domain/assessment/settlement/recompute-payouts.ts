import type { Account } from '../../account/account';
import type { LastPayout, Payouts } from '../../account/standing/payouts';
import { afterPaidDay } from '../../account/standing/payouts';
import { grouped } from '../../kernel/grouped';
import type { Instant } from '../../kernel/instant';
import { addUsd, subUsd, sumUsd, type Usd, ZERO_USD } from '../../kernel/money';
import type { RuleSet } from '../rules/rule-set';
import { tradingDayAt } from '../rules/trading-day';
import type { BookedMove } from './account-moves';
import { excludedWins } from './recompute-standing';

/**
 * What payouts count from, had an outcome paid what it should have: `right` in the place of the moves `wrong`. What
 * was paid out stays paid out. Both lists oldest first.
 */
export function payoutsAsIf(
  rules: RuleSet,
  { day, standing: { payouts } }: Account,
  wrong: readonly BookedMove[],
  right: readonly BookedMove[],
): Payouts {
  if (rules.payout === null) return payouts;
  const { taken, last, growth } = payouts;
  const finished = [...resultsSince(rules, right, last)].filter(([each]) => each < day);
  const asIf = <From extends { readonly at: Instant; readonly fromUsd: Usd }>(from: From) =>
    shifted(rules, from, wrong, right);
  const grownAt = growth.steps.at(-1)?.at;
  const grown =
    grownAt === undefined || growth.fromUsd === null ? null : asIf({ at: grownAt, fromUsd: growth.fromUsd });
  const none: Payouts = {
    taken,
    last: last && asIf(last),
    bestUsd: ZERO_USD,
    daysWon: 0,
    growth: grown ? { ...growth, fromUsd: grown.fromUsd } : growth,
  };
  return finished.reduce((counted, [, resultUsd]) => afterPaidDay(rules.payout, counted, resultUsd), none);
}

type Result = { readonly at: Instant; readonly usd: Usd };

/** What each move and each win that is left out did to the balance that counts. */
const resultsOf = (rules: RuleSet, moves: readonly BookedMove[]): readonly Result[] => [
  ...moves.map(({ filledAt: at, realizedUsd, feeUsd }) => ({ at, usd: subUsd(realizedUsd, feeUsd) })),
  ...excludedWins(rules, moves).map(({ closedAt: at, netUsd }) => ({ at, usd: subUsd(ZERO_USD, netUsd) })),
];

/** By trading day, of what came after the last payout. */
function resultsSince(rules: RuleSet, moves: readonly BookedMove[], last: LastPayout | null): ReadonlyMap<string, Usd> {
  const since = resultsOf(rules, moves).filter(({ at }) => last === null || at > last.at);
  const byDay = grouped(since, ({ at }) => tradingDayAt(at, rules).day);
  return new Map([...byDay].map(([day, results]) => [day, sumUsd(results.map(({ usd }) => usd))]));
}

function shifted<From extends { readonly at: Instant; readonly fromUsd: Usd }>(
  rules: RuleSet,
  last: From,
  wrong: readonly BookedMove[],
  right: readonly BookedMove[],
): From {
  const until = (moves: readonly BookedMove[]) =>
    sumUsd(
      resultsOf(rules, moves)
        .filter(({ at }) => at <= last.at)
        .map(({ usd }) => usd),
    );
  return { ...last, fromUsd: addUsd(last.fromUsd, subUsd(until(right), until(wrong))) };
}
