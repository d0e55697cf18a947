import fc from 'fast-check';
import { divideNearest } from '../../web/lib/display-rounding';
import { readUsd, typedDecimal } from '../../web/lib/read-decimal';

/** Goal: what a trader types and what the platform sends become exact integers, or nothing. */
test.each`
  story                      | text                  | units
  ${'whole'}                 | ${'12'}               | ${1_200_000_000n}
  ${'fraction'}              | ${'0.5'}              | ${50_000_000n}
  ${'smallest unit'}         | ${'0.00000001'}       | ${1n}
  ${'negative'}              | ${'-1.5'}             | ${-150_000_000n}
  ${'spaces around'}         | ${' 7 '}              | ${700_000_000n}
  ${'nine decimals'}         | ${'0.000000001'}      | ${undefined}
  ${'exponent'}              | ${'1e3'}              | ${undefined}
  ${'comma'}                 | ${'1,5'}              | ${undefined}
  ${'point without a digit'} | ${'.5'}               | ${undefined}
  ${'plus sign'}             | ${'+1'}               | ${undefined}
  ${'a zero too many'}       | ${'007'}              | ${undefined}
  ${'empty'}                 | ${''}                 | ${undefined}
  ${'too many digits'}       | ${'1234567890123456'} | ${undefined}
`('$story: "$text"', ({ text, units }: { text: string; units: bigint | undefined }) => {
  expect(typedDecimal(text, 8)).toBe(units);
});

test('a broken contract is named', () => {
  expect(() => readUsd('1.2345678')).toThrow('"1.2345678" is not a decimal of the platform');
});

test('the nearest is never more than half a unit away', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (n, d) => {
      const off = divideNearest(n, d) * d - n;
      expect((off < 0n ? -off : off) * 2n <= d).toBe(true);
    }),
  );
});
