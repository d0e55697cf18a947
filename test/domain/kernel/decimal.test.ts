import fc from 'fast-check';
import { formatDecimal, parseDecimal } from '../../../domain/kernel/decimal';

/** Goal: what a text means in units of 10^-2, and how those units are written again. */
test.each`
  text                     | units                      | written
  ${'0'}                   | ${0n}                      | ${'0'}
  ${'12'}                  | ${1_200n}                  | ${'12'}
  ${'0.5'}                 | ${50n}                     | ${'0.5'}
  ${'0.05'}                | ${5n}                      | ${'0.05'}
  ${'91000.10'}            | ${9_100_010n}              | ${'91000.1'}
  ${'-0.5'}                | ${-50n}                    | ${'-0.5'}
  ${'-0.01'}               | ${-1n}                     | ${'-0.01'}
  ${'-12.34'}              | ${-1_234n}                 | ${'-12.34'}
  ${'100'}                 | ${10_000n}                 | ${'100'}
  ${'-0'}                  | ${0n}                      | ${'0'}
  ${'-0.00'}               | ${0n}                      | ${'0'}
  ${'999999999999999.99'}  | ${99_999_999_999_999_999n} | ${'999999999999999.99'}
  ${'-999999999999999.99'} | ${-99999999999999999n}     | ${'-999999999999999.99'}
`('$text is $units hundredths', ({ text, units, written }) => {
  expect(parseDecimal(text, 2)).toBe(units);
  expect(formatDecimal(units, 2)).toBe(written);
});

/** Goal: nothing but a plain decimal is a number. Each of these is read as one by some other parser. */
test.each([
  ['nothing', ''],
  ['a space', ' '],
  ['a sign alone', '-'],
  ['a plus', '+1'],
  ['two signs', '--1'],
  ['a point alone', '.'],
  ['no whole part', '.5'],
  ['no fraction', '1.'],
  ['two points', '1.2.3'],
  ['a leading zero', '01'],
  ['two zeros', '00'],
  ['a signed leading zero', '-01'],
  ['an exponent', '1e3'],
  ['a negative exponent', '1e-2'],
  ['hexadecimal', '0x10'],
  ['octal', '0o7'],
  ['a bigint literal', '1n'],
  ['a separator', '1_000'],
  ['thousands', '1,000'],
  ['a comma', '1,5'],
  ['a leading space', ' 1'],
  ['a trailing space', '1 '],
  ['a trailing line end', '1\n'],
  ['a leading line end', '\n1'],
  ['a second line', '1\n2'],
  ['a zero byte', '1\u0000'],
  ['infinity', 'Infinity'],
  ['no number', 'NaN'],
  ['null', 'null'],
  ['Arabic digits', '١٢'],
  ['full-width digits', '１２'],
  ['a minus sign that is none', '−1'],
  ['a superscript', '1²'],
  ['too many decimals', '0.001'],
  ['too many zeros as decimals', '1.000'],
  ['a quadrillion', '1000000000000000'],
  ['a hostile number of digits', '9'.repeat(100_000)],
  ['a hostile number of decimals', `0.${'0'.repeat(100_000)}`],
])('%s is not a decimal', (_, text) => {
  expect(parseDecimal(text, 2)).toBeUndefined();
});

const scale = fc.integer({ min: 0, max: 12 });
const units = fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n });

test('what is written is read as the same units', () => {
  fc.assert(
    fc.property(units, scale, fc.nat({ max: 12 }), (value, decimals, decimalsMin) => {
      expect(parseDecimal(formatDecimal(value, decimals, Math.min(decimalsMin, decimals)), decimals)).toBe(value);
    }),
  );
});

test('equal units are equal text: zeros at the end say nothing', () => {
  fc.assert(
    fc.property(units, fc.integer({ min: 1, max: 8 }), fc.nat({ max: 4 }), (value, decimals, zeros) => {
      const text = formatDecimal(value, decimals, decimals);
      const padded = parseDecimal(`${text}${'0'.repeat(zeros)}`, decimals + zeros);
      expect(padded).toBe(value * 10n ** BigInt(zeros));
      expect(formatDecimal(padded ?? 0n, decimals + zeros)).toBe(formatDecimal(value, decimals));
    }),
  );
});

test.each`
  units     | scale | least | written
  ${1_500n} | ${3}  | ${0}  | ${'1.5'}
  ${1_500n} | ${3}  | ${2}  | ${'1.50'}
  ${1_500n} | ${3}  | ${3}  | ${'1.500'}
  ${1_000n} | ${3}  | ${0}  | ${'1'}
  ${1_000n} | ${3}  | ${2}  | ${'1.00'}
  ${1_234n} | ${3}  | ${2}  | ${'1.234'}
  ${-1n}    | ${3}  | ${2}  | ${'-0.001'}
  ${7n}     | ${0}  | ${0}  | ${'7'}
  ${-7n}    | ${0}  | ${0}  | ${'-7'}
  ${0n}     | ${6}  | ${2}  | ${'0.00'}
`('$units of scale $scale with at least $least decimals: $written', (row) => {
  expect(formatDecimal(row.units, row.scale, row.least)).toBe(row.written);
});

test('whatever text comes, the answer is its exact value or nothing, never an error', () => {
  const piece = fc.constantFrom('0', '1', '9', '.', '-', '+', 'e', ' ', '\n', 'x', '_', ',');
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (given) => {
      const value = parseDecimal(given, 4);
      const isPlain = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?$/.test(given) && !given.includes('\n');
      expect(value !== undefined).toBe(isPlain);
      if (value === undefined) return;
      const [whole = '', fraction = ''] = given.replace('-', '').split('.');
      const size = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0'));
      expect(value).toBe(given.startsWith('-') ? -size : size);
    }),
    { numRuns: 500 },
  );
});
