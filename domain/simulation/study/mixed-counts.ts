import type { Ppm } from '../../kernel/money';
import { lowWord } from '../philox';
import { type Chance, type Chances, chanceOfShare } from './chance';
import type { PathCounts } from './run';

export type WeightedCounts = { readonly weight: Ppm; readonly counts: PathCounts };

/** How the ends of paths are spread. */
type Spread = Omit<PathCounts, 'passed' | 'failed' | 'open' | 'balanceSumCents'>;

/**
 * What paths come to among traders of several kinds, each with its weight. Whole paths are dealt out so that they add
 * up. There is no fan of several: percentiles of a mixture do not follow from those of its parts.
 */
export function mixedCounts(parts: readonly WeightedCounts[]): Spread {
  const [first] = parts as readonly [WeightedCounts, ...WeightedCounts[]];
  if (parts.length === 1) return first.counts;
  const ends = dealt(parts, ({ ends }) => ends.map((end) => [`${end.outcome} ${end.rule} ${end.day}`, end, end.paths]));
  const binned = (binsOf: (counts: PathCounts) => PathCounts['finals']): PathCounts['finals'] =>
    dealt(parts, (counts) => binsOf(counts).map(([bin, paths]) => [`${bin}`, bin, paths]));
  return {
    ...first.counts,
    ends: ends.map(([end, paths]) => ({ ...end, paths })),
    fan: [],
    finals: binned(({ finals }) => finals),
    drawdowns: binned(({ drawdowns }) => drawdowns),
    underWaterDays: binned(({ underWaterDays }) => underWaterDays),
  };
}

/**
 * The chances of a trader of any kind. They are at least as sure as those of so many paths of one kind: a sample that
 * has its part of every kind strays less than one that is drawn among all of them.
 */
export function mixedChances(parts: readonly WeightedCounts[]): Chances {
  const paths = parts.reduce((least, { counts }) => Math.min(least, counts.paths), Number.MAX_SAFE_INTEGER);
  const whole = sumOf(parts, (counts) => BigInt(counts.paths));
  const among = (of: (counts: PathCounts) => number): Chance =>
    chanceOfShare(
      sumOf(parts, (counts) => BigInt(of(counts))),
      whole,
      paths,
    );
  return {
    passed: among(({ passed }) => passed),
    failed: among(({ failed }) => failed),
    open: among(({ open }) => open),
  };
}

/** A sum in which each kind counts by its weight. */
export const sumOf = (parts: readonly WeightedCounts[], of: (counts: PathCounts) => bigint): bigint =>
  parts.reduce((sum, { weight, counts }) => sum + weight * of(counts), 0n);

type Cell<T> = readonly [key: string, cell: T, paths: number];

/** Each cell has what its weighted paths bring the sum up to, less what those before it brought it to. */
function dealt<T>(
  parts: readonly WeightedCounts[],
  cellsOf: (counts: PathCounts) => readonly Cell<T>[],
): readonly (readonly [T, number])[] {
  const cells = new Map<string, { readonly cell: T; weighed: bigint }>();
  for (const { weight, counts } of parts) {
    for (const [key, cell, paths] of cellsOf(counts)) {
      const known = cells.get(key) ?? { cell, weighed: 0n };
      known.weighed += weight * BigInt(paths);
      cells.set(key, known);
    }
  }
  const whole = parts.reduce((all, { weight }) => all + weight, 0n);
  let [sum, before] = [0n, 0n];
  return [...cells.values()].map(({ cell, weighed }) => {
    sum += weighed;
    const upTo = sum / whole;
    const paths = lowWord(upTo - before);
    before = upTo;
    return [cell, paths];
  });
}
