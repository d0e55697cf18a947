import { divide, type Ppm } from '../../kernel/money';
import { keyOf } from '../philox';
import type { PathCounts } from './run';

export type WeightedCounts = { readonly weight: Ppm; readonly counts: PathCounts };

/**
 * What paths come to among traders of several kinds, each with its weight. Whole paths are dealt out so that they add
 * up. There is no fan of several: percentiles of a mixture do not follow from those of its parts.
 */
export function mixedCounts(parts: readonly WeightedCounts[]): PathCounts {
  const [first] = parts as readonly [WeightedCounts, ...WeightedCounts[]];
  if (parts.length === 1) return first.counts;
  const ends = dealt(parts, ({ ends }) => ends.map((end) => [`${end.outcome} ${end.rule} ${end.day}`, end, end.paths]));
  const ended = ends.map(([end, paths]) => ({ ...end, paths }));
  const among = (outcome: string): number =>
    ended.reduce((sum, end) => (end.outcome === outcome ? sum + end.paths : sum), 0);
  const binned = (binsOf: (counts: PathCounts) => PathCounts['finals']): PathCounts['finals'] =>
    dealt(parts, (counts) => binsOf(counts).map(([bin, paths]) => [`${bin}`, bin, paths]));
  return {
    ...first.counts,
    passed: among('passed'),
    failed: among('failed'),
    open: among('open'),
    ends: ended,
    balanceSumCents: meanOf(parts, ({ balanceSumCents }) => balanceSumCents),
    fan: [],
    finals: binned(({ finals }) => finals),
    drawdowns: binned(({ drawdowns }) => drawdowns),
    underWaterDays: binned(({ underWaterDays }) => underWaterDays),
  };
}

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
  const whole = weightOf(parts);
  let [sum, before] = [0n, 0n];
  return [...cells.values()].map(({ cell, weighed }) => {
    sum += weighed;
    const upTo = sum / whole;
    const paths = keyOf(upTo - before)[0];
    before = upTo;
    return [cell, paths];
  });
}

const weightOf = (parts: readonly WeightedCounts[]): bigint => parts.reduce((sum, { weight }) => sum + weight, 0n);

const meanOf = (parts: readonly WeightedCounts[], of: (counts: PathCounts) => bigint): bigint =>
  divide(
    parts.reduce((sum, { weight, counts }) => sum + weight * of(counts), 0n),
    weightOf(parts),
    'floor',
  );
