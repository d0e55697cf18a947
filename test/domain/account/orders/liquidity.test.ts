import {
  isThrough,
  isWithin,
  levelsWithin,
  marketableLevels,
  slippageLimit,
  wholeSteps,
} from '../../../../domain/account/orders/liquidity';
import { formatPrice, formatQty } from '../../../../domain/kernel/money';
import { at, bookOf, levelsOf, units } from '../../../fixtures/domain-story';

/** Goal: the levels an order may take: all of it, within 5 % of the best price, or nothing. */
test.each`
  story                            | side      | amount          | bids                     | asks                      | taken
  ${'a buy takes asks'}            | ${'buy'}  | ${'1'}          | ${'9@99'}                | ${'9@100'}                | ${'1@100'}
  ${'a sale takes bids'}           | ${'sell'} | ${'1'}          | ${'9@99'}                | ${'9@100'}                | ${'1@99'}
  ${'FM-1: three levels'}          | ${'buy'}  | ${'3'}          | ${''}                    | ${'1@100 1@101 5@103'}    | ${'1@100 1@101 1@103'}
  ${'exactly 5 % up'}              | ${'buy'}  | ${'2'}          | ${''}                    | ${'1@100 1@105'}          | ${'1@100 1@105'}
  ${'a hair beyond'}               | ${'buy'}  | ${'2'}          | ${''}                    | ${'1@100 1@105.00000001'} | ${undefined}
  ${'exactly 5 % down'}            | ${'sell'} | ${'2'}          | ${'1@100 1@95'}          | ${''}                     | ${'1@100 1@95'}
  ${'a hair beyond'}               | ${'sell'} | ${'2'}          | ${'1@100 1@94.99999999'} | ${''}                     | ${undefined}
  ${'the far level is not needed'} | ${'buy'}  | ${'1'}          | ${''}                    | ${'1@100 1@200'}          | ${'1@100'}
  ${'one unit too many'}           | ${'buy'}  | ${'2.00000001'} | ${''}                    | ${'1@100 1@101'}          | ${undefined}
  ${'an empty side'}               | ${'buy'}  | ${'1'}          | ${'9@99'}                | ${''}                     | ${undefined}
  ${'nothing wanted'}              | ${'buy'}  | ${'0'}          | ${''}                    | ${'1@100'}                | ${undefined}
`('$story: $side $amount', ({ side, amount, bids, asks, taken }) => {
  const levels = marketableLevels(bookOf(bids, asks), side, units(amount));
  expect(levels).toEqual(taken === undefined ? undefined : levelsOf(taken));
});

/** Goal: how far a market order may go, exactly 5 % of the touch. */
test.each`
  side      | bids              | asks              | worst
  ${'buy'}  | ${'1@99'}         | ${'1@100'}        | ${'105'}
  ${'sell'} | ${'1@100'}        | ${'1@101'}        | ${'95'}
  ${'buy'}  | ${''}             | ${'1@0.00000003'} | ${'0.00000003'}
  ${'sell'} | ${'1@0.00000003'} | ${''}             | ${'0.00000003'}
  ${'buy'}  | ${'1@99'}         | ${''}             | ${'-'}
  ${'sell'} | ${''}             | ${'1@100'}        | ${'-'}
`('the worst price of a $side is $worst', ({ side, bids, asks, worst }) => {
  const found = slippageLimit(bookOf(bids, asks), side);
  expect(found === undefined ? '-' : formatPrice(found)).toBe(worst);
});

/** Goal: at the limit is within it and not through it. */
test.each`
  side      | each       | within   | through
  ${'buy'}  | ${'99.9'}  | ${true}  | ${true}
  ${'buy'}  | ${'100'}   | ${true}  | ${false}
  ${'buy'}  | ${'100.1'} | ${false} | ${false}
  ${'sell'} | ${'100.1'} | ${true}  | ${true}
  ${'sell'} | ${'100'}   | ${true}  | ${false}
  ${'sell'} | ${'99.9'}  | ${false} | ${false}
`('a $side with a limit of 100 at $each', ({ side, each, within, through }) => {
  expect([isWithin(side, at(each), at('100')), isThrough(side, at(each), at('100'))]).toEqual([within, through]);
});

/** Goal: a limit order takes what is at its limit or better, best first. */
test.each`
  side      | amount | limit    | taken
  ${'buy'}  | ${'5'} | ${'101'} | ${'1@100 2@101'}
  ${'buy'}  | ${'5'} | ${'99'}  | ${''}
  ${'buy'}  | ${'2'} | ${'999'} | ${'1@100 1@101'}
  ${'sell'} | ${'5'} | ${'98'}  | ${'1@99 2@98'}
  ${'sell'} | ${'5'} | ${'100'} | ${''}
`('$side $amount up to $limit takes $taken', ({ side, amount, limit, taken }) => {
  expect(levelsWithin(bookOf('1@99 2@98 3@97', '1@100 2@101 3@102'), side, units(amount), at(limit)).levels).toEqual(
    levelsOf(taken),
  );
});

test.each`
  amount    | step     | whole
  ${'1.25'} | ${'0.1'} | ${'1.2'}
  ${'0.09'} | ${'0.1'} | ${'0'}
  ${'0.3'}  | ${'0.1'} | ${'0.3'}
`('$amount in steps of $step is $whole', ({ amount, step, whole }) => {
  expect(formatQty(wholeSteps(units(amount), units(step)))).toBe(whole);
});
