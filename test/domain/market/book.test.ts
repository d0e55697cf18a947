import fc from 'fast-check';
import { instant, plusMs } from '../../../domain/kernel/instant';
import { formatPrice, formatQty, price, qty } from '../../../domain/kernel/money';
import { isCrossed, isFresh, quoteOf, walk } from '../../../domain/market/book';
import type { Level } from '../../../domain/market/level';
import { at, bookOf, levelsOf, NOW, units } from '../../fixtures/domain-story';

const told = (levels: readonly Level[]) =>
  levels.map((level) => `${formatQty(level.qty)}@${formatPrice(level.price)}`).join(' ');

/** Goal: which levels an amount takes, best first, and how much of it they fill. */
test.each`
  story                      | levels                 | amount          | taken                     | filled
  ${'part of the best'}      | ${'1@100 1@101'}       | ${'0.4'}        | ${'0.4@100'}              | ${'0.4'}
  ${'all of the best'}       | ${'1@100 1@101'}       | ${'1'}          | ${'1@100'}                | ${'1'}
  ${'a crumb of the second'} | ${'1@100 1@101'}       | ${'1.00000001'} | ${'1@100 0.00000001@101'} | ${'1.00000001'}
  ${'FM-1: three levels'}    | ${'1@100 1@101 5@103'} | ${'3'}          | ${'1@100 1@101 1@103'}    | ${'3'}
  ${'everything there is'}   | ${'1@100 1@101'}       | ${'2'}          | ${'1@100 1@101'}          | ${'2'}
  ${'more than there is'}    | ${'1@100 1@101'}       | ${'5'}          | ${'1@100 1@101'}          | ${'2'}
  ${'an empty side'}         | ${''}                  | ${'1'}          | ${''}                     | ${'0'}
  ${'nothing'}               | ${'1@100'}             | ${'0'}          | ${''}                     | ${'0'}
`('$story', ({ levels, amount, taken, filled }) => {
  const found = walk(levelsOf(levels), units(amount));
  expect([told(found.levels), formatQty(found.filled)]).toEqual([taken, filled]);
});

const level = fc.record({
  price: fc.bigInt({ min: 1n, max: 10n ** 12n }).map(price),
  qty: fc.bigInt({ min: 1n, max: 10n ** 10n }).map(qty),
});
const side = fc.array(level, { maxLength: 12 });
const amountOf = fc.bigInt({ min: 1n, max: 10n ** 11n }).map(qty);

test('a walk takes whole levels in order and cuts only the last; it fills all it can and never more', () => {
  fc.assert(
    fc.property(side, amountOf, (levels, amount) => {
      const { levels: taken, filled } = walk(levels, amount);
      const there = levels.reduce((sum, each) => sum + each.qty, 0n);
      expect(filled).toBe(amount < there ? amount : there);
      expect(taken.reduce((sum, each) => sum + each.qty, 0n)).toBe(filled);
      expect(taken.map((each) => each.price)).toEqual(levels.slice(0, taken.length).map((each) => each.price));
      expect(taken.slice(0, -1)).toEqual(levels.slice(0, Math.max(taken.length - 1, 0)));
      for (const each of taken) expect(each.qty > 0n).toBe(true);
    }),
  );
});

test('walking leaves the book as it was', () => {
  const levels = levelsOf('1@100 1@101');
  walk(levels, units('1.5'));
  expect(told(levels)).toBe('1@100 1@101');
});

test.each`
  story                    | bids               | asks            | crossed
  ${'apart'}               | ${'1@99'}          | ${'1@100'}      | ${false}
  ${'by one unit'}         | ${'1@99.99999999'} | ${'1@100'}      | ${false}
  ${'locked'}              | ${'1@100'}         | ${'1@100'}      | ${true}
  ${'crossed'}             | ${'1@101'}         | ${'1@100'}      | ${true}
  ${'only the best count'} | ${'1@99 1@105'}    | ${'1@100 1@90'} | ${false}
  ${'no bids'}             | ${''}              | ${'1@100'}      | ${false}
  ${'no asks'}             | ${'1@100'}         | ${''}           | ${false}
  ${'empty'}               | ${''}              | ${''}           | ${false}
`('$story: crossed is $crossed', ({ bids, asks, crossed }) => {
  expect(isCrossed(levelsOf(bids), levelsOf(asks))).toBe(crossed);
});

test('the quote of a good book is its top, with everything that proves it', () => {
  const book = bookOf('2@99 1@98', '3@101 1@102');
  const { bids: _, asks: __, quality: ___, ...proof } = book;
  expect(quoteOf(book)).toEqual({
    ...proof,
    bid: { price: at('99'), qty: units('2') },
    ask: { price: at('101'), qty: units('3') },
  });
});

test.each(['gapped', 'crossed', 'stale'] as const)('a %s book has no quote: it marks nobody', (quality) => {
  expect(quoteOf(bookOf('1@99', '1@101', { quality }))).toBeUndefined();
});

test.each`
  story        | bids      | asks       | sides
  ${'no bids'} | ${''}     | ${'1@101'} | ${[undefined, at('101')]}
  ${'no asks'} | ${'1@99'} | ${''}      | ${[at('99'), undefined]}
  ${'nothing'} | ${''}     | ${''}      | ${undefined}
`('a good book with $story quotes the side that it has', ({ bids, asks, sides }) => {
  const quote = quoteOf(bookOf(bids, asks));
  expect(quote && [quote.bid?.price, quote.ask?.price]).toEqual(sides);
});

test.each`
  age        | fresh
  ${0}       | ${true}
  ${9_999}   | ${true}
  ${10_000}  | ${true}
  ${10_001}  | ${false}
  ${600_000} | ${false}
`('$age ms after it was received a book is fresh within 10 s: $fresh', ({ age, fresh }) => {
  expect(isFresh(NOW, plusMs(NOW, age), 10_000)).toBe(fresh);
  expect(isFresh(instant(0), instant(age), 10_000)).toBe(fresh);
});
