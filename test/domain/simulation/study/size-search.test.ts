import fc from 'fast-check';
import { type Ppm, ppm } from '../../../../domain/kernel/money';
import { SIZES } from '../../../../domain/simulation/study/plan';
import { searchedSize } from '../../../../domain/simulation/study/size-search';
import { countsOf } from '../../../fixtures/simulation/studies';

/** Looks until the search is over, with a share of broken floors for each size. */
function searched(
  shareOf: (size: number) => number,
  change: { grid?: readonly Ppm[]; letIn?: (size: number) => boolean } = {},
) {
  const { grid = SIZES, letIn = () => true } = change;
  const looked: Ppm[] = [];
  const known = (size: Ppm) => grid.includes(size) || looked.includes(size);
  const countsAt = (size: Ppm) => {
    const failed = Math.floor(1_000 * shareOf(Number(size) / 1e6));
    return known(size) ? countsOf({ failed }) : undefined;
  };
  for (;;) {
    const { next, safe } = searchedSize({ grid, countsOf: countsAt, isLetIn: (size) => letIn(Number(size) / 1e6) });
    if (next === null) return { safe: safe === null ? null : Number(safe) / 1e6, looked: looked.length };
    looked.push(next);
  }
}

/** Goal: the answer is the largest safe size, to a hundredth of itself, after few runs. */
test.each`
  largest  | safe
  ${0.3}   | ${0.3}
  ${0.7}   | ${0.7}
  ${1}     | ${1}
  ${1.234} | ${1.234}
  ${2.9}   | ${2.9}
`('a size of $largest breaks a floor in 5 % of the paths', ({ largest, safe }) => {
  const found = searched((size) => (size <= largest ? 0.05 : 0.051));
  expect(found.safe).toBeLessThanOrEqual(safe);
  expect(found.safe).toBeGreaterThan(safe * 0.99);
  expect(found.looked).toBeLessThanOrEqual(10);
});

test('a size below those that everybody is shown is found too', () => {
  const found = searched((size) => (size <= 0.1 ? 0 : 1));
  expect(found.safe).toBeGreaterThan(0.099);
  expect(found.safe).toBeLessThanOrEqual(0.1);
});

test('where every size is safe it is the largest that was looked at, and nothing more is played', () => {
  expect(searched(() => 0)).toEqual({ safe: 3, looked: 0 });
  expect(searched(() => 0, { grid: SIZES.slice(0, 4) })).toEqual({ safe: 1, looked: 0 });
});

test('where none is there is no answer, and sizes below a hundredth are not looked at', () => {
  const found = searched(() => 1);
  expect(found.safe).toBeNull();
  expect(found.looked).toBeLessThan(6);
});

/** Goal: nobody is told to trade at a size at which another rule ends the paths before the floor can. */
test('a large size that is safe again is not the answer', () => {
  const found = searched((size) => (size > 0.9 && size < 2 ? 0.2 : 0));
  expect(found.safe).toBeLessThanOrEqual(0.9);
  expect(found.safe).toBeGreaterThan(0.89);
});

test('the floor of the day is a floor', () => {
  const counts = countsOf({
    failed: 60,
    ends: [
      { outcome: 'failed', rule: 'daily_loss', day: 1, paths: 60 },
      { outcome: 'open', rule: 'none', day: 6, paths: 940 },
    ],
  });
  const grid = [ppm(1_000_000n)];
  expect(searchedSize({ grid, countsOf: () => counts, isLetIn: () => false }).safe).toBeNull();
  const late = { ...counts, ends: counts.ends.map((end) => ({ ...end, rule: 'time_limit' })) };
  expect(searchedSize({ grid, countsOf: () => late, isLetIn: () => false }).safe).toBe(ppm(1_000_000n));
});

test('sizes that are too small for a cent are passed over', () => {
  const found = searched((size) => (size <= 0.2 ? 0 : 1), { letIn: (size) => size >= 0.15 });
  expect(found.safe).toBeGreaterThan(0.198);
  expect(searched(() => 1, { letIn: () => false })).toEqual({ safe: null, looked: 0 });
});

test('whatever the paths say, the search ends after ten runs and answers with a size that it looked at', () => {
  fc.assert(
    fc.property(fc.func(fc.integer({ min: 0, max: 100 })), (failed) => {
      const shares = new Map<number, number>();
      const shareOf = (size: number) => {
        const share = failed(size) / 1_000;
        shares.set(size, share);
        return share;
      };
      const { safe, looked } = searched(shareOf);
      expect(looked).toBeLessThanOrEqual(10);
      if (safe !== null) expect(shares.get(safe)).toBeLessThanOrEqual(0.05);
      // Every size of the grid that is smaller is as safe.
      for (const size of SIZES.filter((each) => safe !== null && Number(each) / 1e6 < safe)) {
        expect(shares.get(Number(size) / 1e6)).toBeLessThanOrEqual(0.05);
      }
    }),
  );
});
