import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { RetoldTrips } from './retold-trips';

export type FillFact = {
  readonly kind: 'fill';
  readonly instrument: string;
  /** Negative when sold. */
  readonly qty: bigint;
  readonly cash: bigint;
  readonly fee: bigint;
  readonly realized: bigint;
  readonly at: number;
  readonly inNews: boolean;
};

/** `cash`: what the outcome has paid last, in the place of what it paid first; `at`: when it paid first. */
export type PayoutFact = {
  readonly kind: 'payout';
  readonly instrument: string;
  readonly qty: bigint;
  readonly cost: bigint;
  readonly at: number;
  cash: bigint;
};

type StopFact = { readonly kind: 'stop'; readonly instrument: string; readonly dueAt: number };

/** A day begins, so many after the one before it. */
export type DayFact = { readonly kind: 'day'; readonly days: number };

/** The capital grew: nothing was won by it. */
type GrowthFact = { readonly kind: 'growth'; readonly added: bigint };

/** So much of the profit was paid out. */
type TakenFact = { readonly kind: 'taken'; readonly amount: bigint };

export type Fact = FillFact | PayoutFact | StopFact | DayFact | GrowthFact | TakenFact;

/** What follows from fills, payouts, days and stops found missing alone. */
export type RetoldFacts = {
  readonly cash: bigint;
  readonly balance: bigint;
  readonly dayBalance: bigint;
  readonly bestDay: bigint;
  readonly winningDays: bigint;
  /** Days finished since the last payout that won what it asks, and the best of them; nothing without payouts. */
  readonly paidDays: string;
  /** Finished days that count, by whatever makes them. */
  readonly daysCounted: number;
  readonly daySized: number;
  readonly worstTrade: bigint;
  readonly bestTrade: bigint;
  /** Wins of trades that were open too shortly, where the rules leave them out: in all, and today. */
  readonly excludedWins: bigint;
  readonly dayExcluded: bigint;
  readonly tradesClosed: number;
  /** Those of the closed trades that were open for long enough. */
  readonly tradesCounted: number;
  readonly tradeSizes: bigint;
  readonly highestBalance: bigint;
  readonly highestDayEnd: bigint;
  /** The time of the latest fill; a payout is no activity. */
  readonly activeAt: number | undefined;
  /** How many instruments are held. */
  readonly held: number;
  /** Positions by their opening, and until when they had to have their stop. */
  readonly stopCorrections: string;
};

/** Counts from the beginning, one fact after the other. */
export function retell({ startingUsd, activity, conduct, payout }: RuleSet, events: readonly Fact[]): RetoldFacts {
  const start: bigint = startingUsd;
  let [cash, balance, dayBalance, bestDay, winningDays] = [start, start, start, 0n, 0n];
  let [highestBalance, highestDayEnd, daysCounted, daysWon] = [start, start, 0, 0];
  let activeAt: number | undefined;
  // What payouts count: since the last of them, or since the day began.
  let [paidBest, paidFrom, paidExcluded] = [0n, start, 0n];
  const stops: string[] = [];
  const trips = new RetoldTrips(activity, conduct.news?.winShare ?? null);
  const doesDayCount = (result: bigint): boolean => {
    if (activity.dayCountsIf === 'calendar') return true;
    if (activity.dayCountsIf === 'gain') return result >= activity.dayGainUsd;
    return trips.today[activity.dayCountsIf === 'size' ? 'sized' : activity.dayCountsIf] > 0;
  };
  for (const event of events) {
    if (event.kind === 'stop') {
      stops.push(`${event.instrument} ${trips.openedAt(event.instrument)} ${event.dueAt}`);
      continue;
    }
    if (event.kind === 'growth') {
      cash += event.added;
      balance += event.added;
      dayBalance += event.added;
      paidFrom += event.added;
      highestBalance += event.added;
      highestDayEnd += event.added;
      continue;
    }
    if (event.kind === 'day') {
      const counted = balance - dayBalance - trips.today.excluded;
      const paidResult = balance - paidFrom - (trips.today.excluded - paidExcluded);
      if (payout?.winningDays && paidResult >= payout.winningDays.dayUsd) daysWon += 1;
      if (paidResult > paidBest) paidBest = paidResult;
      [paidFrom, paidExcluded] = [balance, 0n];
      if (doesDayCount(balance - dayBalance)) daysCounted += activity.dayCountsIf === 'calendar' ? event.days : 1;
      dayBalance = balance;
      if (counted > bestDay) bestDay = counted;
      if (counted > 0n) winningDays += counted;
      if (balance > highestDayEnd) highestDayEnd = balance;
      trips.nextDay();
      continue;
    }
    if (event.kind === 'taken') {
      cash -= event.amount;
      balance -= event.amount;
      dayBalance -= event.amount;
      [daysWon, paidBest, paidFrom, paidExcluded] = [0, 0n, balance, trips.today.excluded];
      continue;
    }
    if (event.kind === 'payout') {
      cash += event.cash;
      balance += event.cash - event.cost;
      trips.settle(event);
    } else {
      cash += event.cash - event.fee;
      balance += event.realized - event.fee;
      activeAt = event.at;
      trips.fill(event);
    }
    if (balance > highestBalance) highestBalance = balance;
  }
  return {
    cash,
    balance,
    dayBalance,
    bestDay,
    winningDays,
    paidDays: payout ? `${daysWon} ${paidBest}` : '0 0',
    daysCounted,
    highestBalance,
    highestDayEnd,
    activeAt,
    daySized: trips.today.sized,
    dayExcluded: trips.today.excluded,
    ...trips.ended,
    held: trips.held,
    stopCorrections: stops.join('; '),
  };
}
