import type { AccountEvent } from '../../web/lib/contract';
import { feedEntry } from '../../web/lib/events';
import { namingOf } from '../../web/lib/naming';
import { marketsOf, siblingOf } from '../../web/lib/outcomes';
import { btc, order, rain } from './account';

const instruments = [rain('no'), btc, rain('yes')];

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
  type                          | data                                                                                             | tone       | text
  ${'trading.order-filled'}     | ${fill()}                                                                                        | ${'plain'} | ${'Bought 0.5 BTC at 60,000.10, fee $78.00'}
  ${'trading.order-filled'}     | ${fill({ side: 'sell', realizedUsd: '-12.5' })}                                                  | ${'loss'}  | ${'Sold 0.5 BTC at 60,000.10, realized −$12.50, fee $78.00'}
  ${'trading.order-filled'}     | ${fill({ instrument: 'PM-rain-YES', qty: '100', price: '0.5', realizedUsd: '3' })}               | ${'gain'}  | ${'Bought 100 YES · Rain? at 0.50, realized +$3.00, fee $78.00'}
  ${'trading.order-filled'}     | ${fill({ instrument: 'GONE-USD' })}                                                              | ${'plain'} | ${'Bought 0.5 GONE-USD at 60,000.10, fee $78.00'}
  ${'trading.order-filled'}     | ${fill({ side: 'sell', feeUsd: '0', closedFor: 'stop_missing' })}                                | ${'plain'} | ${'Sold 0.5 BTC at 60,000.10; the platform closed it: its stop-loss was missing when it was due'}
  ${'trading.order-placed'}     | ${{ order: order() }}                                                                            | ${'plain'} | ${'Order placed: Buy 0.5 BTC, limit at 59,000.00'}
  ${'trading.order-amended'}    | ${{ order: order({ qty: '0.4' }) }}                                                              | ${'plain'} | ${'Order changed: Buy 0.4 BTC, limit at 59,000.00'}
  ${'trading.order-amended'}    | ${{ order: order({ qty: '0.4' }), amendedFor: 'instrument_changed' }}                            | ${'warn'}  | ${'The venue trades in other steps now. Order changed: Buy 0.4 BTC, limit at 59,000.00'}
  ${'trading.order-triggered'}  | ${{ order: order({ side: 'sell', terms: { type: 'stop', stopPrice: '58000' } }) }}               | ${'plain'} | ${'Stop reached: Sell 0.5 BTC, stop at 58,000.00'}
  ${'trading.order-cancelled'}  | ${{ order: order({ status: 'cancelled', cancelReason: 'other_filled' }) }}                       | ${'plain'} | ${'Order ended (Buy 0.5 BTC, limit at 59,000.00): the other exit of its entry was filled'}
  ${'trading.position-settled'} | ${{ instrument: 'PM-rain-YES', qty: '100', paidUsd: '100', realizedUsd: '52', corrects: false }} | ${'gain'}  | ${'100 YES · Rain? resolved and paid $100.00, realized +$52.00'}
  ${'trading.position-settled'} | ${{ instrument: 'PM-rain-YES', qty: '100', paidUsd: '0', realizedUsd: '-100', corrects: true }}  | ${'loss'}  | ${'The payout of 100 YES · Rain? was corrected: $0.00, realized −$100.00'}
  ${'rules.trading-paused'}     | ${{ rule: 'daily_loss' }}                                                                        | ${'warn'}  | ${'Trading is paused until the next trading day: daily loss'}
  ${'assessment.held'}          | ${{ hold: 'dispute' }}                                                                           | ${'alert'} | ${'The payment is disputed: orders that add risk are refused'}
  ${'assessment.capital-grown'} | ${{ addedUsd: '25000', capitalUsd: '125000' }}                                                   | ${'good'}  | ${'The account grew by $25,000.00: it trades $125,000.00 now, and its limits grew with it'}
  ${'assessment.payout-taken'}  | ${{ amountUsd: '1000', traderUsd: '900' }}                                                       | ${'good'}  | ${'A payout of $1,000.00 left the account; $900.00 of it is yours'}
  ${'assessment.released'}      | ${{}}                                                                                            | ${'good'}  | ${'The payment stands again: trading goes on'}
  ${'rules.limit-warned'}       | ${{ rule: 'max_drawdown', percent: 80 }}                                                         | ${'warn'}  | ${'More than 80 % of a limit is used: maximum drawdown'}
  ${'rules.violation-detected'} | ${{ rule: 'daily_loss', usedUsd: '501', limitUsd: '500', dueAt: null }}                          | ${'alert'} | ${'Daily loss broken: $501.00 used of $500.00'}
  ${'rules.violation-detected'} | ${{ rule: 'consistency', usedUsd: '2000', limitUsd: '1500', dueAt: null }}                       | ${'alert'} | ${'Consistency broken: the best result made $2,000.00, at most $1,500.00 were allowed'}
  ${'assessment.abandoned'}     | ${{ breach: 'max_drawdown' }}                                                                    | ${'alert'} | ${'Assessment failed: maximum drawdown'}
  ${'assessment.completed'}     | ${{ equityUsd: '11000' }}                                                                        | ${'good'}  | ${'Assessment passed with $11,000.00'}
`('$text', ({ type, data, tone, text }) => {
  expect(feedEntry(event(type, data), namingOf(instruments))).toEqual({ id: 'e', at: 1, tone, text });
});

test('a deadline that passed is told by its date', () => {
  const data = { rule: 'inactivity', usedUsd: null, limitUsd: null, dueAt: Date.UTC(2026, 2, 1, 12) };
  expect(feedEntry(event('rules.violation-detected', data), namingOf(instruments))?.text).toMatch(
    /^Inactivity broken: it was due at 01 Mar 2026/,
  );
});

test('a missing stop is told with the moment until which it may still come', () => {
  const data = { instrument: 'BTC-USD', dueAt: Date.UTC(2026, 2, 1, 12), left: 1 };
  const entry = feedEntry(event('rules.stop-corrected', data), namingOf(instruments));
  expect(entry?.tone).toBe('warn');
  expect(entry?.text).toMatch(/^No stop-loss for BTC: place it before 01 Mar 2026.*\. Corrections left: 1$/);
});

test('a market order is told by its fill, and what only keeps count by nothing', () => {
  const told = (type: string, data = {}) => feedEntry(event(type, data), namingOf(instruments));
  expect(told('trading.order-placed', { ticket: {}, order: null })).toBeUndefined();
  expect(told('assessment.high-water-raised')).toBeUndefined();
});

test('a prediction market is one row with two sides, after the crypto', () => {
  expect(marketsOf(instruments).map(({ id, kind }) => [id, kind])).toEqual([
    ['BTC-USD', 'spot'],
    ['rain', 'prediction'],
  ]);
  expect(siblingOf(rain('yes'), instruments)?.id).toBe('PM-rain-NO');
  expect(siblingOf(btc, instruments)).toBeUndefined();
});
