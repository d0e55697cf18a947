import fc from 'fast-check';
import * as z from 'zod';
import { priceText, qtyText, usdText } from '../../contracts/decimal';
import { price, qty, usd } from '../../domain/kernel/money';

test.each`
  text                        | asUsd                           | asPrice                            | asQty
  ${'0'}                      | ${0n}                           | ${0n}                              | ${0n}
  ${'1'}                      | ${1_000_000n}                   | ${100_000_000n}                    | ${100_000_000n}
  ${'-12.5'}                  | ${-12_500_000n}                 | ${-1_250_000_000n}                 | ${-1_250_000_000n}
  ${'0.000001'}               | ${1n}                           | ${100n}                            | ${100n}
  ${'91000.10'}               | ${91_000_100_000n}              | ${9_100_010_000_000n}              | ${9_100_010_000_000n}
  ${'999999999999999.999999'} | ${999_999_999_999_999_999_999n} | ${99_999_999_999_999_999_999_900n} | ${99_999_999_999_999_999_999_900n}
`('$text is read exactly, each kind at its scale', ({ text, asUsd, asPrice, asQty }) => {
  expect([usdText.parse(text), priceText.parse(text), qtyText.parse(text)]).toEqual([asUsd, asPrice, asQty]);
});

/** Goal: dollars are shown with cents at least, the others without zeros at the end. */
test('units are written as plain decimals', () => {
  expect(z.encode(usdText, usd(1_500_000n))).toBe('1.50');
  expect(z.encode(usdText, usd(-1n))).toBe('-0.000001');
  expect(z.encode(priceText, price(150_000_000n))).toBe('1.5');
  expect(z.encode(qtyText, qty(-100_000_000n))).toBe('-1');
});

test.each([1, 1.5, 10n, true, null, undefined, {}, [], ['1']].map((value) => [value]))('%p is no text', (value) => {
  const succeeded = [usdText, priceText, qtyText].filter((codec) => codec.safeParse(value).success);
  expect(succeeded).toEqual([]);
});

test.each(['', ' ', '1e3', '0x1', '+1', '01', '.5', '5.', '1,5', '١', 'NaN', '1\n', '0.000000001', '1000000000000000'])(
  '%j names the rule it breaks',
  (text) => {
    const rules = [usdText, priceText, qtyText].map((codec) => codec.safeParse(text).error?.issues[0]?.message);
    expect(rules).toEqual([
      'must be a plain decimal with at most 6 decimals',
      'must be a plain decimal with at most 8 decimals',
      'must be a plain decimal with at most 8 decimals',
    ]);
  },
);

test('seven decimals are too many for dollars and fine for the others', () => {
  expect([usdText, priceText, qtyText].map((codec) => codec.safeParse('0.1234567').success)).toEqual([
    false,
    true,
    true,
  ]);
});

test('a fault inside a list is named by its place', () => {
  const levels = z.object({ levels: z.array(z.object({ price: priceText, qty: qtyText })) });
  const { error } = levels.safeParse({
    levels: [
      { price: '1', qty: '1' },
      { price: '1', qty: 'x' },
    ],
  });
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['levels.1.qty']);
});

test('what is written is read as it was', () => {
  const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  fc.assert(
    fc.property(amount, (units) => {
      expect(usdText.parse(z.encode(usdText, usd(units)))).toBe(units);
      expect(priceText.parse(z.encode(priceText, price(units)))).toBe(units);
      expect(qtyText.parse(z.encode(qtyText, qty(units)))).toBe(units);
    }),
  );
});
