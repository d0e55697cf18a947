import { type Account, balanceOf, fundedAccount } from '../account/account';
import { afterBalance } from '../account/after-fill';
import { fold } from '../account/evolve';
import { heldSince } from '../account/standing/hold';
import { openDay } from '../assessment/judging/day';
import { lastActivity } from '../assessment/judging/deadlines';
import type { RuleSet } from '../assessment/rules/rule-set';
import { tradingDayAt } from '../assessment/rules/trading-day';
import type { Instant } from '../kernel/instant';
import { divide, type Rounding, type Usd, usd } from '../kernel/money';
import type { Fault } from '../kernel/result';
import { CENT } from './unsupported';

/**
 * An account with open positions as if all were closed at what it is worth, its orders cancelled: how its open trades
 * will end is not simulated, and none of them counts as a trade.
 */
export function restingAccount(account: Account, equityUsd: Usd): Account {
  const { standing } = account;
  return {
    ...account,
    cashUsd: equityUsd,
    positions: [],
    orders: [],
    standing: { ...standing, touched: {}, trades: { ...standing.trades, reducedFromUsd: {}, inNews: [] } },
  };
}

/** Why no path can begin with this account after `at`; undefined where one can. */
export function accountFault(rules: RuleSet, account: Account, at: Instant): Fault | undefined {
  const { standing } = account;
  const { day, endsAt } = tradingDayAt(at, rules);
  if (account.positions.length > 0) return { field: 'account.positions', rule: 'must be empty: paths begin flat' };
  if (account.orders.length > 0)
    return { field: 'account.orders', rule: 'must be empty: nothing may wait to be filled' };
  if (account.day > day) return { field: 'account.day', rule: `must be ${day} at most, the trading day of at` };
  if (standing.holds.now !== null) {
    return { field: 'account.holds', rule: 'must not be held: nobody knows for how long it may not trade' };
  }
  if (standing.payouts.growth.steps.length > 0) {
    return { field: 'account.payouts', rule: 'must not have grown: capital that grows is not simulated' };
  }
  const activeAt = heldSince(standing.holds, lastActivity(rules, account));
  if (standing.startedAt > endsAt || activeAt > endsAt) {
    return { field: 'account.activeAt', rule: 'must lie before the path: it begins with the next trading day' };
  }
  return undefined;
}

/** The account that every path begins with: a fresh one, or the running one as the trading day of `startsAt` finds it. */
export function startingAccount(rules: RuleSet, account: Account | null, at: Instant, startsAt: Instant): Account {
  if (account === null) return fundedAccount(rules.startingUsd, tradingDayAt(startsAt, rules).day, startsAt);
  let begun = account;
  // It may have slept: a day that is over by now was one that nobody traded on.
  for (const boundary of [tradingDayAt(at, rules).startsAt, startsAt]) {
    begun = fold(rules, begun, openDay(rules, begun, boundary, balanceOf(begun)));
  }
  return inWholeCents(afterBalance(rules, begun));
}

/**
 * Paths are counted in cents. What is left of one is taken from the balance and from marks, so that an account which
 * stands at its mark still does; of what speaks against a pass it is rounded up.
 */
function inWholeCents(account: Account): Account {
  const { standing } = account;
  const { peaks, day, days, trades } = standing;
  return {
    ...account,
    cashUsd: cents(account.cashUsd),
    dayAnchorUsd: cents(account.dayAnchorUsd),
    standing: {
      ...standing,
      touched: {},
      peaks: { ...peaks, highWaterUsd: cents(peaks.highWaterUsd), dayPeakUsd: cents(peaks.dayPeakUsd) },
      day: { ...day, balanceUsd: cents(day.balanceUsd) },
      days: { ...days, bestUsd: cents(days.bestUsd, 'ceil'), winningUsd: cents(days.winningUsd) },
      trades: {
        ...trades,
        // A loss that did not reach its limit does not reach it by being rounded.
        worstUsd: cents(trades.worstUsd),
        bestUsd: cents(trades.bestUsd, 'ceil'),
        excludedUsd: cents(trades.excludedUsd, 'ceil'),
      },
    },
  };
}

const cents = (value: Usd, rounding: Rounding = 'floor'): Usd => usd(divide(value, CENT, rounding) * CENT);
