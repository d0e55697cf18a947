import { DAY_MS, type Instant, instant, plusMs } from '../../domain/kernel/instant';
import { bucketsOf } from '../../domain/market/candles/folding';
import { bucketAt, RESOLUTION_MS, type Resolution } from '../../domain/market/candles/resolution';
import type { Instrument } from '../../domain/market/instrument';
import type { Clock } from '../ports/clock-and-ids';
import {
  type CandleHistory,
  type CandleRange,
  type CandleReader,
  type CandleSink,
  type HistoryReach,
  type KeptPart,
  VENUE_RUN,
  type VenueCandle,
} from '../ports/market-data/candles';

export type FillHistoryParts = { readonly archive: CandleReader & CandleSink; readonly clock: Clock };

/** Buckets of one length of one instrument, as many as one answer of the venue holds. */
export type HistoryWindow = {
  readonly instrument: Instrument;
  readonly reach: HistoryReach;
  readonly range: CandleRange;
};

export type Filled = { readonly asked: boolean; readonly kept: number; readonly refused: number };

const NOTHING: Filled = { asked: false, kept: 0, refused: 0 };

/** How much further back than minutes each length is wanted. */
const FURTHER: Readonly<Record<Resolution, number>> = {
  '1s': 0,
  '1m': 1,
  '5m': 1,
  '15m': 1,
  '1h': 10,
  '4h': 10,
  '1d': 100,
};
/** A venue has a bucket's candle a while after its end. */
const READY_AFTER_MS = 60_000;
/** More parts than this are not read of one window; restarts leave buckets in several. */
const PARTS_SPARE = 500;

/**
 * What is wanted of a venue's past, the newest of each length first: what is looked at first comes first. Minutes are
 * wanted for `days`, hours for ten times as long, days for a hundred times.
 */
export function historyWindows(
  history: CandleHistory,
  instrument: Instrument,
  { days, now }: { readonly days: number; readonly now: Instant },
): readonly HistoryWindow[] {
  const minutes = history.reach.find(({ resolution }) => resolution === '1m')?.backMs ?? 0;
  return history.reach
    .filter(({ resolution }) => !BETWEEN.has(resolution) || minutes < days * DAY_MS)
    .flatMap((reach) => windowsOf(instrument, reach, { days, now }));
}

/** Put together from finer ones where those reach as far. */
const BETWEEN: ReadonlySet<Resolution> = new Set(['5m', '15m', '4h']);

function windowsOf(
  instrument: Instrument,
  reach: HistoryReach,
  { days, now }: { readonly days: number; readonly now: Instant },
): readonly HistoryWindow[] {
  const ms = RESOLUTION_MS[reach.resolution];
  const backMs = Math.min(reach.backMs, days * FURTHER[reach.resolution] * DAY_MS);
  const first = bucketAt(plusMs(now, -backMs), reach.resolution) + ms;
  const end = bucketAt(plusMs(now, -READY_AFTER_MS), reach.resolution);
  const span = reach.perAnswer * ms;
  const windows: HistoryWindow[] = [];
  // They begin at the same instants each time, so that what was asked of each can be remembered.
  for (let from = Math.floor((end - 1) / span) * span; from + span > first && end > first; from -= span) {
    const range = { from: instant(Math.max(from, first)), to: instant(Math.min(from + span, end)) };
    if (range.from < range.to) windows.push({ instrument, reach, range });
  }
  return windows;
}

/**
 * Asks a venue for the buckets of a window that nobody watched whole, and keeps what it tells as the venue's own beside
 * what was made here, which it never replaces. A window without anything missing costs no question; a bucket that the
 * venue does not have is asked for once while this copy lives.
 */
export const fillHistory = ({ archive, clock }: FillHistoryParts) => {
  const askedUntil = new Map<string, Instant>();
  return async (history: CandleHistory, { instrument, reach, range }: HistoryWindow): Promise<Filled> => {
    const { resolution, perAnswer } = reach;
    const ms = RESOLUTION_MS[resolution];
    const series = { instrument: instrument.id, resolution };
    const key = `${instrument.id} ${resolution} ${Math.floor(range.from / (perAnswer * ms))}`;
    const since = Math.max(range.from, askedUntil.get(key) ?? 0);
    if (since >= range.to) return NOTHING;
    const kept = await archive.newest(series, range, perAnswer + PARTS_SPARE);
    const whole = new Set(bucketsOf(kept).flatMap(({ at, isWhole }) => (isWhole ? [at] : [])));
    const missing = startsOf({ from: instant(since), to: range.to }, ms).filter((at) => !whole.has(at));
    const [first, last] = [missing[0], missing.at(-1)];
    if (first === undefined || last === undefined) {
      askedUntil.set(key, range.to);
      return NOTHING;
    }
    const { candles, refused } = await history.read(instrument, series, { from: first, to: plusMs(last, ms) });
    const wanted = new Set(missing);
    const told = candles.filter(({ at }) => wanted.has(at));
    const revision = clock.now();
    const parts = told.map((candle): KeptPart => ({ ...series, run: VENUE_RUN, revision, part: partOf(candle) }));
    if (parts.length > 0) await archive.put(parts);
    askedUntil.set(key, range.to);
    return { asked: true, kept: parts.length, refused };
  };
};

const partOf = ({ at, prices, volume, trades }: VenueCandle): KeptPart['part'] => ({
  at,
  source: 'venue',
  prices,
  volume,
  trades,
  isWhole: true,
});

function startsOf({ from, to }: CandleRange, ms: number): readonly Instant[] {
  const first = Math.ceil(from / ms);
  const count = Math.max(0, Math.ceil(to / ms) - first);
  return Array.from({ length: count }, (_, index) => instant((first + index) * ms));
}
