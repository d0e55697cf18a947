import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { absolute, addUsd, largerUsd, MILLION, type Ppm, subUsd, type Usd, usd, ZERO_USD } from '../kernel/money';
import { type Holds, NEVER_HELD } from './hold';
import type { Position } from './position';

/** A position, by its opening, that was found without its stop, and until when it has to have one now. */
export type StopCorrection = {
  readonly instrument: InstrumentId;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
};

/** What the rules remember of an account beside its money. Every instant in it is of an event of the account. */
export type Standing = {
  readonly startedAt: Instant;
  /** Of the latest fill; of the start while there is none. */
  readonly activeAt: Instant;
  /** What a trailing maximum loss counts from; never falls. */
  readonly highWaterUsd: Usd;
  /** The highest equity judged in the current trading day; what it began with, at least. */
  readonly dayPeakUsd: Usd;
  /** Of the latest prices that raised one of these two: what came before them was judged by the mark of before. */
  readonly peakedAt: Instant;
  /** The balance with which the current trading day began: the day's result counts from it. */
  readonly dayBalanceUsd: Usd;
  /** Today's: positions opened from flat by an order, and trades closed. */
  readonly dayOpened: number;
  readonly dayClosed: number;
  /** Of the trades closed, those that were open for as long as the rules ask. */
  readonly tradesCounted: number;
  /** The largest loss of one closed trade, its fees included; zero while none has lost. */
  readonly worstTradeUsd: Usd;
  /** Finished days that count towards the days needed. */
  readonly daysCounted: number;
  /** Of finished days: the best result, and the sum of the results above zero. */
  readonly bestDayUsd: Usd;
  readonly winningDaysUsd: Usd;
  /** The daily loss, or the cap of the daily gain, stopped the trading of the current day. */
  readonly isPaused: boolean;
  /** The highest of 50, 80 and 95 per cent that was warned of, by rule; of the daily loss, today. */
  readonly warned: Readonly<Record<string, number>>;
  /** Begun, and so used up, oldest first. */
  readonly stopCorrections: readonly StopCorrection[];
  /** The sizes of all closed trades, which the account counts: a size is what the position cost at its largest. */
  readonly tradeSizesUsd: Usd;
  /** Today's trades closed whose size was as large a share of their average as the rules ask. */
  readonly daySized: number;
  /** By instrument, of open positions that were made smaller: what they cost at their largest before that. */
  readonly reducedFromUsd: Readonly<Record<string, Usd>>;
  /** The best result of one closed trade, its fees included; zero while none has won what counts. */
  readonly bestTradeUsd: Usd;
  /** What closed trades won that the rules leave out, for they were open too shortly: in all, and today. */
  readonly excludedWinsUsd: Usd;
  readonly dayExcludedUsd: Usd;
  /** What became of its payment. */
  readonly holds: Holds;
};

/** What the rules ask of a closed trade before it counts. */
export type TradeTerms = {
  readonly tradeHeldMsMin: number;
  readonly daySizeShareMin: Ppm;
  readonly shortWins: 'count' | 'excluded';
};

/** Whether what a trade won is left out: a win, in a trade that was open for less than the rules ask. */
export const isExcludedWin = ({ tradeHeldMsMin, shortWins }: TradeTerms, resultUsd: Usd, heldMs: number): boolean =>
  shortWins === 'excluded' && resultUsd > 0n && heldMs < tradeHeldMsMin;

/** A trade that is complete: the position as it was before, and how many the account had closed by then. */
export type ClosedTrade = {
  readonly position: Position;
  /** What the whole trade did to the balance. */
  readonly resultUsd: Usd;
  readonly closedAt: Instant;
  readonly closedBefore: number;
};

/** What a payout can set beside the money: kept as it stood when an outcome was settled, so that it can be undone. */
export type BeforePayout = Pick<Standing, 'highWaterUsd' | 'dayPeakUsd' | 'isPaused' | 'warned'> & {
  /** The trading day that it is of. */
  readonly day: string;
};

/** The standing of an account that has just been funded. */
export const freshStanding = (startingUsd: Usd, at: Instant): Standing => ({
  startedAt: at,
  activeAt: at,
  highWaterUsd: startingUsd,
  dayPeakUsd: startingUsd,
  peakedAt: at,
  dayBalanceUsd: startingUsd,
  dayOpened: 0,
  dayClosed: 0,
  tradesCounted: 0,
  worstTradeUsd: ZERO_USD,
  daysCounted: 0,
  bestDayUsd: ZERO_USD,
  winningDaysUsd: ZERO_USD,
  isPaused: false,
  warned: {},
  stopCorrections: [],
  tradeSizesUsd: ZERO_USD,
  daySized: 0,
  reducedFromUsd: {},
  bestTradeUsd: ZERO_USD,
  excludedWinsUsd: ZERO_USD,
  dayExcludedUsd: ZERO_USD,
  holds: NEVER_HELD,
});

/** Prices from before this say nothing about the account as it stands: it traded, or was judged, after them. */
export const presentSince = ({ activeAt, peakedAt }: Pick<Standing, 'activeAt' | 'peakedAt'>): Instant =>
  peakedAt > activeAt ? peakedAt : activeAt;

/** A position went to flat, or through it. */
export function afterTrade(standing: Standing, terms: TradeTerms, trade: ClosedTrade): Standing {
  const { position, resultUsd, closedAt, closedBefore } = trade;
  const heldMs = closedAt - position.openedAt;
  const excludedUsd = isExcludedWin(terms, resultUsd, heldMs) ? resultUsd : ZERO_USD;
  const sizeUsd = sizeOf(standing, position);
  const tradeSizesUsd = addUsd(standing.tradeSizesUsd, sizeUsd);
  const { [position.instrument]: _, ...reducedFromUsd } = standing.reducedFromUsd;
  // The average is the sum over the count: both sides are multiplied by the count, and nothing is rounded.
  const isSized = sizeUsd * BigInt(closedBefore + 1) * MILLION >= tradeSizesUsd * terms.daySizeShareMin;
  return {
    ...standing,
    dayClosed: standing.dayClosed + 1,
    daySized: standing.daySized + (isSized ? 1 : 0),
    tradesCounted: standing.tradesCounted + (heldMs >= terms.tradeHeldMsMin ? 1 : 0),
    worstTradeUsd: largerUsd(usd(-resultUsd), standing.worstTradeUsd),
    tradeSizesUsd,
    reducedFromUsd,
    bestTradeUsd: largerUsd(subUsd(resultUsd, excludedUsd), standing.bestTradeUsd),
    excludedWinsUsd: addUsd(standing.excludedWinsUsd, excludedUsd),
    dayExcludedUsd: addUsd(standing.dayExcludedUsd, excludedUsd),
  };
}

/** A position became smaller and stays open: how large it was is the size of its trade. */
export const afterReduction = (standing: Standing, before: Position): Standing => ({
  ...standing,
  reducedFromUsd: { ...standing.reducedFromUsd, [before.instrument]: sizeOf(standing, before) },
});

const sizeOf = ({ reducedFromUsd }: Standing, { instrument, costUsd }: Position): Usd =>
  largerUsd(absolute(costUsd), reducedFromUsd[instrument] ?? ZERO_USD);
