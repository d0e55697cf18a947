import fc from 'fast-check';
import { formatUsd, ONE_DOLLAR_PRICE, ppm, price, qty } from '../../../domain/kernel/money';
import { takerFee } from '../../../domain/market/instrument';
import { at, units } from '../story';

/** Goal: the venues' published examples, and who pays the remainder: the trader, at most a millionth. */
test.each`
  story                                  | kind              | rate       | shares          | each            | fee
  ${'Polymarket: crypto at even odds'}   | ${'probability'}  | ${72_000n} | ${'100'}        | ${'0.50'}       | ${'1.80'}
  ${'Polymarket: a favourite'}           | ${'probability'}  | ${40_000n} | ${'100'}        | ${'0.90'}       | ${'0.36'}
  ${'Polymarket: a long shot'}           | ${'probability'}  | ${40_000n} | ${'100'}        | ${'0.10'}       | ${'0.36'}
  ${'Polymarket: a market without fees'} | ${'probability'}  | ${0n}      | ${'100'}        | ${'0.50'}       | ${'0.00'}
  ${'Polymarket: certain'}               | ${'probability'}  | ${72_000n} | ${'100'}        | ${'1'}          | ${'0.00'}
  ${'Polymarket: impossible'}            | ${'probability'}  | ${72_000n} | ${'100'}        | ${'0'}          | ${'0.00'}
  ${'Polymarket: the remainder is up'}   | ${'probability'}  | ${72_000n} | ${'0.01'}       | ${'0.999'}      | ${'0.000001'}
  ${'Polymarket: a third'}               | ${'probability'}  | ${70_000n} | ${'7'}          | ${'0.33'}       | ${'0.108339'}
  ${'Kraken: 0.26 %'}                    | ${'proportional'} | ${2_600n}  | ${'0.5'}        | ${'60000'}      | ${'78.00'}
  ${'Kraken: FM-1, the third level'}     | ${'proportional'} | ${2_600n}  | ${'1'}          | ${'103'}        | ${'0.2678'}
  ${'Kraken: the remainder is up'}       | ${'proportional'} | ${2_600n}  | ${'0.00000001'} | ${'60000'}      | ${'0.000002'}
  ${'Kraken: twice up, a whole unit'}    | ${'proportional'} | ${2_600n}  | ${'0.00000001'} | ${'0.00000001'} | ${'0.000001'}
`('$story: $fee', ({ kind, rate, shares, each, fee }) => {
  expect(formatUsd(takerFee({ kind, rate: ppm(rate) }, at(each), units(shares)))).toBe(fee);
});

const probability = fc.bigInt({ min: 0n, max: 10n ** 8n }).map(price);
const amount = fc.bigInt({ min: 1n, max: 10n ** 15n }).map(qty);
const rate = fc.bigInt({ min: 0n, max: 100_000n }).map(ppm);

test('a probability’s fee is the same for both outcomes, highest at even odds, never negative', () => {
  fc.assert(
    fc.property(probability, amount, rate, (p, count, parts) => {
      const fee = { kind: 'probability', rate: parts } as const;
      const paid = takerFee(fee, p, count);
      expect(takerFee(fee, price(ONE_DOLLAR_PRICE - p), count)).toBe(paid);
      expect(paid >= 0n && paid <= takerFee(fee, at('0.5'), count)).toBe(true);
    }),
  );
});

test('the fee is the exact product, less than two millionths above it', () => {
  fc.assert(
    fc.property(fc.constantFrom('proportional', 'probability'), probability, amount, rate, (kind, p, count, parts) => {
      const paid = takerFee({ kind, rate: parts }, p, count);
      const perShare = kind === 'proportional' ? p * ONE_DOLLAR_PRICE : p * (ONE_DOLLAR_PRICE - p);
      const exact = count * perShare * parts; // 30 decimals.
      const unit = 10n ** 24n;
      expect(paid * unit >= exact && (paid - 2n) * unit < exact).toBe(true);
    }),
  );
});
