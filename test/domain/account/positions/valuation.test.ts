import { boundsOf, unpricedBounds } from '../../../../domain/account/positions/valuation';
import { formatUsd } from '../../../../domain/kernel/money';
import { type Book, followed, pastQuoteOf, quoteOf } from '../../../../domain/market/book';
import { BTC, bookOf, held, quoteOn, YES } from '../../../fixtures/domain-story';

const told = ({ worstUsd, expectedUsd, bestUsd }: ReturnType<typeof boundsOf>) =>
  [worstUsd, expectedUsd, bestUsd].map(formatUsd).join(' ');

const GAPPED = followed(bookOf('1@1', '1@1', { quality: 'gapped' }), bookOf('1@50000', '1@60000'));
const RAIN: Partial<Book> = { instrument: YES };
const NO_BIDS = followed(bookOf('', '5@0.97', RAIN), bookOf('1@0.95', '1@0.96', RAIN));
const NOTHING = followed(bookOf('', '', RAIN), NO_BIDS);

/** Goal: what a position without a price is worth at least, as far as is known, and at most. */
test.each`
  position                           | book         | bounds
  ${held(BTC, '2', '100000')}        | ${GAPPED}    | ${'50000.00 100000.00 150000.00'}
  ${held(BTC, '-2', '-100000')}      | ${GAPPED}    | ${'-180000.00 -120000.00 -60000.00'}
  ${held(BTC, '0.00000003', '0.01')} | ${GAPPED}    | ${'0.00075 0.0015 0.00225'}
  ${held(YES, '10', '8')}            | ${NO_BIDS}   | ${'0.00 9.50 10.00'}
  ${held(YES, '10', '8')}            | ${NOTHING}   | ${'0.00 9.50 10.00'}
  ${held(YES, '10', '8')}            | ${undefined} | ${'0.00 8.00 10.00'}
  ${held(BTC, '1', '60000')}         | ${undefined} | ${'30000.00 60000.00 90000.00'}
  ${held(BTC, '-1', '-60000')}       | ${undefined} | ${'-90000.00 -60000.00 -30000.00'}
`('$position.instrument $bounds', ({ position, book, bounds }) => {
  expect(told(unpricedBounds(position, book && (quoteOf(book) ?? pastQuoteOf(book))))).toBe(bounds);
});

test('with a price all three are one, and what was last good counts nothing', () => {
  expect(told(boundsOf(held(BTC, '2', '1'), quoteOn(BTC, '7', '9')))).toBe('14.00 14.00 14.00');
  expect(told(boundsOf(held(YES, '-2', '-1'), { ...quoteOn(YES, '0.5', '0.6'), bid: null }))).toBe('-1.20 -1.20 -1.20');
});

test('what follows a book remembers each side as it was last good, with the proof of that state', () => {
  const first = bookOf('1@99', '1@101', { sequence: 1, venueProof: 'a' });
  const second = followed(bookOf('', '2@103', { sequence: 2, venueProof: 'b' }), first);
  const third = followed(bookOf('9@1', '9@2', { sequence: 3, quality: 'crossed' }), second);
  expect(followed(bookOf('1@99', '1@101'), third).last).toBeUndefined();
  expect(third.last).toMatchObject({
    bid: { price: 9_900_000_000n, sequence: 1, venueProof: 'a' },
    ask: { price: 10_300_000_000n, sequence: 2, venueProof: 'b' },
  });
  expect(quoteOf(third)).toBeUndefined();
  expect(pastQuoteOf(third)).toMatchObject({ bid: null, ask: null, last: third.last });
});
