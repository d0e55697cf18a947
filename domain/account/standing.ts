import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { type Usd, usd, ZERO_USD } from '../kernel/money';

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
};

/** What a payout can set beside the money: kept as it stood when an outcome was settled, so that it can be undone. */
export type Remembered = Pick<Standing, 'highWaterUsd' | 'dayPeakUsd' | 'isPaused' | 'warned'> & {
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
});

/** Prices from before this say nothing about the account as it stands: it traded, or was judged, after them. */
export const presentSince = ({ activeAt, peakedAt }: Pick<Standing, 'activeAt' | 'peakedAt'>): Instant =>
  peakedAt > activeAt ? peakedAt : activeAt;

/** A position went to flat, or through it. `resultUsd` is what the whole trade did to the balance. */
export const afterTrade = (
  standing: Standing,
  { resultUsd, counts }: { readonly resultUsd: Usd; readonly counts: boolean },
): Standing => ({
  ...standing,
  dayClosed: standing.dayClosed + 1,
  tradesCounted: standing.tradesCounted + (counts ? 1 : 0),
  worstTradeUsd: -resultUsd > standing.worstTradeUsd ? usd(-resultUsd) : standing.worstTradeUsd,
});
