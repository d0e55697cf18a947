import { marksAt, marksOf } from '../../../../domain/assessment/context/marks';
import { instant } from '../../../../domain/kernel/instant';
import type { Book } from '../../../../domain/market/book';
import { BTC, bookOf, NOW, quoteOn } from '../../../fixtures/domain-story';

const GOOD = bookOf('1@99', '1@100');
const books = (change: Partial<Book>) => new Map([[BTC, { ...GOOD, ...change }]]);

/** Goal: only a good book with a side marks; to judge it must be fresh as well. */
test.each`
  story                   | change                                       | judges   | values
  ${'good and fresh'}     | ${{}}                                        | ${true}  | ${true}
  ${'10 seconds old'}     | ${{ receivedAt: instant(NOW - 10_000) }}     | ${true}  | ${true}
  ${'a millisecond more'} | ${{ receivedAt: instant(NOW - 10_001) }}     | ${false} | ${true}
  ${'a day old'}          | ${{ receivedAt: instant(NOW - 86_400_000) }} | ${false} | ${true}
  ${'gapped'}             | ${{ quality: 'gapped' }}                     | ${false} | ${false}
  ${'crossed'}            | ${{ quality: 'crossed' }}                    | ${false} | ${false}
  ${'stale'}              | ${{ quality: 'stale' }}                      | ${false} | ${false}
  ${'nobody bids'}        | ${{ bids: [] }}                              | ${true}  | ${true}
  ${'nobody asks'}        | ${{ asks: [] }}                              | ${true}  | ${true}
  ${'nobody does'}        | ${{ bids: [], asks: [] }}                    | ${false} | ${false}
`('$story', ({ change, judges, values }) => {
  const mark = marksAt(books(change), NOW).get(BTC);
  expect([Boolean(mark?.bid ?? mark?.ask), mark !== undefined]).toEqual([judges, values]);
});

test('a mark is the top of its book with the venue’s proof', () => {
  const { bids, asks, quality, ...state } = GOOD;
  expect(marksAt(books({}), NOW).get(BTC)).toEqual({ ...state, bid: bids[0], ask: asks[0] });
  expect(marksOf([quoteOn(BTC, '7')]).get(BTC)).toEqual(quoteOn(BTC, '7'));
  expect(quality).toBe('good');
});
