import { type DayCut, tradingDayAt } from '../../assessment/rules/trading-day';
import { isWeekend } from '../../assessment/rules/weekend';
import { grouped } from '../../kernel/grouped';
import { divide, MILLION, type Ppm, ppm, type Usd } from '../../kernel/money';
import { accept, type Result, refuse } from '../../kernel/result';
import { larger, type PastTrade, type Strategy, slotMs, smaller } from '../strategy';
import { HELD_MS_MIN, PAST_TRADES_MAX, PAST_TRADES_MIN, TRADES_PER_DAY_MAX } from '../strategy-fault';
import { CENT } from '../unsupported';
import { type ClosedTrade, pastTrade } from './closed-trade';

export type Traded = {
  readonly strategy: Strategy;
  /** The trades of the day that lost most; null where no day lost. */
  readonly worstDay: readonly PastTrade[] | null;
};

/** Where nobody wrote down when trades were opened. */
const HELD_MS_UNKNOWN = 3_600_000;

/**
 * A strategy that trades as somebody did: it draws from the newest ten thousand of these trades, makes as many a day as
 * the median of the days that were traded, holds each for the median time, and rests on weekends where none of them was
 * closed on one. Both medians are the lower one of two. Refused with fewer than ten trades.
 */
export function tradedStrategy(trades: readonly ClosedTrade[], cut: DayCut): Result<Traded, 'trades_too_few'> {
  const missing = PAST_TRADES_MIN - trades.length;
  if (missing > 0) {
    const rule = `must be at least ${PAST_TRADES_MIN} closed trades: ${missing} more are needed`;
    return refuse('trades_too_few', 'trades', rule);
  }
  const inOrder = [...trades].sort((a, b) => a.closedAt - b.closedAt).slice(-PAST_TRADES_MAX);
  const days = [...grouped(inOrder, ({ closedAt }) => tradingDayAt(closedAt, cut).day).values()];
  const tradesPerDay = Math.min(TRADES_PER_DAY_MAX, median(days.map((day) => day.length)));
  const strategy: Strategy = {
    // In which runs they come is found out by the validation.
    trades: { kind: 'history', trades: inOrder.map(pastTrade), meanBlock: 1 },
    tradesPerDay,
    heldMs: Math.min(slotMs(tradesPerDay) - 1, Math.max(HELD_MS_MIN, medianHeldMs(inOrder))),
    size: ppm(MILLION),
    restsOnWeekends: !inOrder.some(({ closedAt }) => isWeekend(closedAt, cut)),
  };
  return accept({ strategy, worstDay: worstDayOf(days) });
}

function medianHeldMs(trades: readonly ClosedTrade[]): number {
  const held = trades.flatMap(({ openedAt, closedAt }) => (openedAt === null ? [] : [closedAt - openedAt]));
  return held.length === 0 ? HELD_MS_UNKNOWN : median(held);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] as number;

/** The earlier one of two that lost the same. */
function worstDayOf(days: readonly (readonly ClosedTrade[])[]): readonly PastTrade[] | null {
  let worst: { readonly sum: bigint; readonly trades: readonly PastTrade[] } = { sum: 0n, trades: [] };
  for (const day of days) {
    const trades = day.map(pastTrade);
    const sum = trades.reduce((all, { resultCents }) => all + resultCents, 0n);
    if (sum < worst.sum) worst = { sum, trades };
  }
  return worst.sum === 0n ? null : joined(worst.trades);
}

/** A day of more trades than one can simulate, its neighbours made one: the balance goes where it went. */
function joined(trades: readonly PastTrade[]): readonly PastTrade[] {
  const each = Math.ceil(trades.length / TRADES_PER_DAY_MAX);
  const count = Math.ceil(trades.length / each);
  return Array.from({ length: count }, (_, nth) => trades.slice(nth * each, (nth + 1) * each).reduce(oneAfter));
}

/** Two trades as one: it stands at the worst and best of the first, then of the second from where the first ended. */
const oneAfter = (first: PastTrade, second: PastTrade): PastTrade => ({
  resultCents: first.resultCents + second.resultCents,
  worstCents: smaller(first.worstCents, first.resultCents + second.worstCents),
  bestCents: larger(first.bestCents, first.resultCents + second.bestCents),
});

/**
 * How many times the size of its strategy a trade is that may lose so much: what a trade that was lost has lost on
 * average is size one. Undefined where nothing was lost, or the size would be nothing.
 */
export function sizeOfRisk({ trades, size }: Strategy, riskUsd: Usd): Ppm | undefined {
  const [lost, count] = trades.kind === 'odds' ? [trades.riskCents, 1n] : lossesOf(trades.trades);
  if (lost <= 0n) return undefined;
  const times = divide(riskUsd * count * MILLION * MILLION, lost * CENT * size, 'floor');
  return times > 0n ? ppm(times) : undefined;
}

function lossesOf(trades: readonly PastTrade[]): readonly [bigint, bigint] {
  const lost = trades.filter(({ resultCents }) => resultCents < 0n);
  return [lost.reduce((sum, { resultCents }) => sum - resultCents, 0n), BigInt(lost.length)];
}
