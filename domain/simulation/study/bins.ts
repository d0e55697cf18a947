import { divide } from '../../kernel/money';

/** [bin, paths], those that hold something, lowest first: bin `b` holds amounts from `b` widths to below `b + 1` of them. */
export type Bins = readonly (readonly [number, number])[];

const pathsIn = (bins: Bins): number => bins.reduce((sum, [, paths]) => sum + paths, 0);

const ordered = (bins: Bins): Bins => [...bins].sort(([a], [b]) => a - b);

/** So many paths are `percent` of all, rounded up: at least one. */
const partOf = (bins: Bins, percent: number): number => Math.max(1, Math.ceil((pathsIn(bins) * percent) / 100));

/** The lower edge of the bin up to which at least `percent` of the paths lie: too low by less than a bin. */
export function quantileOf(bins: Bins, binCents: bigint, percent: number): bigint {
  let missing = partOf(bins, percent);
  for (const [bin, paths] of ordered(bins)) {
    missing -= paths;
    if (missing <= 0) return BigInt(bin) * binCents;
  }
  return 0n;
}

/** The mean of the lowest `percent` of the paths, each at the lower edge of its bin; rounded down. */
export function tailMean(bins: Bins, binCents: bigint, percent: number): bigint {
  const count = partOf(bins, percent);
  let missing = count;
  let sum = 0n;
  for (const [bin, paths] of ordered(bins)) {
    const taken = Math.min(missing, paths);
    sum += BigInt(taken) * BigInt(bin) * binCents;
    missing -= taken;
  }
  return divide(sum, BigInt(count), 'floor');
}

type Bar = { readonly upToCents: bigint; readonly paths: number };

/** Neighbouring bins as bars of one width, from zero to the highest that holds something; at most `most` of them. */
export function barsOf(bins: Bins, binCents: bigint, most: number): readonly Bar[] {
  const highest = bins.reduce((max, [bin]) => Math.max(max, bin), -1);
  const perBar = Math.ceil((highest + 1) / most);
  const bars = Array.from({ length: Math.ceil((highest + 1) / Math.max(1, perBar)) }, () => 0);
  for (const [bin, paths] of bins) bars[Math.floor(bin / perBar)] = (bars[Math.floor(bin / perBar)] ?? 0) + paths;
  return bars.map((paths, nth) => ({ upToCents: BigInt((nth + 1) * perBar) * binCents, paths }));
}
