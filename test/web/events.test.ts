import type { AccountEvent } from '../../web/lib/account-feed';
import { feedEntry } from '../../web/lib/events';
import { namingOf } from '../../web/lib/naming';
import { marketsOf, siblingOf } from '../../web/lib/outcomes';

const outcome = (side: 'yes' | 'no') => ({
  id: `PM-rain-${side.toUpperCase()}`,
  venue: 'polymarket' as const,
  kind: 'outcome' as const,
  title: `Rain? ${side}`,
  priceTick: '0.01',
  qtyStep: '1',
  qtyMin: '5',
  status: 'open' as const,
  outcome: { marketId: 'rain', question: 'Rain?', side },
});

const btc = {
  ...outcome('yes'),
  id: 'BTC-USD',
  title: 'BTC/USD',
  priceTick: '0.1',
  kind: 'spot' as const,
  outcome: null,
};
const instruments = [outcome('no'), btc, outcome('yes')];

const event = (type: string, data: Record<string, unknown>): AccountEvent => ({
  type: 'account-event',
  n: 1,
  accountId: 'a',
  accountVersion: 1,
  eventId: 'e',
  event: type,
  occurredAt: 1,
  correlationId: 'c',
  data,
});

const fill = (over = {}) => ({
  side: 'buy',
  instrument: 'BTC-USD',
  qty: '0.5',
  price: '60000.1',
  feeUsd: '78',
  realizedUsd: '0',
  ...over,
});

/** Goal: one sentence per event, with the figures a trader asks for. */
test.each`
  type                          | data                                                                               | tone       | text
  ${'trading.order-filled'}     | ${fill()}                                                                          | ${'plain'} | ${'Bought 0.5 BTC at 60,000.10'}
  ${'trading.order-filled'}     | ${fill({ side: 'sell', realizedUsd: '-12.5' })}                                    | ${'loss'}  | ${'Sold 0.5 BTC at 60,000.10, realized −$12.50'}
  ${'trading.order-filled'}     | ${fill({ instrument: 'PM-rain-YES', qty: '100', price: '0.5', realizedUsd: '3' })} | ${'gain'}  | ${'Bought 100 YES · Rain? at 0.50, realized +$3.00'}
  ${'trading.order-filled'}     | ${fill({ instrument: 'GONE-USD' })}                                                | ${'plain'} | ${'Bought 0.5 GONE-USD at 60,000.10'}
  ${'rules.violation-detected'} | ${{ rule: 'daily_loss', usedUsd: '501', limitUsd: '500' }}                         | ${'alert'} | ${'Daily loss broken: $501.00 used of $500.00'}
  ${'assessment.abandoned'}     | ${{ breach: 'max_drawdown' }}                                                      | ${'alert'} | ${'Assessment failed: maximum drawdown'}
  ${'assessment.completed'}     | ${{ equityUsd: '11000' }}                                                          | ${'good'}  | ${'Assessment passed with $11,000.00'}
`('$text', ({ type, data, tone, text }) => {
  expect(feedEntry(event(type, data), namingOf(instruments))).toEqual({ id: 'e', at: 1, tone, text });
});

test('an order that was placed is told by its fill', () => {
  expect(feedEntry(event('trading.order-placed', {}), namingOf(instruments))).toBeUndefined();
});

test('a prediction market is one row with two sides, after the crypto', () => {
  expect(marketsOf(instruments).map(({ id, kind }) => [id, kind])).toEqual([
    ['BTC-USD', 'spot'],
    ['rain', 'prediction'],
  ]);
  expect(siblingOf(outcome('yes'), instruments)?.id).toBe('PM-rain-NO');
  expect(siblingOf(btc, instruments)).toBeUndefined();
});
