import fc from 'fast-check';
import { instant, isoText, plusMs } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import {
  absolute,
  addUsd,
  divide,
  formatPrice,
  formatQty,
  formatUsd,
  notional,
  parsePrice,
  parseQty,
  parseUsd,
  portion,
  ppm,
  price,
  qty,
  subUsd,
  sumUsd,
  usd,
} from '../../../domain/kernel/money';
import { accept, refuse } from '../../../domain/kernel/result';

/** Goal: the quotient of two integers, and who pays the remainder. */
test.each`
  numerator | denominator | floor  | ceil
  ${7n}     | ${2n}       | ${3n}  | ${4n}
  ${-7n}    | ${2n}       | ${-4n} | ${-3n}
  ${6n}     | ${2n}       | ${3n}  | ${3n}
  ${-6n}    | ${2n}       | ${-3n} | ${-3n}
  ${0n}     | ${5n}       | ${0n}  | ${0n}
  ${1n}     | ${1_000n}   | ${0n}  | ${1n}
  ${-1n}    | ${1_000n}   | ${-1n} | ${0n}
  ${999n}   | ${1_000n}   | ${0n}  | ${1n}
  ${-999n}  | ${1_000n}   | ${-1n} | ${0n}
  ${42n}    | ${1n}       | ${42n} | ${42n}
`('$numerator / $denominator lies between $floor and $ceil', ({ numerator, denominator, floor, ceil }) => {
  expect(divide(numerator, denominator, 'floor')).toBe(floor);
  expect(divide(numerator, denominator, 'ceil')).toBe(ceil);
});

const any = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 20n });

test('floor and ceil bracket the exact quotient and differ by at most one unit', () => {
  fc.assert(
    fc.property(any, positive, (n, d) => {
      const [low, high] = [divide(n, d, 'floor'), divide(n, d, 'ceil')];
      expect(low * d <= n && n <= high * d).toBe(true);
      expect(high - low).toBe(n % d === 0n ? 0n : 1n);
    }),
  );
});

test('what floor gives one side, ceil takes from the other', () => {
  fc.assert(
    fc.property(any, positive, (n, d) => {
      expect(divide(-n, d, 'ceil')).toBe(-divide(n, d, 'floor'));
    }),
  );
});

test.each([0n, -1n, -1_000_000n])('nothing is divided by %s', (denominator) => {
  expect(() => divide(1n, denominator, 'floor')).toThrow('denominator must be positive');
});

/** Goal: dollars of a price and a quantity, to the millionth. */
test.each`
  at              | amount          | floor             | ceil
  ${'100'}        | ${'1'}          | ${'100.00'}       | ${'100.00'}
  ${'91000.10'}   | ${'0.5'}        | ${'45500.05'}     | ${'45500.05'}
  ${'0.62'}       | ${'800'}        | ${'496.00'}       | ${'496.00'}
  ${'0.00000001'} | ${'0.00000001'} | ${'0.00'}         | ${'0.000001'}
  ${'0.33333333'} | ${'0.1'}        | ${'0.033333'}     | ${'0.033334'}
  ${'0.33333333'} | ${'-0.1'}       | ${'-0.033334'}    | ${'-0.033333'}
  ${'60000'}      | ${'-2'}         | ${'-120000.00'}   | ${'-120000.00'}
  ${'0'}          | ${'5'}          | ${'0.00'}         | ${'0.00'}
  ${'1'}          | ${'0'}          | ${'0.00'}         | ${'0.00'}
  ${'150000.12'}  | ${'0.12345678'} | ${'18518.531814'} | ${'18518.531815'}
`('$amount at $at cost between $floor and $ceil', ({ at, amount, floor, ceil }) => {
  const [each, count] = [parsePrice(at) ?? price(-1n), parseQty(amount) ?? qty(-1n)];
  expect(formatUsd(notional(each, count, 'floor'))).toBe(floor);
  expect(formatUsd(notional(each, count, 'ceil'))).toBe(ceil);
});

test('a purchase cut in two costs no less than whole, and at most a millionth more', () => {
  const size = fc.bigInt({ min: 0n, max: 10n ** 14n });
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 13n }), size, size, (at, one, other) => {
      const whole = notional(price(at), qty(one + other), 'ceil');
      const parts = addUsd(notional(price(at), qty(one), 'ceil'), notional(price(at), qty(other), 'ceil'));
      expect(parts - whole === 0n || parts - whole === 1n).toBe(true);
    }),
  );
});

test.each`
  amount         | rate          | floor          | ceil
  ${'100'}       | ${2_600n}     | ${'0.26'}      | ${'0.26'}
  ${'100'}       | ${1_000_000n} | ${'100.00'}    | ${'100.00'}
  ${'100'}       | ${0n}         | ${'0.00'}      | ${'0.00'}
  ${'0.000001'}  | ${1n}         | ${'0.00'}      | ${'0.000001'}
  ${'33.333333'} | ${2_600n}     | ${'0.086666'}  | ${'0.086667'}
  ${'-10'}       | ${333n}       | ${'-0.00333'}  | ${'-0.00333'}
  ${'-0.000001'} | ${500_000n}   | ${'-0.000001'} | ${'0.00'}
`('$rate millionths of $amount lie between $floor and $ceil', ({ amount, rate, floor, ceil }) => {
  const whole = parseUsd(amount) ?? usd(-1n);
  expect(formatUsd(portion(whole, ppm(rate), 'floor'))).toBe(floor);
  expect(formatUsd(portion(whole, ppm(rate), 'ceil'))).toBe(ceil);
});

test('a portion and its rest are the whole when one is rounded up and the other down', () => {
  fc.assert(
    fc.property(any, fc.bigInt({ min: 0n, max: 1_000_000n }), (amount, rate) => {
      const part = portion(usd(amount), ppm(rate), 'floor');
      const rest = portion(usd(amount), ppm(1_000_000n - rate), 'ceil');
      expect(addUsd(part, rest)).toBe(amount);
    }),
  );
});

test('each kind of number has its own scale', () => {
  expect([parseUsd('1'), parsePrice('1'), parseQty('1')]).toEqual([10n ** 6n, 10n ** 8n, 10n ** 8n]);
  expect([parseUsd('0.0000001'), parsePrice('0.000000001'), parseQty('0.000000001')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each`
  units              | asUsd         | asPrice         | asQty
  ${1n}              | ${'0.000001'} | ${'0.00000001'} | ${'0.00000001'}
  ${10n ** 8n}       | ${'100.00'}   | ${'1'}          | ${'1'}
  ${-5n * 10n ** 7n} | ${'-50.00'}   | ${'-0.5'}       | ${'-0.5'}
  ${0n}              | ${'0.00'}     | ${'0'}          | ${'0'}
`('$units units read as dollars, price and quantity', ({ units, asUsd, asPrice, asQty }) => {
  expect([formatUsd(usd(units)), formatPrice(price(units)), formatQty(qty(units))]).toEqual([asUsd, asPrice, asQty]);
});

test('sums are exact far beyond what a double holds', () => {
  const amounts = [usd(9_007_199_254_740_993n), usd(1n), usd(-2n)];
  expect(sumUsd(amounts)).toBe(9_007_199_254_740_992n);
  expect(sumUsd([])).toBe(0n);
  expect(subUsd(usd(1n), usd(9_007_199_254_740_993n))).toBe(-9_007_199_254_740_992n);
  expect([absolute(usd(-3n)), absolute(usd(3n)), absolute(usd(0n))]).toEqual([3n, 3n, 0n]);
});

test('an instant is whole milliseconds and is written in UTC', () => {
  const start = instant(Date.UTC(2026, 2, 29, 0, 59, 59, 999));
  expect(isoText(start)).toBe('2026-03-29T00:59:59.999Z');
  expect(isoText(plusMs(start, 1))).toBe('2026-03-29T01:00:00.000Z');
});

test('a broken invariant crashes with its name, a kept one passes', () => {
  expect(() => invariant(false, 'a balance')).toThrow('invariant: a balance');
  expect(() => invariant(true, 'a balance')).not.toThrow();
});

test('a refusal names field and rule together, or neither', () => {
  expect(accept(7)).toEqual({ ok: true, value: 7 });
  expect(refuse('closed')).toEqual({ ok: false, refusal: 'closed' });
  expect(refuse('closed', 'qty')).toEqual({ ok: false, refusal: 'closed' });
  expect(refuse('closed', 'qty', 'too late')).toEqual({
    ok: false,
    refusal: 'closed',
    fault: { field: 'qty', rule: 'too late' },
  });
});
