import { bookQtyText, change, dollars, percent, priceText, qtyText, roundDollars, toneOf } from '../../web/lib/display';

const usd = (cents: number) => BigInt(cents) * 10_000n;

/** Goal: figures that can be read aloud: grouped, signed with a true minus, never silently cut. */
test.each`
  cents          | plain              | gain
  ${0}           | ${'$0.00'}         | ${'$0.00'}
  ${123_456_789} | ${'$1,234,567.89'} | ${'+$1,234,567.89'}
  ${-150}        | ${'−$1.50'}        | ${'−$1.50'}
  ${99_950}      | ${'$999.50'}       | ${'+$999.50'}
`('$cents cents', ({ cents, plain, gain }: { cents: number; plain: string; gain: string }) => {
  expect(dollars(usd(cents))).toBe(plain);
  expect(change(usd(cents))).toBe(gain);
});

test('fractions of a cent round to the nearest, and zero has no sign', () => {
  expect(dollars(4_999n)).toBe('$0.00');
  expect(dollars(5_000n)).toBe('$0.01');
  expect(change(-4_999n)).toBe('$0.00');
});

test('round sums lose their cents, others keep them', () => {
  expect(roundDollars(usd(1_000_000))).toBe('$10,000');
  expect(roundDollars(usd(1_000_001))).toBe('$10,000.01');
});

test.each`
  text           | tick       | shown
  ${'62000.1'}   | ${'0.1'}   | ${'62,000.10'}
  ${'0.525'}     | ${'0.001'} | ${'0.525'}
  ${'0.5'}       | ${'0.01'}  | ${'0.50'}
  ${'141.99999'} | ${'0.01'}  | ${'142.00'}
`('price $text at tick $tick', ({ text, tick, shown }: { text: string; tick: string; shown: string }) => {
  expect(priceText(text, tick)).toBe(shown);
});

test('a quantity keeps every digit', () => {
  expect(qtyText('-1234.50000001')).toBe('−1,234.50000001');
  expect(qtyText('2.500')).toBe('2.5');
});

test('percentages show a tenth where there is one', () => {
  expect(percent(125n, 1000n)).toBe('12.5\u00a0%');
  expect(percent(100n, 1000n, 'always')).toBe('+10\u00a0%');
  expect(percent(1n, 0n)).toBe('0\u00a0%');
});

test('colour follows what is shown', () => {
  expect([toneOf(-4_999n), toneOf(0n), toneOf(5_000n), toneOf(-5_000n)]).toEqual([
    undefined,
    undefined,
    'gain',
    'loss',
  ]);
});

test.each`
  text             | shown
  ${'28.89932907'} | ${'28.8993'}
  ${'1234.5'}      | ${'1,234.5'}
  ${'200'}         | ${'200'}
  ${'0.00001'}     | ${'< 0.0001'}
`('a book’s quantity $text is short: $shown', ({ text, shown }: { text: string; shown: string }) => {
  expect(bookQtyText(text)).toBe(shown);
});
