import fc from 'fast-check';
import { chanceOf, rootOf } from '../../../../domain/simulation/study/chance';

/** Goal: Wilson's interval as it is published, rounded outwards. */
test.each`
  count     | paths      | share       | low         | high
  ${0}      | ${10}      | ${0n}       | ${0n}       | ${277_533n}
  ${10}     | ${10}      | ${1000000n} | ${722_467n} | ${1000000n}
  ${1}      | ${10}      | ${100_000n} | ${17_876n}  | ${404_151n}
  ${10}     | ${100}     | ${100_000n} | ${55_229n}  | ${174_366n}
  ${50}     | ${100}     | ${500_000n} | ${403_831n} | ${596_169n}
  ${41_000} | ${100_000} | ${410_000n} | ${406_955n} | ${413_052n}
  ${1}      | ${3}       | ${333_333n} | ${61_491n}  | ${792_341n}
`('$count of $paths: from $low to $high', ({ count, paths, share, low, high }) => {
  expect(chanceOf(count, paths)).toEqual({ share, low, high });
});

test('nothing is a chance among no paths, nor more than all of them', () => {
  expect(() => chanceOf(0, 0)).toThrow('0 of 0 paths');
  expect(() => chanceOf(2, 1)).toThrow('2 of 1 paths');
  expect(() => chanceOf(-1, 1)).toThrow('-1 of 1 paths');
});

const counted = fc
  .integer({ min: 1, max: 1_000_000 })
  .chain((paths) => fc.integer({ min: 0, max: paths }).map((count) => ({ count, paths })));

test('an interval holds its share, lies from 0 to 1, and shrinks with the paths', () => {
  fc.assert(
    fc.property(counted, fc.integer({ min: 2, max: 100 }), ({ count, paths }, times) => {
      const { share, low, high } = chanceOf(count, paths);
      const more = chanceOf(count * times, paths * times);
      expect(low >= 0n && low <= share && share <= high && high <= 1_000_000n).toBe(true);
      expect(more.high - more.low <= high - low).toBe(true);
      expect(more.share).toBe(share);
    }),
  );
});

test('it is as wide as its formula in floating point, and never narrower', () => {
  fc.assert(
    fc.property(counted, ({ count, paths }) => {
      const z = 1.959963984540054;
      const root = z * Math.sqrt((count * (paths - count)) / paths + (z * z) / 4);
      const [low, high] = [-root, root].map((off) => (count + (z * z) / 2 + off) / (paths + z * z)) as [number, number];
      const found = chanceOf(count, paths);
      expect(Number(found.low)).toBeLessThanOrEqual(low * 1e6 + 1e-3);
      expect(Number(found.low)).toBeGreaterThan(low * 1e6 - 1.1);
      expect(Number(found.high)).toBeGreaterThanOrEqual(high * 1e6 - 1e-3);
      expect(Number(found.high)).toBeLessThan(high * 1e6 + 1.1);
    }),
  );
});

test('a root is the smallest number whose square is as large', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 40n), (square) => {
      const root = rootOf(square);
      expect(root * root >= square && (root === 0n || (root - 1n) * (root - 1n) < square)).toBe(true);
    }),
  );
});
