import type { Account } from '../account/account';
import { ruleFault } from '../assessment/rules/rule-faults';
import type { RuleSet } from '../assessment/rules/rule-set';
import type { Instant } from '../kernel/instant';
import { divide } from '../kernel/money';
import { accept, type Result, refuse } from '../kernel/result';
import { calendarOf } from './calendar';
import type { Simulated } from './play-path';
import { largestMove, type PastTrade, type Strategy, sized } from './strategy';
import { strategyFault } from './strategy-fault';
import { CENT, mismatch, unsupportedBy } from './unsupported';

const DAYS_MAX = 365;
/** A millionfold of any balance stays inside 63 bits, and so does every product of the kernel. */
const BALANCE_CENTS_MAX = 9_000_000_000_000n;
const [AT_MIN, AT_MAX] = [0, 253_370_764_800_000] as const;

export type SimulationRefusal = 'rules_unsound' | 'rule_unsupported' | 'strategy_invalid';

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

/** Refused, by field and rule, where a rule is not simulated or the strategy cannot be traded. */
export function simulationOf(input: SimulationInput): Result<Simulated, SimulationRefusal> {
  const { rules, strategy, at, days, account, worstDay } = input;
  const [unsupported] = unsupportedBy(rules);
  if (unsupported) return refuse('rule_unsupported', unsupported.field, unsupported.rule);
  const unsound = ruleFault(rules);
  if (unsound) return refuse('rules_unsound', unsound.field, unsound.rule);
  if (account !== null) return refuse('strategy_invalid', 'account', 'must be null: only fresh accounts are simulated');
  if (worstDay !== null) return refuse('strategy_invalid', 'worstDay', 'must be null: a worst day is not simulated');
  if (!(at >= AT_MIN && at < AT_MAX)) return refuse('strategy_invalid', 'at', 'must be an instant from 1970 to 9998');
  if (!(Math.floor(days) === days && days >= 1 && days <= DAYS_MAX)) {
    return refuse('strategy_invalid', 'days', `must be a whole number from 1 to ${DAYS_MAX}`);
  }
  const wrong = strategyFault(strategy) ?? mismatch(rules, strategy);
  if (wrong) return refuse('strategy_invalid', wrong.field, wrong.rule);
  const trades = sized(strategy);
  const moves = BigInt(days * strategy.tradesPerDay) * largestMove(trades);
  if (divide(rules.startingUsd, CENT, 'ceil') + moves > BALANCE_CENTS_MAX) {
    return refuse('strategy_invalid', 'strategy.size', `must keep a path below ${BALANCE_CENTS_MAX} cents`);
  }
  return accept({ rules, strategy, trades, calendar: calendarOf(rules, strategy, at, days) });
}
