import fc from 'fast-check';
import {
  addUsd,
  type ExactFee,
  formatUsd,
  ONE_DOLLAR_PRICE,
  parsePpm,
  ppm,
  price,
  qty,
  type Usd,
  ZERO_USD,
} from '../../../domain/kernel/money';
import { chargeOf, feeOf } from '../../../domain/market/instrument';
import type { Level } from '../../../domain/market/level';
import { captured } from '../../captures/captured';
import { at, levelsOf, units } from '../../fixtures/domain-story';

/** Goal: the venues' published examples, and where the remainder goes. */
test.each`
  story                                    | kind              | rate       | shares          | each            | fee
  ${'Polymarket: crypto at even odds'}     | ${'probability'}  | ${72_000n} | ${'100'}        | ${'0.50'}       | ${'1.80'}
  ${'Polymarket: a favourite'}             | ${'probability'}  | ${40_000n} | ${'100'}        | ${'0.90'}       | ${'0.36'}
  ${'Polymarket: a long shot'}             | ${'probability'}  | ${40_000n} | ${'100'}        | ${'0.10'}       | ${'0.36'}
  ${'Polymarket: a market without fees'}   | ${'probability'}  | ${0n}      | ${'100'}        | ${'0.50'}       | ${'0.00'}
  ${'Polymarket: certain'}                 | ${'probability'}  | ${72_000n} | ${'100'}        | ${'1'}          | ${'0.00'}
  ${'Polymarket: impossible'}              | ${'probability'}  | ${72_000n} | ${'100'}        | ${'0'}          | ${'0.00'}
  ${'Polymarket: below its least'}         | ${'probability'}  | ${72_000n} | ${'0.01'}       | ${'0.999'}      | ${'0.00'}
  ${'Polymarket: its least'}               | ${'probability'}  | ${50_000n} | ${'0.0008'}     | ${'0.5'}        | ${'0.00001'}
  ${'Polymarket: the remainder is down'}   | ${'probability'}  | ${70_000n} | ${'7'}          | ${'0.33'}       | ${'0.10833'}
  ${'Kraken: 0.40 %'}                      | ${'proportional'} | ${4_000n}  | ${'0.5'}        | ${'60000'}      | ${'120.00'}
  ${'Kraken: FM-1, the third level'}       | ${'proportional'} | ${4_000n}  | ${'1'}          | ${'103'}        | ${'0.412'}
  ${'Kraken: the remainder is up'}         | ${'proportional'} | ${4_000n}  | ${'0.00000001'} | ${'60000'}      | ${'0.000003'}
  ${'Kraken: rounded once, not its value'} | ${'proportional'} | ${2_600n}  | ${'0.01'}       | ${'0.03842'}    | ${'0.000001'}
  ${'Kraken: twice up, a whole unit'}      | ${'proportional'} | ${4_000n}  | ${'0.00000001'} | ${'0.00000001'} | ${'0.000001'}
`('$story: $fee', ({ kind, rate, shares, each, fee }) => {
  expect(formatUsd(feeOf({ kind, rate: ppm(rate) }, [{ price: at(each), qty: units(shares) }]))).toBe(fee);
});

const probability = fc.bigInt({ min: 0n, max: 10n ** 8n }).map(price);
const amount = fc.bigInt({ min: 1n, max: 10n ** 15n }).map(qty);
const rate = fc.bigInt({ min: 0n, max: 100_000n }).map(ppm);

test('a probability’s fee is the same for both outcomes, highest at even odds, never negative', () => {
  fc.assert(
    fc.property(probability, amount, rate, (p, count, parts) => {
      const fee = { kind: 'probability', rate: parts } as const;
      const paid = feeOf(fee, [{ price: p, qty: count }]);
      expect(feeOf(fee, [{ price: price(ONE_DOLLAR_PRICE - p), qty: count }])).toBe(paid);
      expect(paid >= 0n && paid <= feeOf(fee, [{ price: at('0.5'), qty: count }])).toBe(true);
    }),
  );
});

type OnChain = {
  readonly shares_micro: number;
  readonly price: string;
  readonly rate: string;
  readonly fee_micro: number;
};

/** Goal: what Polymarket's chain has charged. A fee that is rounded up, or to the millionth, gives one of these right. */
test.each(captured('polymarket/taker_fees_onchain') as readonly OnChain[])(
  'Polymarket on its chain: $shares_micro millionths of a share at $price for $fee_micro',
  ({ shares_micro, price: each, rate: parts, fee_micro }) => {
    const rate = parsePpm(parts);
    const level = { price: at(each), qty: qty(BigInt(shares_micro) * 100n) };
    expect(rate !== undefined && feeOf({ kind: 'probability', rate }, [level])).toBe(BigInt(fee_micro));
  },
);

test('each match is charged and rounded for itself', () => {
  const fee = { kind: 'probability', rate: ppm(70_000n) } as const;
  expect(formatUsd(feeOf(fee, levelsOf('7@0.33 7@0.33')))).toBe('0.21666');
  expect(formatUsd(feeOf(fee, levelsOf('14@0.33')))).toBe('0.21667');
});

test('a proportional fee is the exact product, less than a millionth above it', () => {
  fc.assert(
    fc.property(probability, amount, rate, (p, count, parts) => {
      const paid = feeOf({ kind: 'proportional', rate: parts }, [{ price: p, qty: count }]);
      const exact = count * p * ONE_DOLLAR_PRICE * parts; // 30 decimals.
      const unit = 10n ** 24n;
      expect(paid * unit >= exact && (paid - 1n) * unit < exact).toBe(true);
    }),
  );
});

test('a probability’s fee is the exact product, less than a hundred-thousandth below it', () => {
  fc.assert(
    fc.property(probability, amount, rate, (p, count, parts) => {
      const paid = feeOf({ kind: 'probability', rate: parts }, [{ price: p, qty: count }]);
      const exact = count * p * (ONE_DOLLAR_PRICE - p) * parts; // 30 decimals.
      const unit = 10n ** 24n;
      expect(paid * unit <= exact && (paid + 10n) * unit > exact && paid % 10n === 0n).toBe(true);
    }),
  );
});

/** Goal: Kalshi's fee is that of a whole order, rounded up to a cent once. */
test.each`
  story                                      | rate       | levels                           | fee
  ${'a hundred at even odds'}                | ${70_000n} | ${'100@0.5'}                     | ${'1.75'}
  ${'one at even odds: 1.75 cents'}          | ${70_000n} | ${'1@0.5'}                       | ${'0.02'}
  ${'one at the edge'}                       | ${70_000n} | ${'1@0.01'}                      | ${'0.01'}
  ${'as a maker'}                            | ${17_500n} | ${'100@0.5'}                     | ${'0.44'}
  ${'two levels are rounded together'}       | ${70_000n} | ${'1@0.5 1@0.5'}                 | ${'0.04'}
  ${'not one by one'}                        | ${70_000n} | ${'2@0.5 2@0.5'}                 | ${'0.07'}
  ${'a whole cent is not rounded up'}        | ${40_000n} | ${'1@0.5'}                       | ${'0.01'}
  ${'nor one that only the levels together'} | ${80_000n} | ${'0.1666675@0.5 0.8333325@0.5'} | ${'0.02'}
  ${'a certain outcome costs nothing'}       | ${70_000n} | ${'100@1'}                       | ${'0.00'}
`('Kalshi: $story', ({ rate, levels, fee }) => {
  expect(formatUsd(feeOf({ kind: 'probability_cent', rate: ppm(rate) }, levelsOf(levels)))).toBe(fee);
});

/** What each fill of an order is charged, in turn. */
function charged(rate: bigint, fills: readonly (readonly Level[])[]): readonly Usd[] {
  let before: ExactFee | undefined;
  return fills.map((levels) => {
    const { feeUsd, exactFee } = chargeOf({ kind: 'probability_cent', rate: ppm(rate) }, levels, before);
    before = exactFee;
    return feeUsd;
  });
}

/** Goal: Kalshi gives back in whole cents what the parts of an order overpay: together they cost what one fill would. */
test.each`
  story                           | fills                                   | fees
  ${'three contracts one by one'} | ${['1@0.5', '1@0.5', '1@0.5']}          | ${['0.02', '0.02', '0.02']}
  ${'a fourth costs a cent less'} | ${['1@0.5', '1@0.5', '1@0.5', '1@0.5']} | ${['0.02', '0.02', '0.02', '0.01']}
  ${'crumbs'}                     | ${['0.1@0.5', '0.1@0.5', '0.8@0.5']}    | ${['0.01', '0.00', '0.01']}
  ${'at several prices'}          | ${['100@0.05', '100@0.25']}             | ${['0.34', '1.31']}
`('Kalshi: $story', ({ fills, fees }) => {
  expect(charged(70_000n, fills.map(levelsOf)).map(formatUsd)).toEqual(fees);
});

test('splitting an order costs nothing more, and no part is ever paid for', () => {
  const fills = fc.array(fc.record({ price: probability, qty: amount }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fills, rate, (levels, parts) => {
      const each = charged(
        parts,
        levels.map((level) => [level]),
      );
      const whole = feeOf({ kind: 'probability_cent', rate: parts }, levels);
      expect(each.reduce(addUsd, ZERO_USD)).toBe(whole);
      expect(each.every((fee) => fee >= 0n && fee % 10_000n === 0n)).toBe(true);
    }),
  );
});
