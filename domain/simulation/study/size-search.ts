import { type Ppm, ppm } from '../../kernel/money';
import { type PathCounts, pathsEndedBy } from './run';

/** A run each, at most. */
export const SIZES_SEARCHED_MAX = 10;
/** One path in so many may break a floor: 5 %. */
const ONE_IN = 20;
/** The answer is exact to a hundredth of the size. */
const EXACT_TO = 100n;
/** A hundredth of what is traded: nobody is told to trade less than that. */
const SIZE_MIN = 10_000n;

type SizeSearch = {
  /** Sizes that have been played, smallest first. */
  readonly grid: readonly Ppm[];
  readonly countsOf: (size: Ppm) => PathCounts | undefined;
  /** Whether the tier lets this size trade. */
  readonly isLetIn: (size: Ppm) => boolean;
};

/**
 * Looks for the largest size at which at most 5 % of the paths end at a floor, of the maximum loss or of the daily one,
 * by halving what lies between the first size of the grid that is too large and the one before it. A larger size can
 * break fewer floors, where other rules end its paths first: what lies above the first that is too large is never safe.
 *
 * `next`: what to play now; null once the search is over, and then `safe` is the answer: null where no size is.
 */
export function searchedSize({ grid, countsOf, isLetIn }: SizeSearch): {
  readonly next: Ppm | null;
  readonly safe: Ppm | null;
} {
  const isSafe = (size: Ppm): boolean | undefined => {
    const counts = countsOf(size);
    return counts && pathsEndedBy(counts, FLOORS) * ONE_IN <= counts.paths;
  };
  const first = grid.findIndex((size) => isSafe(size) === false);
  if (first < 0) return { next: null, safe: grid.at(-1) ?? null };
  let safe: Ppm | null = grid[first - 1] ?? null;
  let [low, high] = [BigInt(safe ?? 0n), BigInt(grid[first] as Ppm)];
  for (let nth = 0; nth < SIZES_SEARCHED_MAX && (high - low) * EXACT_TO > high; nth += 1) {
    const middle = ppm((low + high) / 2n);
    if (middle < SIZE_MIN) break;
    const found = isSafe(middle);
    // A size that is too small for whole cents says nothing; what is larger may be safe.
    if (found === undefined && isLetIn(middle)) return { next: middle, safe: null };
    if (found === false) high = middle;
    else low = middle;
    if (found === true) safe = middle;
  }
  return { next: null, safe };
}

/** Where equity fell to a floor. */
const FLOORS = ['max_drawdown', 'daily_loss'];
