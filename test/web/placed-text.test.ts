import type { PlacedOrder } from '../../web/lib/contract';
import { namingOf } from '../../web/lib/naming';
import { averagePrice, lifeText, termsText } from '../../web/lib/order-text';
import { placedText } from '../../web/lib/placed-text';
import type { Ticket } from '../../web/lib/ticket-draft';
import { btc } from './account';

const naming = namingOf([btc]);

const fill = (qty: string, price: string, feeUsd = '10', realizedUsd = '0'): PlacedOrder['fills'][number] => ({
  fillId: `fill-${price}`,
  orderId: 'order-1',
  instrument: btc.id,
  side: 'buy',
  qty,
  part: 1,
  liquidity: 'taker',
  price,
  feeUsd,
  realizedUsd,
  filledAt: 1_000,
  bookSequence: 1,
  venueProof: '',
  levels: [],
});

const placed = (over: Partial<PlacedOrder>): PlacedOrder => ({
  orderId: 'order-1',
  status: 'open',
  cancelReason: null,
  filledQty: '0',
  fills: [],
  ...over,
});

const exits = { reduceOnly: false, takeProfit: null, stopLoss: null };
const market: Ticket = { type: 'market', instrument: btc.id, side: 'buy', qty: '0.5', ...exits };
const limit: Ticket = { ...market, type: 'limit', limitPrice: '59000' };

/** Goal: the trader reads what became of the order: filled, working, both, or neither. */
test.each`
  ticket    | answer                                                                                                      | tone      | title                                             | notes
  ${market} | ${{ status: 'filled', filledQty: '0.5', fills: [fill('0.5', '60000')] }}                                    | ${'good'} | ${'Bought 0.5 BTC at 60,000.00'}                  | ${['Fee $10.00']}
  ${market} | ${{ status: 'filled', filledQty: '0.5', fills: [fill('0.4', '60000'), fill('0.1', '60010', '2.5', '-3')] }} | ${'good'} | ${'Bought 0.5 BTC at 60,002.00, realized −$3.00'} | ${['Fee $12.50']}
  ${limit}  | ${{}}                                                                                                       | ${'good'} | ${'Placed: Buy 0.5 BTC, limit at 59,000.00'}      | ${['Works: till cancelled']}
  ${limit}  | ${{ filledQty: '0.2', fills: [fill('0.2', '59000')] }}                                                      | ${'good'} | ${'Bought 0.2 BTC at 59,000.00'}                  | ${['Fee $10.00', '0.3 of it is left and works']}
  ${limit}  | ${{ status: 'cancelled', cancelReason: 'unfilled', filledQty: '0.2', fills: [fill('0.2', '59000')] }}       | ${'info'} | ${'Bought 0.2 BTC at 59,000.00'}                  | ${['Fee $10.00', 'The rest was cancelled: what could not be filled at once was not wanted later']}
  ${limit}  | ${{ status: 'cancelled', cancelReason: 'trading_paused' }}                                                  | ${'info'} | ${'Nothing was filled: trading was paused'}       | ${[]}
`('$title', ({ ticket, answer, tone, title, notes }) => {
  expect(placedText(ticket, placed(answer), naming)).toEqual({ tone, title, notes });
});

test('an average weighs each fill by its quantity, and needs one', () => {
  expect(averagePrice([fill('1', '10'), fill('3', '20')])).toBe('17.5');
  expect(averagePrice([])).toBeUndefined();
});

test.each`
  terms                                                                   | text                                         | life
  ${{ type: 'market' }}                                                   | ${'Market'}                                  | ${'Till cancelled'}
  ${{ type: 'limit', limitPrice: '59000', timeInForce: { kind: 'ioc' } }} | ${'Limit at 59,000.00'}                      | ${'Immediate or cancel'}
  ${{ type: 'limit', limitPrice: '59000', timeInForce: { kind: 'fok' } }} | ${'Limit at 59,000.00'}                      | ${'Fill or kill'}
  ${{ type: 'stop', stopPrice: '58000' }}                                 | ${'Stop at 58,000.00'}                       | ${'Till cancelled'}
  ${{ type: 'stop_limit', stopPrice: '58000', limitPrice: '57900' }}      | ${'Stop at 58,000.00, then limit 57,900.00'} | ${'Till cancelled'}
  ${{ type: 'trailing_stop', trail: { kind: 'price', price: '500' } }}    | ${'Trailing stop, 500.00 behind'}            | ${'Till cancelled'}
  ${{ type: 'trailing_stop', trail: { kind: 'share', share: '0.005' } }}  | ${'Trailing stop, 0.5\u00a0% behind'}        | ${'Till cancelled'}
`('$text', ({ terms, text, life }) => {
  expect([termsText(terms, '0.1'), lifeText(terms)]).toEqual([text, life]);
});

test('a date is named', () => {
  const timeInForce = { kind: 'gtd', expiresAt: Date.UTC(2026, 2, 1, 12) } as const;
  expect(lifeText({ type: 'limit', limitPrice: '1', timeInForce })).toMatch(/^Till 01 Mar 2026/);
});
