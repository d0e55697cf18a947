import type { Instant } from '../../kernel/instant';
import {
  type Candle,
  type CandlePart,
  type CandlePrices,
  type CandleSource,
  joinedPrices,
  sumCount,
  sumQty,
} from './candle';
import { bucketAt, RESOLUTION_MS, type Resolution } from './resolution';

/** A bucket that may hold no price yet, and is therefore not shown. */
export type Fold = Omit<Candle, keyof CandlePrices> & { readonly prices: CandlePrices | null };

/** What is known of one bucket, all parts together: where the mark's is not whole the venue's own takes its place. */
export function bucketOf(parts: readonly CandlePart[]): CandlePart | undefined {
  const mark = markOf(parts.filter(({ source }) => source === 'mark'));
  const venue = parts.find(({ source }) => source === 'venue');
  return mark?.isWhole ? mark : (venue ?? mark);
}

/**
 * Runs of market-data that each watched a while of a bucket add up, and are not whole: between two of them nobody
 * watched. One that only heard of a late trade takes nothing from what another watched.
 */
function markOf(parts: readonly CandlePart[]): CandlePart | undefined {
  const [first, ...others] = parts;
  if (!first || others.length === 0) return first;
  const priced = parts.filter(({ prices }) => prices);
  return {
    at: first.at,
    source: 'mark',
    prices: priced.map(({ prices }) => prices).reduce(joinedPrices, null),
    volume: sumQty(parts.map(({ volume }) => volume)),
    trades: sumCount(parts.map(({ trades }) => trades)),
    isWhole: priced.length === 1 && priced.every(({ isWhole }) => isWhole),
  };
}

/** Parts of whatever order as one for each of their buckets, oldest first. */
export function bucketsOf(parts: readonly CandlePart[]): readonly CandlePart[] {
  const byStart = grouped(parts, ({ at }) => at);
  return [...byStart.entries()].sort(([a], [b]) => a - b).flatMap(([, those]) => bucketOf(those) ?? []);
}

/** Buckets of `fine`, oldest first and one each, as the coarser ones that they add up to. */
export function folded(buckets: readonly CandlePart[], fine: Resolution, coarse: Resolution): readonly Fold[] {
  const count = RESOLUTION_MS[coarse] / RESOLUTION_MS[fine];
  const byStart = grouped(buckets, ({ at }) => bucketAt(at, coarse));
  return [...byStart.entries()].map(([at, those]) => ({
    at,
    source: sourceOf(those),
    prices: those.map(({ prices }) => prices).reduce(joinedPrices, null),
    volume: sumQty(those.map(({ volume }) => volume)),
    trades: sumCount(those.map(({ trades }) => trades)),
    isWhole: those.length === count && those.every(({ isWhole }) => isWhole),
  }));
}

/** What is shown; nothing while it has no price. */
export function candleOf({ prices, at, volume, trades, isWhole, source }: Fold): Candle | undefined {
  if (!prices) return undefined;
  const { open, high, low, close } = prices;
  return { at, open, high, low, close, volume, trades, isWhole, source };
}

/** The source of all that have a price. */
function sourceOf(buckets: readonly CandlePart[]): Candle['source'] {
  const sources = new Set<CandleSource>(buckets.filter(({ prices }) => prices).map(({ source }) => source));
  if (sources.size > 1) return 'mixed';
  return sources.has('venue') ? 'venue' : 'mark';
}

function grouped(parts: readonly CandlePart[], startOf: (part: CandlePart) => Instant) {
  const groups = new Map<Instant, CandlePart[]>();
  for (const part of parts) {
    const start = startOf(part);
    const group = groups.get(start);
    if (group) group.push(part);
    else groups.set(start, [part]);
  }
  return groups;
}
