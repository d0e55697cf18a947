import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import type { Candle, CandlePart } from '../../domain/market/candles/candle';
import { bucketsOf, candleOf, type Fold, folded } from '../../domain/market/candles/folding';
import { bucketAt, RESOLUTION_MS, type Resolution } from '../../domain/market/candles/resolution';
import type { Clock } from '../ports/clock-and-ids';
import type { CandleRange, CandleReader } from '../ports/market-data/candles';

export type ReadCandlesParts = {
  readonly archive: CandleReader;
  readonly seconds: CandleReader;
  readonly clock: Clock;
};

export type CandleQuestion = {
  readonly instrument: InstrumentId;
  readonly resolution: Resolution;
  /** The oldest that is wanted; without it, as far back as they are kept. */
  readonly from?: Instant | undefined;
  /** Before this; without it, until now. */
  readonly to?: Instant | undefined;
  readonly limit: number;
};

export type CandlePage = {
  /** Oldest first: the newest of the range. */
  readonly candles: readonly Candle[];
  /** What comes before them begins before this; undefined where there is nothing more in the range. */
  readonly olderThan: Instant | undefined;
};

/** What a resolution is put together from. Those of the venue are kept in their own resolutions as well. */
const MADE_OF: Readonly<Record<Resolution, Resolution>> = {
  '1s': '1s',
  '1m': '1m',
  '5m': '1m',
  '15m': '1m',
  '1h': '1h',
  '4h': '1h',
  '1d': '1h',
};

/** So many parts are read for a page at most: one of coarse candles may be shorter than was asked for. */
const PARTS_MAX = 15_000;
/** Restarts leave a bucket in several parts. */
const SPARE_PARTS = 50;

/**
 * The newest candles of a range, and where the page before begins. The work is bounded, whatever is asked: a page that
 * is shorter than its limit is not yet the end.
 */
export const readCandles =
  (parts: ReadCandlesParts) =>
  async ({ instrument, resolution, from = instant(0), to, limit }: CandleQuestion): Promise<CandlePage> => {
    const fine = MADE_OF[resolution];
    const reader = resolution === '1s' ? parts.seconds : parts.archive;
    const range = { from: bucketFrom(from, resolution), to: to ?? plusMs(parts.clock.now(), 1) };
    if (range.from >= range.to) return { candles: [], olderThan: undefined };
    const count = Math.min(limit * (RESOLUTION_MS[resolution] / RESOLUTION_MS[fine]), PARTS_MAX) + SPARE_PARTS;
    const isPlain = fine === resolution;
    const [own, made] = await Promise.all([
      readAll(reader, { instrument, resolution }, range, isPlain ? count : limit + SPARE_PARTS),
      isPlain ? undefined : readAll(reader, { instrument, resolution: fine }, range, count),
    ]);
    const known = Math.max(own.since, bucketFrom(made?.since ?? own.since, resolution));
    // A bucket of more parts than are read at once is shown as far as it is known, or nobody would ever get past it.
    const since = instant(Math.min(known, bucketAt(plusMs(range.to, -1), resolution)));
    const folds = made ? folded(bucketsOf(made.parts), fine, resolution) : [];
    const whole = chosen(folds, bucketsOf(own.parts)).filter(({ at }) => at >= since);
    const candles = whole.flatMap((fold) => candleOf(fold) ?? []);
    const page = candles.slice(-limit);
    const isMore = page.length < candles.length;
    const [oldest] = page;
    if (isMore && oldest) return { candles: page, olderThan: oldest.at };
    return { candles: page, olderThan: since > range.from ? since : undefined };
  };

/** The first bucket that begins at an instant or after it. */
const bucketFrom = (at: Instant, resolution: Resolution): Instant => {
  const start = bucketAt(at, resolution);
  return start === at ? start : plusMs(start, RESOLUTION_MS[resolution]);
};

type Read = { readonly parts: readonly CandlePart[]; readonly since: Instant };

/** All parts from `since` on: where there are more than were asked for, the oldest bucket may not be complete. */
async function readAll(
  reader: CandleReader,
  series: { readonly instrument: InstrumentId; readonly resolution: Resolution },
  range: CandleRange,
  count: number,
): Promise<Read> {
  const parts = await reader.newest(series, range, count);
  const oldest = parts.at(-1)?.at;
  if (parts.length < count || oldest === undefined) return { parts, since: range.from };
  return { parts, since: plusMs(oldest, 1) };
}

/** What was put together where it is whole; else what the venue has of the whole bucket, where it has it. */
function chosen(folds: readonly Fold[], own: readonly CandlePart[]): readonly Fold[] {
  const byStart = new Map<Instant, Fold>(own.map((each) => [each.at, each]));
  for (const fold of folds) {
    const known = byStart.get(fold.at);
    if (!known?.isWhole || fold.isWhole) byStart.set(fold.at, fold);
  }
  return [...byStart.values()].sort((a, b) => a.at - b.at);
}
