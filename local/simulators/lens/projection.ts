import type { Listing } from '../truth/listing';
import type { Change, Side, TrueLevel } from '../truth/truth-book';

export type Sides = Readonly<Record<Side, readonly TrueLevel[]>>;

/** A price times a factor. Bids fall on a tick below, asks on one above: what did not cross before does not after. */
export function projectedTick(listing: Listing, side: Side, tick: number, factor: number): number {
  if (factor === 1) return tick;
  // The tenth of a millionth keeps what is meant to be whole from landing beside it.
  const wanted = side === 'bid' ? Math.floor(tick * factor + 1e-7) : Math.ceil(tick * factor - 1e-7);
  const max = listing.kind === 'outcome' ? 10 ** listing.priceDecimals - 1 : Number.MAX_SAFE_INTEGER;
  return side === 'bid' ? Math.max(1, Math.min(wanted, max - 1)) : Math.max(2, Math.min(wanted, max));
}

/** Levels that come to one price are one. */
export function projected(
  listing: Listing,
  side: Side,
  levels: readonly TrueLevel[],
  factor: number,
): readonly TrueLevel[] {
  if (factor === 1) return levels;
  const merged: { readonly tick: number; size: number }[] = [];
  for (const { tick: from, size } of levels) {
    const tick = projectedTick(listing, side, from, factor);
    const last = merged.at(-1);
    if (last?.tick === tick) last.size += size;
    else merged.push({ tick, size });
  }
  return merged;
}

/** What has another size, or none any more. */
export function difference(before: Sides, after: Sides): readonly Change[] {
  return (['bid', 'ask'] as const).flatMap((side) => {
    const [old, now] = [sizesOf(before[side]), sizesOf(after[side])];
    const gone = before[side].filter(({ tick }) => !now.has(tick)).map(({ tick }) => ({ side, tick, size: 0 }));
    const other = after[side].filter(({ tick, size }) => old.get(tick) !== size);
    return [...gone, ...other.map(({ tick, size }) => ({ side, tick, size }))];
  });
}

const sizesOf = (levels: readonly TrueLevel[]): ReadonlyMap<number, number> =>
  new Map(levels.map(({ tick, size }) => [tick, size]));
