import { formatPrice, type Price } from '../../../domain/kernel/money';
import { midOf } from '../../../domain/market/mid';
import { BTC, quoteOn } from '../../fixtures/domain-story';

test.each`
  bid             | ask             | mid
  ${'99'}         | ${'101'}        | ${'100'}
  ${'100'}        | ${'100'}        | ${'100'}
  ${'0.00000001'} | ${'0.00000002'} | ${'0.00000001'}
  ${'59999.9'}    | ${'60000'}      | ${'59999.95'}
`('the mid of $bid and $ask is $mid', ({ bid, ask, mid }) => {
  expect(formatPrice(midOf(quoteOn(BTC, bid, ask)) as Price)).toBe(mid);
});

test('a quote with an empty side has no mid', () => {
  expect(midOf({ ...quoteOn(BTC, '99', '101'), ask: null })).toBeUndefined();
  expect(midOf({ ...quoteOn(BTC, '99', '101'), bid: null })).toBeUndefined();
});
