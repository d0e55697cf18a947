import type { Trade } from '../../web/lib/contract';
import { equityHistory } from '../../web/lib/equity-history';

const fill = (filledAt: number, realizedUsd: string, feeUsd: string): Trade => ({
  fillId: `fill-${filledAt}`,
  orderId: `order-${filledAt}`,
  instrument: 'BTC-USD',
  side: 'buy',
  qty: '1',
  price: '1',
  feeUsd,
  realizedUsd,
  part: 1,
  liquidity: 'taker',
  filledAt,
  bookSequence: 1,
  venueProof: '',
});

/** Goal: a curve even for an account that lived for less than a minute. */
test('it begins at the start, follows the balance from fill to fill, and takes recorded equity in between', () => {
  const trades = [fill(4_000, '100', '0.5'), fill(2_000, '0', '0.25')];
  const recorded = [{ at: 3_000, equityUsd: '9990', balanceUsd: '9999.75' }];
  const points = equityHistory({ createdAt: 1_000, startingUsd: '10000' }, trades, recorded);
  expect(points.map(({ at, equityUsd }) => [at, equityUsd])).toEqual([
    [1_000, '10000'],
    [2_000, '9999.75'],
    [3_000, '9990'],
    [4_000, '10099.25'],
  ]);
});
