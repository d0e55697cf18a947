import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import {
  absolute,
  addUsd,
  largerUsd,
  MILLION,
  type Ppm,
  portion,
  subUsd,
  type Usd,
  usd,
  ZERO_USD,
} from '../../kernel/money';
import type { Position } from '../positions/position';
import { type Holds, NEVER_HELD } from './hold';
import { NO_PAYOUTS, type Payouts } from './payouts';
import { NO_PERIODS, type Periods } from './periods';

/** A position, by its opening, that was found without its stop, and until when it has to have one now. */
export type StopCorrection = {
  readonly instrument: InstrumentId;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
};

/** A position that was closed because its stop was missing, by its opening. */
export type MissedStop = Omit<StopCorrection, 'dueAt'>;

/** The equity and the balance that limits which follow the account count from. */
export type Peaks = {
  /** What a trailing maximum loss counts from; never falls. */
  readonly highWaterUsd: Usd;
  /** The highest equity judged in the current trading day; what it began with, at least. */
  readonly dayPeakUsd: Usd;
  /** When the latest prices came that raised one of the two, or an outcome was paid: nothing before it is judged. */
  readonly at: Instant;
};

/** What happened in the current trading day. */
export type DaySoFar = {
  /** The balance with which it began: its result counts from it. */
  readonly balanceUsd: Usd;
  /** Positions opened from flat by an order. */
  readonly opened: number;
  /** Trades closed. */
  readonly closed: number;
  /** Trades closed whose size was as large a share of their average as the rules ask. */
  readonly sized: number;
  /** What closed trades won that the rules leave out, for they were open too shortly. */
  readonly excludedUsd: Usd;
  /** The daily loss, or the cap of the daily gain, stopped trading until the next day. */
  readonly isPaused: boolean;
};

/** What the finished trading days came to. */
export type FinishedDays = {
  /** Those that count towards the days needed. */
  readonly counted: number;
  readonly bestUsd: Usd;
  /** The sum of the results above zero. */
  readonly winningUsd: Usd;
};

/** What the closed trades came to, fees included; the account says how many there are. */
export type TradesSoFar = {
  /** Those that were open for as long as the rules ask. */
  readonly counted: number;
  /** The largest loss of one of them; zero while none has lost. */
  readonly worstUsd: Usd;
  /** The best result of one of them; zero while none has won what counts. */
  readonly bestUsd: Usd;
  /** What they won that the rules leave out, for they were open too shortly. */
  readonly excludedUsd: Usd;
  /** The sum of their sizes: a size is what the position cost at its largest. */
  readonly sizesUsd: Usd;
  /** By instrument, of open positions that were made smaller: what they cost at their largest before that. */
  readonly reducedFromUsd: Readonly<Record<string, Usd>>;
  /** The instruments of open positions of which something was filled around news that the rules count in part. */
  readonly inNews: readonly InstrumentId[];
  /** When the last of what the rules call activity was, where they do not mean every fill; null: never. */
  readonly activityAt: Instant | null;
  /** Oldest first, each position once; counted where a number of them fails. */
  readonly missedStops: readonly MissedStop[];
};

/** What the rules remember of an account beside its money. Every instant in it is of an event of the account. */
export type Standing = {
  readonly startedAt: Instant;
  /** When it last filled an order; the start while it has filled none. */
  readonly activeAt: Instant;
  readonly peaks: Peaks;
  readonly day: DaySoFar;
  readonly days: FinishedDays;
  readonly trades: TradesSoFar;
  /** The highest of 50, 80 and 95 per cent that was warned of, by rule; of the daily loss, today. */
  readonly warned: Readonly<Record<string, number>>;
  /** Since when prices break a limit that fails the assessment once it has been broken for long enough, by rule. */
  readonly touched: Readonly<Record<string, Instant>>;
  /** Begun, and so used up, oldest first. */
  readonly stopCorrections: readonly StopCorrection[];
  /** What became of its payment. */
  readonly holds: Holds;
  readonly periods: Periods;
  readonly payouts: Payouts;
};

/** What the rules ask of a closed trade before it counts. */
export type TradeTerms = {
  readonly tradeHeldMsMin: number;
  readonly daySizeShareMin: Ppm;
  readonly shortWins: 'count' | 'excluded';
  readonly daySizeOf: 'all' | 'past';
};

/** What a trade won that was filled around news counts in this part; null: in whole. */
export type NewsTerms = { readonly news: { readonly winShare: Ppm | null } | null };

/** What decides what of a closed trade counts. */
export type TradeRules = { readonly activity: TradeTerms; readonly conduct: NewsTerms };

/**
 * What of a trade's win the rules leave out: all of one that was open for less than they ask, a part of one that was
 * filled around news. The part that counts is rounded up.
 */
export function excludedWin(
  { activity: { tradeHeldMsMin, shortWins }, conduct: { news } }: TradeRules,
  { resultUsd, heldMs, inNews }: { readonly resultUsd: Usd; readonly heldMs: number; readonly inNews: boolean },
): Usd {
  if (resultUsd <= 0n) return ZERO_USD;
  if (shortWins === 'excluded' && heldMs < tradeHeldMsMin) return resultUsd;
  const share = inNews ? (news?.winShare ?? null) : null;
  return share === null ? ZERO_USD : subUsd(resultUsd, portion(resultUsd, share, 'ceil'));
}

/** A trade that is complete: the position as it was before, and how many the account had closed by then. */
export type ClosedTrade = {
  readonly position: Position;
  /** What the whole trade did to the balance. */
  readonly resultUsd: Usd;
  readonly closedAt: Instant;
  readonly closedBefore: number;
  /** Something of it was filled around news. */
  readonly inNews: boolean;
};

/** What a payout can set beside the money: kept as it stood when an outcome was settled, so that it can be undone. */
export type BeforePayout = Pick<Peaks, 'highWaterUsd' | 'dayPeakUsd'> &
  Pick<DaySoFar, 'isPaused'> &
  Pick<Standing, 'warned'> & {
    /** The trading day that it is of. */
    readonly day: string;
  };

/** A trading day that has just begun, with this balance. */
export const freshDay = (balanceUsd: Usd): DaySoFar => ({
  balanceUsd,
  opened: 0,
  closed: 0,
  sized: 0,
  excludedUsd: ZERO_USD,
  isPaused: false,
});

/** The standing of an account that has just been funded. */
export const freshStanding = (startingUsd: Usd, at: Instant): Standing => ({
  startedAt: at,
  activeAt: at,
  peaks: { highWaterUsd: startingUsd, dayPeakUsd: startingUsd, at },
  day: freshDay(startingUsd),
  days: { counted: 0, bestUsd: ZERO_USD, winningUsd: ZERO_USD },
  trades: {
    counted: 0,
    worstUsd: ZERO_USD,
    bestUsd: ZERO_USD,
    excludedUsd: ZERO_USD,
    sizesUsd: ZERO_USD,
    reducedFromUsd: {},
    inNews: [],
    activityAt: null,
    missedStops: [],
  },
  warned: {},
  touched: {},
  stopCorrections: [],
  holds: NEVER_HELD,
  periods: NO_PERIODS,
  payouts: NO_PAYOUTS,
});

/** Prices from before this say nothing about the account as it stands: it traded, or was judged, after them. */
export function presentSince({ activeAt, peaks, touched }: Pick<Standing, 'activeAt' | 'peaks' | 'touched'>): Instant {
  let since = peaks.at > activeAt ? peaks.at : activeAt;
  for (const rule in touched) {
    const at = touched[rule] as Instant;
    if (at > since) since = at;
  }
  return since;
}

/** A position went to flat, or through it. */
export function afterTrade(standing: Standing, rules: TradeRules, trade: ClosedTrade): Standing {
  const { activity: terms } = rules;
  const { position, resultUsd, closedAt, closedBefore, inNews } = trade;
  const { day, trades } = standing;
  const heldMs = closedAt - position.openedAt;
  const excludedUsd = excludedWin(rules, { resultUsd, heldMs, inNews });
  const sizeUsd = sizeOf(standing, position);
  const sizesUsd = addUsd(trades.sizesUsd, sizeUsd);
  const { [position.instrument]: _, ...reducedFromUsd } = trades.reducedFromUsd;
  // The average is the sum over the count: both sides are multiplied by the count, and nothing is rounded.
  const [count, sum] = terms.daySizeOf === 'all' ? [closedBefore + 1, sizesUsd] : [closedBefore, trades.sizesUsd];
  const isSized = sizeUsd * BigInt(count) * MILLION >= sum * terms.daySizeShareMin;
  return {
    ...standing,
    day: {
      ...day,
      closed: day.closed + 1,
      sized: day.sized + (isSized ? 1 : 0),
      excludedUsd: addUsd(day.excludedUsd, excludedUsd),
    },
    trades: {
      ...trades,
      counted: trades.counted + (heldMs >= terms.tradeHeldMsMin ? 1 : 0),
      worstUsd: largerUsd(usd(-resultUsd), trades.worstUsd),
      bestUsd: largerUsd(subUsd(resultUsd, excludedUsd), trades.bestUsd),
      excludedUsd: addUsd(trades.excludedUsd, excludedUsd),
      sizesUsd,
      reducedFromUsd,
    },
  };
}

/** A position became smaller and stays open: how large it was is the size of its trade. */
export const afterReduction = (standing: Standing, before: Position): Standing => {
  const { trades } = standing;
  const reducedFromUsd = { ...trades.reducedFromUsd, [before.instrument]: sizeOf(standing, before) };
  return { ...standing, trades: { ...trades, reducedFromUsd } };
};

const sizeOf = ({ trades: { reducedFromUsd } }: Standing, { instrument, costUsd }: Position): Usd =>
  largerUsd(absolute(costUsd), reducedFromUsd[instrument] ?? ZERO_USD);
