import { invariant } from '../../kernel/invariant';
import { divide, MILLION, type Ppm, ppm } from '../../kernel/money';

/** A share of paths, with the interval that holds the chance behind it in 95 cases of 100. */
export type Chance = { readonly share: Ppm; readonly low: Ppm; readonly high: Ppm };

/** The quantile of the normal distribution at 97.5 %, in millionths. */
const Z = 1_959_964n;

/** The share of `count` among `paths`, with its interval. */
export function chanceOf(count: number, paths: number): Chance {
  invariant(count >= 0 && count <= paths && paths > 0, `${count} of ${paths} paths`);
  return chanceOfShare(BigInt(count), BigInt(paths), paths);
}

/**
 * Wilson’s score interval (1927) of a share of `part` in `whole` that so many paths have shown. It is rounded outwards,
 * the share down: with n paths of which k = n × part / whole, (2k + z² ± z √(4k(n − k)/n + z²)) / 2(n + z²).
 */
export function chanceOfShare(part: bigint, whole: bigint, paths: number): Chance {
  const n = BigInt(paths);
  const square = MILLION * MILLION;
  const root = rootOf(divide(4n * square * n * part * (whole - part), whole * whole, 'ceil') + Z * Z);
  const below = 2n * (n * square + Z * Z) * whole;
  const centre = 2n * n * part * square + Z * Z * whole;
  return {
    share: ppm((part * MILLION) / whole),
    low: ppm(divide((centre - Z * root * whole) * MILLION, below, 'floor')),
    high: ppm(divide((centre + Z * root * whole) * MILLION, below, 'ceil')),
  };
}

/** The square root, rounded up (Newton). */
export function rootOf(square: bigint): bigint {
  if (square < 2n) return square;
  let root = BigInt(2) ** BigInt(Math.ceil(square.toString(2).length / 2));
  for (let next = (root + square / root) / 2n; next < root; next = (root + square / root) / 2n) root = next;
  return root * root < square ? root + 1n : root;
}

/** What paths come to. */
export type Chances = { readonly passed: Chance; readonly failed: Chance; readonly open: Chance };

export const chancesOf = ({ passed, failed, open, paths }: Outcomes): Chances => ({
  passed: chanceOf(passed, paths),
  failed: chanceOf(failed, paths),
  open: chanceOf(open, paths),
});

type Outcomes = { readonly passed: number; readonly failed: number; readonly open: number; readonly paths: number };
