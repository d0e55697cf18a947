import type { Account } from '../account/account';
import { ruleFault } from '../assessment/rules/rule-faults';
import type { RuleSet } from '../assessment/rules/rule-set';
import { tradingDayAt } from '../assessment/rules/trading-day';
import type { Instant } from '../kernel/instant';
import { absolute, divide, largerUsd, type Usd } from '../kernel/money';
import { accept, type Result, refuse } from '../kernel/result';
import { calendarOf } from './calendar';
import type { Simulated } from './play-path';
import { accountFault, startingAccount } from './starting-account';
import { largestMove, largestOf, type PastTrade, type Strategy, sized } from './strategy';
import { AMOUNT_CENTS_MAX, strategyFault } from './strategy-fault';
import { CENT, mismatch, unsupportedBy } from './unsupported';
import { worstDayFault, worstDayOf } from './worst-day';

const DAYS_MAX = 365;
/** A millionfold of any balance stays inside 63 bits, and so does every product of the kernel. */
const BALANCE_CENTS_MAX = 9_000_000_000_000n;
const [AT_MIN, AT_MAX] = [0, 253_370_764_800_000] as const;

export type SimulationRefusal = 'rules_unsound' | 'rule_unsupported' | 'strategy_invalid' | 'account_unsuited';

/** So many trading days of an account, under these rules, with this strategy. */
export type SimulationInput = {
  readonly rules: RuleSet;
  readonly strategy: Strategy;
  readonly at: Instant;
  readonly days: number;
  /** One that is running, as it stands, without positions and orders; null: a fresh one. */
  readonly account: Account | null;
  /** Closed trades that are made on the day in the middle, in place of the strategy's; null: none. */
  readonly worstDay: readonly PastTrade[] | null;
};

/**
 * A fresh account begins with the trading day of `at`, a running one with the next. Refused, by field and rule, where
 * a rule is not simulated, the strategy cannot be traded, or no path can begin with the account.
 */
export function simulationOf(input: SimulationInput): Result<Simulated, SimulationRefusal> {
  const { rules, strategy, at, days, account, worstDay } = input;
  const [unsupported] = unsupportedBy(rules);
  if (unsupported) return refuse('rule_unsupported', unsupported.field, unsupported.rule);
  const unsound = ruleFault(rules);
  if (unsound) return refuse('rules_unsound', unsound.field, unsound.rule);
  if (!(at >= AT_MIN && at < AT_MAX)) return refuse('strategy_invalid', 'at', 'must be an instant from 1970 to 9998');
  if (!(Math.floor(days) === days && days >= 1 && days <= DAYS_MAX)) {
    return refuse('strategy_invalid', 'days', `must be a whole number from 1 to ${DAYS_MAX}`);
  }
  const wrong =
    strategyFault(strategy) ??
    mismatch(rules, strategy) ??
    (worstDay && worstDayFault(rules, strategy, worstDay, AMOUNT_CENTS_MAX));
  if (wrong) return refuse('strategy_invalid', wrong.field, wrong.rule);
  const unable = account && accountFault(rules, account, at);
  if (unable) return refuse('account_unsuited', unable.field, unable.rule);
  const today = tradingDayAt(at, rules);
  const startsAt = account ? today.endsAt : today.startsAt;
  const calendar = calendarOf(rules, strategy, startsAt, days);
  const simulated: Simulated = {
    rules,
    strategy,
    trades: sized(strategy),
    calendar,
    start: startingAccount(rules, account, at, startsAt),
    worstDay: worstDay && worstDayOf(worstDay, strategy, calendar),
  };
  if (worstDay && !simulated.worstDay) {
    return refuse('strategy_invalid', 'worstDay', 'must have a day to be on: none of them is traded');
  }
  if (largestAmount(simulated) > BALANCE_CENTS_MAX) {
    return refuse('strategy_invalid', 'strategy.size', `must keep a path below ${BALANCE_CENTS_MAX} cents`);
  }
  return accept(simulated);
}

/** The most cents that any amount of a path can come to: what it begins with, and every trade at its largest. */
function largestAmount({ rules, strategy, trades, calendar, start, worstDay }: Simulated): bigint {
  const { peaks, days, trades: closed } = start.standing;
  const moves = BigInt(calendar.days.length * strategy.tradesPerDay) * largestMove(trades);
  const worst = worstDay ? BigInt(worstDay.trades.length) * largestOf(worstDay.trades) : 0n;
  const amounts = [
    peaks.highWaterUsd,
    days.bestUsd,
    days.winningUsd,
    closed.worstUsd,
    closed.bestUsd,
    closed.excludedUsd,
  ];
  const most = amounts.reduce<Usd>(largerUsd, largerUsd(rules.startingUsd, absolute(start.cashUsd)));
  return divide(most, CENT, 'ceil') + moves + worst;
}
