import type { Order } from '../../../../domain/account/orders/order';
import { idOf } from '../../../../domain/kernel/ids';
import { at, BTC, ETH, held, NO, resting, standingWith, units, YES } from '../../../fixtures/domain-story';
import { orderIn, play, type Setting, toldLast } from '../../../fixtures/trading-story';

const limited = (orderId: string, side: Order['side'], amount: string, limit: string, more: Partial<Order> = {}) =>
  resting(orderId, {
    side,
    qty: units(amount),
    reduceOnly: false,
    terms: { type: 'limit', limitPrice: at(limit), timeInForce: { kind: 'gtc' } },
    ...more,
  });

/** Trading is paused, so that only what makes a position smaller is taken. */
const paused = (amount: string, orders: readonly Order[] = []): Setting => ({
  cash: '100000',
  positions: [held(BTC, amount, `${amount}00`)],
  account: { standing: standingWith({ isPaused: true }), orders },
});

const NONE = paused('2');
const SALE = paused('2', [limited('r1', 'sell', '1.5', '106')]);
const EXIT = paused('2', [limited('r1', 'sell', '1.5', '106', { reduceOnly: true })]);
const BUY = paused('2', [limited('r1', 'buy', '1.5', '90')]);
const ELSEWHERE = paused('2', [limited('r1', 'sell', '1.5', '106', { instrument: ETH })]);
const HALF_DONE = paused('2', [limited('r1', 'sell', '1.5', '106', { filledQty: units('0.5'), parts: 1 })]);
const SHORT = paused('-2', [limited('r1', 'buy', '1.5', '90')]);

/** Goal: an order only gets out if, with every other order of its side filled, nothing would be opened. */
test.each`
  story                                         | setting      | steps                                             | told
  ${'a part'}                                   | ${NONE}      | ${'sell 1 limit 105'}                             | ${'o1 works'}
  ${'all of it'}                                | ${NONE}      | ${'sell 2 limit 105'}                             | ${'o1 works'}
  ${'a step more'}                              | ${NONE}      | ${'sell 2.0001 limit 105'}                        | ${'trading_paused'}
  ${'what is not held'}                         | ${NONE}      | ${'ETH book 9@100 / 9@101; ETH sell 1 limit 105'} | ${'trading_paused'}
  ${'what another sale leaves'}                 | ${SALE}      | ${'sell 0.5 limit 105'}                           | ${'o1 works'}
  ${'more than another sale leaves'}            | ${SALE}      | ${'sell 0.6 limit 105'}                           | ${'trading_paused'}
  ${'at once, before another sale'}             | ${SALE}      | ${'sell 2'}                                       | ${'o1, o1 takes 2@100'}
  ${'only reducing, whatever else works'}       | ${SALE}      | ${'sell 9 reduce'}                                | ${'o1, o1 takes 2@100, o1 nothing_to_reduce'}
  ${'beside one that only reduces'}             | ${EXIT}      | ${'sell 2 limit 105'}                             | ${'o1 works'}
  ${'beside a buy'}                             | ${BUY}       | ${'sell 2 limit 105'}                             | ${'o1 works'}
  ${'beside a sale of something else'}          | ${ELSEWHERE} | ${'sell 2 limit 105'}                             | ${'o1 works'}
  ${'beside what is left of a sale'}            | ${HALF_DONE} | ${'sell 1 limit 105'}                             | ${'o1 works'}
  ${'and a step more'}                          | ${HALF_DONE} | ${'sell 1.0001 limit 105'}                        | ${'trading_paused'}
  ${'of a short'}                               | ${SHORT}     | ${'buy 0.5 limit 95'}                             | ${'o1 works'}
  ${'of a short, more than another buy leaves'} | ${SHORT}     | ${'buy 0.6 limit 95'}                             | ${'trading_paused'}
  ${'a sale amended up to all of it'}           | ${SALE}      | ${'amend r1 qty 2'}                               | ${'r1 amended'}
  ${'a sale amended beyond it'}                 | ${SALE}      | ${'amend r1 qty 2.0001'}                          | ${'trading_paused'}
  ${'what is left of one, amended'}             | ${HALF_DONE} | ${'amend r1 qty 2.5'}                             | ${'r1 amended'}
  ${'what is left of one, amended beyond'}      | ${HALF_DONE} | ${'amend r1 qty 2.5001'}                          | ${'trading_paused'}
  ${'a buy amended'}                            | ${BUY}       | ${'amend r1 limit 91'}                            | ${'trading_paused'}
`('while trading is paused: $story', ({ setting, steps, told }) => {
  expect(toldLast(steps, setting)).toBe(told);
});

test('a sale that would open a short once its position is gone ends when its turn comes in a pause', () => {
  expect(toldLast('sell 2; book 9@106.1 / 9@107', SALE)).toBe('r1 trading_paused');
  expect(toldLast('sell 0.5; book 9@106.1 / 9@107', SALE)).toBe('r1 makes 1.5@106');
});

const SHARES = { cash: '99000', positions: [held(YES, '1000', '400'), held(NO, '1000', '400')] };

/** Goal: shares are for sale up to what is held; what fills or ends elsewhere is no longer for sale here. */
test.each`
  story                                       | steps                                                                        | told
  ${'a buy promises nothing'}                 | ${'YES buy 500 limit 0.3; YES sell 1000 limit 0.6'}                          | ${'o2 works'}
  ${'a sale of the other outcome neither'}    | ${'NO sell 600 limit 0.7; YES sell 1000 limit 0.6'}                          | ${'o2 works'}
  ${'an amended sale is not promised twice'}  | ${'YES sell 600 limit 0.6; amend o1 qty 1000'}                               | ${'o1 amended'}
  ${'nor beyond what is held'}                | ${'YES sell 600 limit 0.6; amend o1 qty 1000.01'}                            | ${'short_not_allowed'}
  ${'what it has filled is gone'}             | ${'YES sell 1000 limit 0.6; YES book 400@0.61 / 1@0.62; amend o1 limit 0.7'} | ${'o1 amended'}
  ${'a sale of nothing any more ends'}        | ${'YES sell 1000 limit 0.6; YES sell 1000 reduce'}                           | ${'o2, o2 takes 1000@0.4, o1 nothing_to_reduce'}
  ${'a sale fills what is left to sell'}      | ${'YES sell 1000 limit 0.6; YES sell 400 reduce; YES book 9999@0.61 / 1@1'}  | ${'o1 makes 600@0.6, o1 nothing_to_reduce'}
  ${'it takes no more than that at once too'} | ${'YES sell 1000 stop 0.3; YES sell 400 reduce; YES book 9999@0.3 / 1@0.4'}  | ${'o1 triggered, o1 takes 600@0.3, o1 nothing_to_reduce'}
`('shares: $story', ({ steps, told }) => {
  expect(toldLast(`YES book 9999@0.4 / 9999@0.42; NO book 9999@0.5 / 9999@0.6; ${steps}`, SHARES)).toBe(told);
});

test('exits are good until cancelled and are the trader’s, like the order that they were attached to', () => {
  const scene = play('buy 1 tp 110 sl 90');
  expect(['x1', 'x2'].map((id) => orderIn(scene, id))).toMatchObject([
    {
      terms: { type: 'limit', limitPrice: at('110'), timeInForce: { kind: 'gtc' } },
      origin: 'trader',
      reduceOnly: true,
    },
    { terms: { type: 'stop', stopPrice: at('90') }, origin: 'trader', entryId: idOf('o1') },
  ]);
});
