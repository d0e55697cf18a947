import type { Fill } from '../../account/orders/order';
import type { RoundTrip } from '../../account/positions/round-trip';
import type { Instant } from '../../kernel/instant';
import { addUsd, subUsd, sumUsd, type Usd } from '../../kernel/money';
import { widthOf } from '../rules/limits';
import type { RuleSet } from '../rules/rule-set';
import { type TradingDay, tradingDayAt } from '../rules/trading-day';

/** One trading day on which the balance moved. */
export type DailyResult = TradingDay & {
  /** The balance with which the day began. */
  readonly anchorUsd: Usd;
  readonly balanceUsd: Usd;
  readonly resultUsd: Usd;
  readonly feesUsd: Usd;
  readonly fills: number;
  readonly trades: number;
};

/** A limit that holds from an instant on, until the next step. */
export type FloorStep = { readonly from: Instant; readonly floorUsd: Usd };

/** What moves a balance: a fill, or the settlement of a resolved outcome, which is none and costs nothing. */
export type BalanceMove = Pick<Fill, 'filledAt' | 'realizedUsd' | 'feeUsd'> & { readonly isSettlement?: true };

/** The results of the days on which the balance moved; both lists oldest first. A result belongs to its closing day. */
export function dailyResults(
  rules: RuleSet,
  moves: readonly BalanceMove[],
  trips: readonly Pick<RoundTrip, 'closedAt'>[],
): readonly DailyResult[] {
  const days: DailyResult[] = [];
  for (const group of byDay(rules, moves)) {
    const anchorUsd = days.at(-1)?.balanceUsd ?? rules.startingUsd;
    const feesUsd = sumUsd(group.moves.map((move) => move.feeUsd));
    const resultUsd = subUsd(sumUsd(group.moves.map((move) => move.realizedUsd)), feesUsd);
    days.push({
      ...group.day,
      anchorUsd,
      balanceUsd: addUsd(anchorUsd, resultUsd),
      resultUsd,
      feesUsd,
      fills: group.moves.filter(({ isSettlement }) => !isSettlement).length,
      trades: trips.filter(({ closedAt }) => closedAt >= group.day.startsAt && closedAt < group.day.endsAt).length,
    });
  }
  return days;
}

function byDay(rules: RuleSet, moves: readonly BalanceMove[]) {
  const groups: { readonly day: TradingDay; readonly moves: BalanceMove[] }[] = [];
  for (const move of moves) {
    const latest = groups.at(-1);
    if (latest && move.filledAt < latest.day.endsAt) latest.moves.push(move);
    else groups.push({ day: tradingDayAt(move.filledAt, rules), moves: [move] });
  }
  return groups;
}

/**
 * Where the daily loss was broken: it moves at the boundary after a day that moved the balance. Empty where it does not
 * follow from balances: without a daily loss, or with one that counts from equity.
 */
export function dailyFloors(rules: RuleSet, startsAt: Instant, days: readonly DailyResult[]): readonly FloorStep[] {
  const { dailyLoss, startingUsd } = rules;
  if (dailyLoss?.anchor !== 'initial' && dailyLoss?.anchor !== 'balance') return [];
  const { anchor, width } = dailyLoss;
  const stepAt = (from: Instant, anchorUsd: Usd): FloorStep => ({
    from,
    floorUsd: subUsd(anchorUsd, widthOf(width, anchorUsd)),
  });
  const first = stepAt(startsAt, startingUsd);
  if (anchor === 'initial') return [first];
  return [first, ...days.map(({ endsAt, balanceUsd }) => stepAt(endsAt, balanceUsd))];
}
