import type { RuleSet } from '../assessment/rules/rule-set';
import type { Fault } from '../kernel/result';
import type { Calendar } from './calendar';
import { isWithin, type PastTrade, type Strategy, scaledTrade, slotMs } from './strategy';
import { TRADES_PER_DAY_MAX } from './strategy-fault';

/** A day on which given trades are made in their order, in place of the strategy's. */
export type WorstDay = {
  /** Its place among the days of the path, from 0. */
  readonly day: number;
  readonly trades: readonly PastTrade[];
  /** Each has an even share of the time that a day is traded for, and is open for as long as the strategy's, or less. */
  readonly slotMs: number;
  readonly heldMs: number;
};

/** The worst day on the day in the middle of those that are traded; every amount with the strategy's size. */
export function worstDayOf(trades: readonly PastTrade[], strategy: Strategy, { days }: Calendar): WorstDay | null {
  const traded = [...days.keys()].filter((day) => days[day]?.trades === true);
  const day = traded[Math.floor(traded.length / 2)];
  if (day === undefined) return null;
  const slot = slotMs(trades.length);
  return {
    day,
    trades: trades.map((trade) => scaledTrade(trade, strategy.size)),
    slotMs: slot,
    heldMs: Math.min(strategy.heldMs, slot - 1),
  };
}

/** Why no path can have these trades on one of its days; undefined where one can. */
export function worstDayFault(
  rules: RuleSet,
  strategy: Strategy,
  trades: readonly PastTrade[],
  amountCentsMax: bigint,
): Fault | undefined {
  const { exposure, activity } = rules;
  const most = Math.min(TRADES_PER_DAY_MAX, exposure.tradesPerDayMax ?? TRADES_PER_DAY_MAX);
  if (trades.length < 1 || trades.length > most) return fault('', `must be 1 to ${most} trades`);
  const wrong = trades.findIndex((trade) => !isWithin(trade));
  if (wrong >= 0) return fault(`[${wrong}]`, 'must have its result, and 0, between its worst and its best');
  const large = trades
    .map((trade) => scaledTrade(trade, strategy.size))
    .findIndex(({ worstCents, bestCents }) => -worstCents > amountCentsMax || bestCents > amountCentsMax);
  if (large >= 0) return fault(`[${large}]`, `must come to at most ${amountCentsMax} cents`);
  // A trade that the tier itself closes was open for a third of the time at least.
  const heldMsMin = 3 * activity.tradeHeldMsMin;
  if (activity.shortWins === 'excluded' && slotMs(trades.length) <= heldMsMin) {
    return fault('', `must leave ${heldMsMin} ms for each trade: shorter wins do not count`);
  }
  return undefined;
}

const fault = (place: string, rule: string): Fault => ({ field: `worstDay${place}`, rule });
