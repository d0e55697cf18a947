import fc from 'fast-check';
import { type Bins, barsOf, quantileOf, tailMean } from '../../../../domain/simulation/study/bins';

const HUNDRED: Bins = [
  [10, 90],
  [4, 4],
  [2, 1],
  [5, 5],
];

test.each`
  percent | quantile | mean
  ${1}    | ${200n}  | ${200n}
  ${5}    | ${400n}  | ${360n}
  ${6}    | ${500n}  | ${383n}
  ${10}   | ${500n}  | ${430n}
  ${11}   | ${1000n} | ${481n}
  ${100}  | ${1000n} | ${943n}
`('up to $percent % of the paths: $quantile, in the mean $mean', ({ percent, quantile, mean }) => {
  expect(quantileOf(HUNDRED, 100n, percent)).toBe(quantile);
  expect(tailMean(HUNDRED, 100n, percent)).toBe(mean);
});

test('one path is its own quantile', () => {
  expect([1, 5, 50, 95].map((percent) => quantileOf([[7, 1]], 10n, percent))).toEqual([70n, 70n, 70n, 70n]);
});

test.each`
  bins                        | most | bars
  ${[[0, 5]]}                 | ${3} | ${[[10n, 5]]}
  ${[[2, 5]]}                 | ${3} | ${[[10n, 0], [20n, 0], [30n, 5]]}
  ${[[0, 1], [3, 2]]}         | ${3} | ${[[20n, 1], [40n, 2]]}
  ${[[6, 2], [0, 1], [5, 4]]} | ${3} | ${[[30n, 1], [60n, 4], [90n, 2]]}
  ${[]}                       | ${3} | ${[]}
`('$bins as at most $most bars', ({ bins, most, bars }) => {
  expect(barsOf(bins, 10n, most).map(({ upToCents, paths }) => [upToCents, paths])).toEqual(bars);
});

const anyBins = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 1, max: 5_000 })), {
  minLength: 1,
  maxLength: 60,
  selector: ([bin]) => bin,
});

test('quantiles rise, and the mean of a tail lies below where it ends', () => {
  fc.assert(
    fc.property(anyBins, (bins) => {
      const quantiles = [5, 25, 50, 75, 95].map((percent) => quantileOf(bins, 20_000n, percent));
      expect(quantiles).toEqual([...quantiles].sort((a, b) => Number(a - b)));
      for (const percent of [1, 5, 50]) {
        expect(tailMean(bins, 20_000n, percent) <= quantileOf(bins, 20_000n, percent)).toBe(true);
      }
    }),
  );
});

test('bars hold every path, each where it belongs', () => {
  fc.assert(
    fc.property(anyBins, (bins) => {
      const bars = barsOf(bins, 20_000n, 60);
      expect(bars.length).toBeLessThanOrEqual(60);
      expect(bars.at(-1)?.paths).toBeGreaterThan(0);
      let below = 0n;
      for (const { upToCents, paths } of bars) {
        const inside = bins.filter(([bin]) => BigInt(bin) * 20_000n >= below && BigInt(bin) * 20_000n < upToCents);
        expect(paths).toBe(inside.reduce((sum, [, count]) => sum + count, 0));
        below = upToCents;
      }
    }),
  );
});
