import { triggerPrice } from '../../web/lib/order-text';
import { order } from './account';

const by = (price: string) => ({ type: 'trailing_stop', trail: { kind: 'price', price } }) as const;
const share = (part: string) => ({ type: 'trailing_stop', trail: { kind: 'share', share: part } }) as const;
const limit = { type: 'limit', limitPrice: '59000', timeInForce: { kind: 'gtc' } } as const;

/** Goal: where a stop is triggered stands on the desk, also where only a trail has brought it. */
test.each`
  story                                  | side      | terms                                   | best            | triggered | price
  ${'a limit order has none'}            | ${'buy'}  | ${limit}                                | ${null}         | ${null}   | ${undefined}
  ${'a stop'}                            | ${'sell'} | ${{ type: 'stop', stopPrice: '58000' }} | ${null}         | ${null}   | ${'58000'}
  ${'a stop that was triggered'}         | ${'sell'} | ${{ type: 'stop', stopPrice: '58000' }} | ${null}         | ${1}      | ${undefined}
  ${'a trail before its first price'}    | ${'sell'} | ${by('500')}                            | ${null}         | ${null}   | ${undefined}
  ${'a trail of a sale, below the best'} | ${'sell'} | ${by('500')}                            | ${'60000'}      | ${null}   | ${'59500'}
  ${'a trail of a buy, above it'}        | ${'buy'}  | ${by('500')}                            | ${'60000'}      | ${null}   | ${'60500'}
  ${'a share of the best'}               | ${'sell'} | ${share('0.01')}                        | ${'60000'}      | ${null}   | ${'59400'}
  ${'a share is rounded the wider way'}  | ${'sell'} | ${share('0.333333')}                    | ${'0.00000001'} | ${null}   | ${'0'}
  ${'the wider way of a buy is up'}      | ${'buy'}  | ${share('0.333333')}                    | ${'0.00000001'} | ${null}   | ${'0.00000002'}
`('$story', ({ side, terms, best, triggered, price }) => {
  expect(triggerPrice(order({ side, terms, bestPrice: best, triggeredAt: triggered }))).toBe(price);
});
