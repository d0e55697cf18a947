import { invariant } from '../../kernel/invariant';
import { divide, MILLION, type Ppm, ppm } from '../../kernel/money';

/** A share of paths, with the interval that holds the chance behind it in 95 cases of 100. */
export type Chance = { readonly share: Ppm; readonly low: Ppm; readonly high: Ppm };

/** The quantile of the normal distribution at 97.5 %, in millionths. */
const Z = 1_959_964n;

/**
 * Wilson's score interval (1927) of `count` among `paths`. It is rounded outwards, the share down: with k of n,
 * (2k + z² ± z √(4k(n − k)/n + z²)) / 2(n + z²).
 */
export function chanceOf(count: number, paths: number): Chance {
  invariant(count >= 0 && count <= paths && paths > 0, `${count} of ${paths} paths`);
  const [k, n] = [BigInt(count), BigInt(paths)];
  const square = MILLION * MILLION;
  const root = rootOf(divide(4n * square * k * (n - k), n, 'ceil') + Z * Z);
  const centre = 2n * k * square + Z * Z;
  const whole = 2n * (n * square + Z * Z);
  return {
    share: ppm((k * MILLION) / n),
    low: ppm(divide((centre - Z * root) * MILLION, whole, 'floor')),
    high: ppm(divide((centre + Z * root) * MILLION, whole, 'ceil')),
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
