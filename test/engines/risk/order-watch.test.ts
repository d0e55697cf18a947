import type { Order } from '../../../domain/account/orders/order';
import { mayWork } from '../../../domain/assessment/pre-trade/may-work';
import { type AccountId, idOf } from '../../../domain/kernel/ids';
import type { Venue } from '../../../domain/market/instrument';
import type { Primary } from '../../../domain/market/listing';
import { OrderWatch } from '../../../engines/risk/order-watch';
import { tradeAt } from '../../fixtures/book-story';
import { at, quoteOn, resting, YES } from '../../fixtures/domain-story';
import { markBy } from '../../fixtures/mark-story';

const ID = idOf<AccountId>('account');
const GTC = { kind: 'gtc' } as const;
const limit = (side: Order['side'], price: string): Order =>
  resting('l', { side, terms: { type: 'limit', limitPrice: at(price), timeInForce: GTC } });
const stop = (side: Order['side'], price: string): Order =>
  resting('s', { side, terms: { type: 'stop', stopPrice: at(price) } });

/** Goal: a stop goes by what all venues agree on, a limit by the one that fills it; both questions give one answer. */
test.each`
  story                                         | order                     | primary       | shown                                                           | isReached
  ${'a stop below the mark'}                    | ${stop('sell', '99')}     | ${'kraken'}   | ${'coinbase 100/101; kraken 100/101'}                           | ${false}
  ${'the mark comes to it'}                     | ${stop('sell', '99')}     | ${'kraken'}   | ${'coinbase 99/100; kraken 99/100'}                             | ${true}
  ${'its venue alone comes to it'}              | ${stop('sell', '99.5')}   | ${'kraken'}   | ${'binance 100/101; coinbase 100/101; kraken 99.5/100.5'}       | ${false}
  ${'its venue alone crashes'}                  | ${stop('sell', '99')}     | ${'kraken'}   | ${'binance 100/101; coinbase 100/101; kraken 60/61'}            | ${false}
  ${'the others come to it, its venue not'}     | ${stop('sell', '99.5')}   | ${'kraken'}   | ${'binance 99.5/100; coinbase 99.5/100; kraken 99.9/100'}       | ${true}
  ${'a stop to buy'}                            | ${stop('buy', '101')}     | ${'kraken'}   | ${'binance 100/101; coinbase 100/101; kraken 99.9/100.1'}       | ${true}
  ${'a limit that its venue goes through'}      | ${limit('sell', '100.3')} | ${'kraken'}   | ${'binance 100/101; coinbase 100/101; kraken 100.4/101'}        | ${true}
  ${'a limit that another venue goes through'}  | ${limit('sell', '100.3')} | ${'coinbase'} | ${'binance 100/101; coinbase 100/101; kraken 100.4/101'}        | ${false}
  ${'a limit that the mark alone goes through'} | ${limit('sell', '100.3')} | ${'kraken'}   | ${'binance 100.5/101; coinbase 100.5/101; kraken 100/101'}      | ${false}
  ${'its venue goes through and is left out'}   | ${limit('sell', '100.3')} | ${'kraken'}   | ${'binance 100/101; coinbase 100/101; kraken 150/151'}          | ${false}
  ${'its venue goes through and is silent'}     | ${limit('sell', '100.3')} | ${'kraken'}   | ${'binance 100/101; coinbase 100/101; kraken 100.5/101 silent'} | ${false}
  ${'nobody confirms it'}                       | ${limit('sell', '100.3')} | ${'kraken'}   | ${'coinbase 100/101 stale; kraken 100.5/101'}                   | ${false}
  ${'a limit to buy'}                           | ${limit('buy', '100.9')}  | ${'coinbase'} | ${'coinbase 100/100.8; kraken 100/101'}                         | ${true}
`(
  '$story',
  ({ order, primary, shown, isReached }: { order: Order; primary: Primary; shown: string; isReached: boolean }) => {
    const watch = new OrderWatch();
    watch.put(ID, [order], primary);
    const mark = markBy(shown);
    expect([...watch.reached(mark)]).toEqual(isReached ? [ID] : []);
    expect(watch.isReached(ID, mark)).toBe(isReached);
    expect(mayWork(order, mark, primary)).toBe(isReached);
  },
);

/** Goal: a queue is consumed by the trades of the market that the order rests in, and of no other. */
test.each`
  order                  | primary       | venue         | price  | isMet
  ${limit('buy', '100')} | ${'kraken'}   | ${'kraken'}   | ${100} | ${true}
  ${limit('buy', '100')} | ${'kraken'}   | ${'coinbase'} | ${100} | ${false}
  ${limit('buy', '100')} | ${'kraken'}   | ${'coinbase'} | ${1}   | ${false}
  ${limit('buy', '100')} | ${'coinbase'} | ${'coinbase'} | ${99}  | ${true}
  ${limit('buy', '100')} | ${'coinbase'} | ${'binance'}  | ${99}  | ${false}
  ${limit('buy', '100')} | ${'kraken'}   | ${'kraken'}   | ${101} | ${false}
  ${stop('sell', '100')} | ${'kraken'}   | ${'kraken'}   | ${99}  | ${false}
`('a trade of $venue at $price met at $primary: $isMet', ({ order, primary, venue, price, isMet }) => {
  const watch = new OrderWatch();
  watch.put(ID, [order], primary);
  expect([...watch.metBy(tradeAt(price, { venue: venue as Venue }))]).toEqual(isMet ? [ID] : []);
});

test('an outcome has one market, whichever venue an account’s coins fill at', () => {
  const watch = new OrderWatch();
  watch.put(ID, [{ ...limit('buy', '0.40'), instrument: YES }], 'coinbase');
  expect([...watch.reached(quoteOn(YES, '0.38', '0.39'))]).toEqual([ID]);
  expect([...watch.metBy(tradeAt(0.4, { instrument: YES, venue: 'polymarket' }))]).toEqual([ID]);
});
