import type { Fill } from '../account/order';
import type { RoundTrip } from '../account/round-trip';
import type { Instant } from '../kernel/instant';
import { addUsd, subUsd, sumUsd, type Usd } from '../kernel/money';
import type { RuleSet } from './rules';
import { type TradingDay, tradingDayAt } from './trading-day';

/** One trading day on which something was traded. */
export type DailyResult = TradingDay & {
  /** The day's anchor: the balance with which it began. */
  readonly anchorUsd: Usd;
  readonly balanceUsd: Usd;
  readonly resultUsd: Usd;
  readonly feesUsd: Usd;
  readonly fills: number;
  readonly trades: number;
};

/** A limit that holds from an instant on, until the next step. */
export type FloorStep = { readonly from: Instant; readonly floorUsd: Usd };

/** The balance moves with fills alone: realized profit less fees. Both lists oldest first. */
export function dailyResults(
  rules: RuleSet,
  fills: readonly Fill[],
  trips: readonly RoundTrip[],
): readonly DailyResult[] {
  const days: DailyResult[] = [];
  for (const group of byDay(rules, fills)) {
    const anchorUsd = days.at(-1)?.balanceUsd ?? rules.startingUsd;
    const feesUsd = sumUsd(group.fills.map((fill) => fill.feeUsd));
    const resultUsd = subUsd(sumUsd(group.fills.map((fill) => fill.realizedUsd)), feesUsd);
    days.push({
      ...group.day,
      anchorUsd,
      balanceUsd: addUsd(anchorUsd, resultUsd),
      resultUsd,
      feesUsd,
      fills: group.fills.length,
      trades: trips.filter(({ closedAt }) => closedAt >= group.day.startsAt && closedAt < group.day.endsAt).length,
    });
  }
  return days;
}

function byDay(rules: RuleSet, fills: readonly Fill[]) {
  const groups: { readonly day: TradingDay; readonly fills: Fill[] }[] = [];
  for (const fill of fills) {
    const latest = groups.at(-1);
    if (latest && fill.filledAt < latest.day.endsAt) latest.fills.push(fill);
    else groups.push({ day: tradingDayAt(fill.filledAt, rules), fills: [fill] });
  }
  return groups;
}

/** Where the daily loss rule failed the account: it moves at the boundary after a day that moved the balance. */
export const dailyFloors = (rules: RuleSet, startsAt: Instant, days: readonly DailyResult[]): readonly FloorStep[] => [
  { from: startsAt, floorUsd: subUsd(rules.startingUsd, rules.dailyLossUsd) },
  ...days.map(({ endsAt, balanceUsd }) => ({ from: endsAt, floorUsd: subUsd(balanceUsd, rules.dailyLossUsd) })),
];
