import fc from 'fast-check';
import { divideFloor, divideNearest, notional, parseDecimal, readUsd, writeDecimal } from '../../web/lib/decimal';

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
  ${'empty'}                 | ${''}                 | ${undefined}
  ${'too many digits'}       | ${'1234567890123456'} | ${undefined}
`('$story: "$text"', ({ text, units }: { text: string; units: bigint | undefined }) => {
  expect(parseDecimal(text, 8)).toBe(units);
});

test('writing and reading give the same units back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (units) => {
      expect(parseDecimal(writeDecimal(units, 8), 8)).toBe(units);
    }),
  );
});

test('a broken contract is named', () => {
  expect(() => readUsd('1.2345678')).toThrow('"1.2345678" is not a decimal with at most 6 decimals');
});

test('floor and nearest bracket the quotient', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (n, d) => {
      const low = divideFloor(n, d);
      expect(low * d <= n && n < (low + 1n) * d).toBe(true);
      const off = divideNearest(n, d) * d - n;
      expect((off < 0n ? -off : off) * 2n <= d).toBe(true);
    }),
  );
});

test('a short position’s worth is rounded down, against the trader', () => {
  expect(notional(333_333_333n, -1n)).toBe(-1n);
  expect(notional(333_333_333n, 1n)).toBe(0n);
});
