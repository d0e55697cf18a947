import { type Order, remaining } from '../../../../domain/account/orders/order';
import { formatPrice, formatQty } from '../../../../domain/kernel/money';
import type { Instrument } from '../../../../domain/market/instrument';
import { at, BTC, bitcoin, held, RULES, rainYes, resting, units, YES } from '../../../fixtures/domain-story';
import { free, holding, orderIn, play, type Setting, toldLast } from '../../../fixtures/trading-story';

const limited = (side: Order['side'], amount: string, limit: string, more: Partial<Order> = {}) =>
  resting('r1', {
    side,
    qty: units(amount),
    reduceOnly: false,
    terms: { type: 'limit', limitPrice: at(limit), timeInForce: { kind: 'gtc' } },
    ...more,
  });

/** An order of before, and the instrument as the venue trades it now. */
const changed = (order: Order, change: Partial<Instrument>, more: Setting = {}): Setting => ({
  ...more,
  instruments: [free({ ...(order.instrument === YES ? rainYes : bitcoin), ...change })],
  account: { orders: [order] },
});

const DIMES = { priceTick: at('0.5') };
const WHOLE = { qtyStep: units('1'), qtyMin: units('1') };
const LONG = { positions: [held(BTC, '5', '500')] };
const CRUMBS = { positions: [held(BTC, '1.2', '120')] };

/** Goal: nothing fills off the steps that the venue has now: a limit moves to what its trader likes better, and is met there later. */
test.each`
  story                           | order                                                               | change                    | limit      | left
  ${'a buy pays no more'}         | ${limited('buy', '1', '99.3')}                                      | ${DIMES}                  | ${'99'}    | ${'1'}
  ${'a sale gets no less'}        | ${limited('sell', '1', '105.2')}                                    | ${DIMES}                  | ${'105.5'} | ${'1'}
  ${'on the steps it stays'}      | ${limited('buy', '1', '99.5')}                                      | ${DIMES}                  | ${'99.5'}  | ${'1'}
  ${'an entry keeps whole steps'} | ${limited('buy', '2.7', '90')}                                      | ${WHOLE}                  | ${'90'}    | ${'2'}
  ${'of what is left of it'}      | ${limited('buy', '3', '90', { filledQty: units('0.4'), parts: 1 })} | ${WHOLE}                  | ${'90'}    | ${'2'}
  ${'both at once'}               | ${limited('buy', '2.7', '99.3')}                                    | ${{ ...DIMES, ...WHOLE }} | ${'99'}    | ${'2'}
`('$story', ({ order, change, limit, left }) => {
  const scene = play('book 1@95 / 9@101', changed(order, change));
  const now = orderIn(scene, 'r1');
  if (now?.terms.type !== 'limit') throw new Error('it is a limit order');
  expect([formatPrice(now.terms.limitPrice), formatQty(remaining(now))]).toEqual([limit, left]);
});

test('the book that it moves on does not fill it; the next one does, at the price of now', () => {
  const setting = changed(limited('buy', '1', '99.3'), DIMES);
  expect(play('book 9@98 / 9@98.5; book 9@98 / 9@98.5', setting).told).toEqual(['r1 amended', 'r1 makes 1@99']);
});

test('in a queue it goes behind what the venue shows there', () => {
  const rules = { execution: { ...RULES.execution, restingFills: 'queue' as const } };
  const scene = play(
    'book 7@99 / 9@101',
    changed(limited('buy', '1', '99.3', { queueAhead: units('2') }), DIMES, { rules }),
  );
  expect(orderIn(scene, 'r1')?.queueAhead).toBe(units('7'));
});

/** Goal: an order of which the steps leave nothing ends by name; a stop is no price at which anything is traded. */
test.each`
  story                            | order                                                                                                                    | change                       | told
  ${'a buy below the first price'} | ${limited('buy', '1', '0.3')}                                                                                            | ${DIMES}                     | ${'r1 instrument_changed'}
  ${'a sale above the last'}       | ${limited('sell', '5', '0.97', { instrument: YES })}                                                                     | ${{ priceTick: at('0.05') }} | ${'r1 instrument_changed'}
  ${'less than a step'}            | ${limited('buy', '0.7', '90')}                                                                                           | ${WHOLE}                     | ${'r1 instrument_changed'}
  ${'a stop off the price steps'}  | ${resting('r1', { terms: { type: 'stop', stopPrice: at('95.3') } })}                                                     | ${DIMES}                     | ${'-'}
  ${'a trail off them'}            | ${resting('r1', { bestPrice: at('101'), terms: { type: 'trailing_stop', trail: { kind: 'price', price: at('5.3') } } })} | ${DIMES}                     | ${'-'}
`('$story', ({ order, change, told }) => {
  const setting = changed(order, change, { positions: [held(BTC, '5', '500'), held(YES, '5', '2')] });
  const story = order.instrument === YES ? 'YES book 9@0.4 / 9@0.5' : 'book 1@100 / 9@101';
  expect(toldLast(story, setting)).toBe(told);
});

/** Goal: getting out is always allowed, whatever steps and least quantity the venue has by now. */
test.each`
  story                                     | order                                                                                 | change                    | more      | steps                                       | left
  ${'a stop of a part off the step'}        | ${resting('r1', { qty: units('1.2') })}                                               | ${WHOLE}                  | ${LONG}   | ${'book 9@49 / 9@101'}                      | ${'BTC-USD 3.8'}
  ${'a limit of a part off the step'}       | ${limited('sell', '1.2', '100', { reduceOnly: true })}                                | ${WHOLE}                  | ${LONG}   | ${'book 9@100.5 / 9@101'}                   | ${'BTC-USD 3.8'}
  ${'one that only reduces as things are'}  | ${limited('sell', '1.2', '100')}                                                      | ${WHOLE}                  | ${CRUMBS} | ${'book 9@100.5 / 9@101'}                   | ${'-'}
  ${'closing'}                              | ${resting('r1', { qty: units('1.2') })}                                               | ${WHOLE}                  | ${CRUMBS} | ${'close'}                                  | ${'-'}
  ${'closing everything'}                   | ${resting('r1', { qty: units('1.2') })}                                               | ${WHOLE}                  | ${CRUMBS} | ${'close all'}                              | ${'-'}
  ${'selling all of it'}                    | ${resting('r1', { qty: units('1.2') })}                                               | ${WHOLE}                  | ${CRUMBS} | ${'sell 1.2'}                               | ${'-'}
  ${'reducing by more'}                     | ${resting('r1', { qty: units('1.2') })}                                               | ${WHOLE}                  | ${CRUMBS} | ${'sell 1.7 reduce'}                        | ${'-'}
  ${'less than the least'}                  | ${resting('r1', { qty: units('1.2') })}                                               | ${{ qtyMin: units('5') }} | ${CRUMBS} | ${'sell 1 reduce'}                          | ${'BTC-USD 0.2'}
  ${'a remainder is amended down'}          | ${limited('sell', '3', '100', { filledQty: units('0.4'), parts: 1 })}                 | ${WHOLE}                  | ${LONG}   | ${'amend r1 qty 1.4; book 9@100.5 / 9@101'} | ${'BTC-USD 4'}
  ${'a stop off the steps is made smaller'} | ${resting('r1', { qty: units('5'), terms: { type: 'stop', stopPrice: at('95.3') } })} | ${DIMES}                  | ${LONG}   | ${'amend r1 qty 2; book 9@95 / 9@101'}      | ${'BTC-USD 3'}
`('$story', ({ order, change, more, steps, left }) => {
  expect(holding(play(steps, changed(order, change, more)))).toBe(left);
});

test('why an order changed is told with it', () => {
  const scene = play('book 1@95 / 9@101', changed(limited('buy', '1', '99.3'), DIMES));
  expect(scene.events).toMatchObject([{ kind: 'order_amended', amendedFor: 'instrument_changed' }]);
});
