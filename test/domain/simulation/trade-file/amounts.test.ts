import fc from 'fast-check';
import { formatUsd, parseUsd, usd } from '../../../../domain/kernel/money';
import { amountIn, type DecimalMark, decimalMarkOf } from '../../../../domain/simulation/trade-file/amounts';

const told = (text: string, mark: DecimalMark | undefined): string => {
  const amount = amountIn(text, mark);
  return typeof amount === 'string' ? amount : formatUsd(amount);
};

/** Goal: each program’s way of writing is read, and nothing is guessed that changes a number a thousandfold. */
test.each`
  text               | mark         | amount
  ${'12'}            | ${undefined} | ${'12.00'}
  ${'+12.5'}         | ${'.'}       | ${'12.50'}
  ${'-12,30'}        | ${','}       | ${'-12.30'}
  ${'\u221212.30'}   | ${'.'}       | ${'-12.30'}
  ${'1 234.50'}      | ${'.'}       | ${'1234.50'}
  ${'1\u00a0234,50'} | ${','}       | ${'1234.50'}
  ${'1\u202f234,50'} | ${','}       | ${'1234.50'}
  ${"1'234.50"}      | ${'.'}       | ${'1234.50'}
  ${'1,234,567.8'}   | ${'.'}       | ${'1234567.80'}
  ${'1.234.567,8'}   | ${','}       | ${'1234567.80'}
  ${'1,234'}         | ${'.'}       | ${'1234.00'}
  ${'1,234'}         | ${','}       | ${'1.234'}
  ${'1.234'}         | ${','}       | ${'1234.00'}
  ${'1.234'}         | ${'.'}       | ${'1.234'}
  ${'1.234'}         | ${undefined} | ${'1.234'}
  ${'1,234'}         | ${undefined} | ${'must not be a number that could be read with and without decimals, such as 1,234'}
  ${'0.1234567'}     | ${'.'}       | ${'0.123456'}
  ${'-0.1234567'}    | ${'.'}       | ${'-0.123457'}
  ${'-0.1234560'}    | ${'.'}       | ${'-0.123456'}
  ${'21474836.48'}   | ${'.'}       | ${'must be at most 21474836 dollars'}
  ${'9999999999999'} | ${'.'}       | ${'must be at most 21474836 dollars'}
  ${'12 34'}         | ${'.'}       | ${'must be a number of dollars such as -12.50'}
  ${'12.'}           | ${'.'}       | ${'must be a number of dollars such as -12.50'}
  ${'(12.50)'}       | ${'.'}       | ${'must be a number of dollars such as -12.50'}
  ${'$12.50'}        | ${'.'}       | ${'must be a number of dollars such as -12.50'}
  ${'12.50 %'}       | ${'.'}       | ${'must be a number of dollars such as -12.50'}
  ${'1\u200e2.50'}   | ${'.'}       | ${'must be a number of dollars such as -12.50'}
  ${'--1'}           | ${'.'}       | ${'must be a number of dollars such as -12.50'}
  ${''}              | ${'.'}       | ${'must be a number of dollars such as -12.50'}
`('$text with $mark is $amount', ({ text, mark, amount }) => {
  expect(told(text, mark)).toBe(amount);
});

test.each`
  texts                      | mark
  ${['1,234', '12', '-0.5']} | ${'.'}
  ${['1.234', '', '-0,5']}   | ${','}
  ${['1,234', '1.234', 'x']} | ${undefined}
  ${['1,234.50']}            | ${'.'}
  ${['1.234,50']}            | ${','}
`('$texts have $mark before their decimals', ({ texts, mark }) => {
  expect(decimalMarkOf(texts)).toBe(mark);
});

test('plain decimals are read as they are everywhere else', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), (micros) => {
      const text = formatUsd(usd(micros));
      expect(amountIn(text, '.')).toBe(parseUsd(text));
      expect(amountIn(text.replace('.', ','), ',')).toBe(parseUsd(text));
    }),
  );
});
