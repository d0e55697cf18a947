import { divide, MILLION, type Ppm, type Rounding } from '../kernel/money';

/** A closed trade as it went: its result net of fees, and the worst and best that it stood at while it was open. */
export type PastTrade = { readonly resultCents: bigint; readonly worstCents: bigint; readonly bestCents: bigint };

/** Trades that are won at a rate, and win or lose the same each time. */
export type Odds = {
  readonly kind: 'odds';
  readonly winRate: Ppm;
  /** What a trade that is lost loses. */
  readonly riskCents: bigint;
  readonly payoff: /** So many times the risk. */
  { readonly kind: 'multiple'; readonly times: Ppm } | { readonly kind: 'cents'; readonly cents: bigint };
  /**
   * A trade goes against its result first: a winner down to at most this share of the risk, a loser up to at most this
   * share of what it would have won, evenly spread. Zero: it goes straight to its result.
   */
  readonly adverse: Ppm;
  readonly favourable: Ppm;
};

/** Trades that are drawn from closed ones, in runs: the stationary bootstrap of Politis and Romano (1994). */
export type History = {
  readonly kind: 'history';
  readonly trades: readonly PastTrade[];
  /** How long a run is in the mean; 1: each trade is drawn for itself. */
  readonly meanBlock: number;
};

export type Strategy = {
  readonly trades: Odds | History;
  readonly tradesPerDay: number;
  /** How long a trade is open. */
  readonly heldMs: number;
  /** What every amount is multiplied by: 2 is twice the size. The last cent is rounded against the trader. */
  readonly size: Ppm;
  /** Whether it does not trade on weekends, whatever the tier says. */
  readonly restsOnWeekends: boolean;
};

/** The first trade of a day opens so long after it began, and the last is closed so long before a short day ends. */
export const FIRST_TRADE_MS = 3_600_000;
const TRADING_MS = 21 * 3_600_000;
export const slotMs = (tradesPerDay: number): number => Math.floor(TRADING_MS / tradesPerDay);

const scaled = (cents: bigint, size: Ppm, rounding: Rounding = 'floor'): bigint =>
  divide(cents * size, MILLION, rounding);

export const scaledTrade = ({ resultCents, worstCents, bestCents }: PastTrade, size: Ppm): PastTrade => ({
  resultCents: scaled(resultCents, size),
  worstCents: scaled(worstCents, size),
  bestCents: scaled(bestCents, size),
});

export const isWithin = ({ resultCents, worstCents, bestCents }: PastTrade): boolean =>
  worstCents <= resultCents && resultCents <= bestCents && worstCents <= 0n && bestCents >= 0n;

/** The trades with their size. */
export function sized({ trades, size }: Strategy): SizedTrades {
  if (trades.kind === 'history') {
    const past = trades.trades.map((trade) => scaledTrade(trade, size));
    return { kind: 'history', past, meanBlock: trades.meanBlock };
  }
  const { winRate, riskCents, payoff, adverse, favourable } = trades;
  const lossCents = scaled(riskCents, size, 'ceil');
  const winCents = payoff.kind === 'cents' ? scaled(payoff.cents, size) : scaled(lossCents, payoff.times);
  return { kind: 'odds', winRate, winCents, lossCents, adverse, favourable };
}

export type SizedTrades =
  | {
      readonly kind: 'odds';
      readonly winRate: Ppm;
      readonly winCents: bigint;
      readonly lossCents: bigint;
      readonly adverse: Ppm;
      readonly favourable: Ppm;
    }
  | { readonly kind: 'history'; readonly past: readonly PastTrade[]; readonly meanBlock: number };

/** The largest loss that a trade can stand at; at least zero. */
export const largestLoss = (trades: SizedTrades): bigint =>
  trades.kind === 'odds'
    ? trades.lossCents
    : trades.past.reduce((most, { worstCents }) => (-worstCents > most ? -worstCents : most), 0n);

/** The most that a trade can move the balance, either way. */
export const largestMove = (trades: SizedTrades): bigint =>
  trades.kind === 'odds' ? larger(trades.winCents, trades.lossCents) : largestOf(trades.past);

/** The most that one of these trades can move the balance, either way. */
export const largestOf = (trades: readonly PastTrade[]): bigint =>
  trades.reduce((most, { worstCents, bestCents }) => larger(most, larger(bestCents, -worstCents)), 0n);

export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
