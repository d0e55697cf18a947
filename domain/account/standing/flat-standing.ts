import { NO_PERIODS } from './periods';
import type { Standing } from './standing';

/** The standing in one level, by the names that evidence and storage know: what they hold outlives its parts here. */
export type FlatStanding = Pick<
  Standing,
  'startedAt' | 'activeAt' | 'warned' | 'touched' | 'stopCorrections' | 'holds' | 'payouts'
> & {
  readonly highWaterUsd: Standing['peaks']['highWaterUsd'];
  readonly dayPeakUsd: Standing['peaks']['dayPeakUsd'];
  readonly peakedAt: Standing['peaks']['at'];
  readonly dayBalanceUsd: Standing['day']['balanceUsd'];
  readonly dayOpened: Standing['day']['opened'];
  readonly dayClosed: Standing['day']['closed'];
  readonly daySized: Standing['day']['sized'];
  readonly dayExcludedUsd: Standing['day']['excludedUsd'];
  readonly isPaused: Standing['day']['isPaused'];
  readonly daysCounted: Standing['days']['counted'];
  readonly bestDayUsd: Standing['days']['bestUsd'];
  readonly winningDaysUsd: Standing['days']['winningUsd'];
  readonly tradesCounted: Standing['trades']['counted'];
  readonly worstTradeUsd: Standing['trades']['worstUsd'];
  readonly bestTradeUsd: Standing['trades']['bestUsd'];
  readonly excludedWinsUsd: Standing['trades']['excludedUsd'];
  readonly tradeSizesUsd: Standing['trades']['sizesUsd'];
  readonly reducedFromUsd: Standing['trades']['reducedFromUsd'];
  readonly inNews: Standing['trades']['inNews'];
  readonly activityAt: Standing['trades']['activityAt'];
  readonly missedStops: Standing['trades']['missedStops'];
  readonly weekBalanceUsd: Standing['periods']['weekUsd'];
  readonly monthBalanceUsd: Standing['periods']['monthUsd'];
};

export const flatStanding = ({ peaks, day, days, trades, periods, ...others }: Standing): FlatStanding => ({
  ...others,
  highWaterUsd: peaks.highWaterUsd,
  dayPeakUsd: peaks.dayPeakUsd,
  peakedAt: peaks.at,
  dayBalanceUsd: day.balanceUsd,
  dayOpened: day.opened,
  dayClosed: day.closed,
  daySized: day.sized,
  dayExcludedUsd: day.excludedUsd,
  isPaused: day.isPaused,
  daysCounted: days.counted,
  bestDayUsd: days.bestUsd,
  winningDaysUsd: days.winningUsd,
  tradesCounted: trades.counted,
  worstTradeUsd: trades.worstUsd,
  bestTradeUsd: trades.bestUsd,
  excludedWinsUsd: trades.excludedUsd,
  tradeSizesUsd: trades.sizesUsd,
  reducedFromUsd: trades.reducedFromUsd,
  inNews: trades.inNews,
  activityAt: trades.activityAt,
  missedStops: trades.missedStops,
  weekBalanceUsd: periods.weekUsd,
  monthBalanceUsd: periods.monthUsd,
});

export const standingOf = (flat: FlatStanding): Standing => ({
  periods:
    flat.weekBalanceUsd === null && flat.monthBalanceUsd === null
      ? NO_PERIODS
      : { weekUsd: flat.weekBalanceUsd, monthUsd: flat.monthBalanceUsd },
  startedAt: flat.startedAt,
  activeAt: flat.activeAt,
  peaks: { highWaterUsd: flat.highWaterUsd, dayPeakUsd: flat.dayPeakUsd, at: flat.peakedAt },
  day: {
    balanceUsd: flat.dayBalanceUsd,
    opened: flat.dayOpened,
    closed: flat.dayClosed,
    sized: flat.daySized,
    excludedUsd: flat.dayExcludedUsd,
    isPaused: flat.isPaused,
  },
  days: { counted: flat.daysCounted, bestUsd: flat.bestDayUsd, winningUsd: flat.winningDaysUsd },
  trades: {
    counted: flat.tradesCounted,
    worstUsd: flat.worstTradeUsd,
    bestUsd: flat.bestTradeUsd,
    excludedUsd: flat.excludedWinsUsd,
    sizesUsd: flat.tradeSizesUsd,
    reducedFromUsd: flat.reducedFromUsd,
    inNews: flat.inNews,
    activityAt: flat.activityAt,
    missedStops: flat.missedStops,
  },
  warned: flat.warned,
  touched: flat.touched,
  stopCorrections: flat.stopCorrections,
  holds: flat.holds,
  payouts: flat.payouts,
});
