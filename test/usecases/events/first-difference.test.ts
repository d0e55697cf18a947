import { firstDifference } from '../../../usecases/events/first-difference';

const order = (orderId: string, qty: string) => ({ orderId, qty });

/** Goal: where an account and its events disagree is told in words that lead to the line. */
test.each`
  case                               | stored                                   | folded                                   | told
  ${'equal values'}                  | ${{ a: 1, b: [{ c: null }] }}            | ${{ a: 1, b: [{ c: null }] }}            | ${undefined}
  ${'names in another order'}        | ${{ a: 1, b: 2 }}                        | ${{ b: 2, a: 1 }}                        | ${undefined}
  ${'another text'}                  | ${{ cashUsd: '1.5' }}                    | ${{ cashUsd: '1.4' }}                    | ${'cashUsd is "1.5", by the events "1.4"'}
  ${'a number in place of its text'} | ${{ a: 1 }}                              | ${{ a: '1' }}                            | ${'a is 1, by the events "1"'}
  ${'a nested field'}                | ${{ a: { b: { c: true } } }}             | ${{ a: { b: { c: false } } }}            | ${'a.b.c is true, by the events false'}
  ${'the first of two'}              | ${{ a: 1, b: 1 }}                        | ${{ a: 2, b: 2 }}                        | ${'a is 1, by the events 2'}
  ${'a name that is missing'}        | ${{ warned: {} }}                        | ${{ warned: { daily_loss: 50 } }}        | ${'warned.daily_loss is absent, by the events 50'}
  ${'a name that is too many'}       | ${{ warned: { daily_loss: 50 } }}        | ${{ warned: {} }}                        | ${'warned.daily_loss is 50, by the events absent'}
  ${'null in place of a record'}     | ${{ holds: null }}                       | ${{ holds: { heldMs: 1 } }}              | ${'holds is null, by the events {"heldMs":1}'}
  ${'the same order, changed'}       | ${{ orders: [order('o-1', '2')] }}       | ${{ orders: [order('o-1', '3')] }}       | ${'orders.o-1.qty is "2", by the events "3"'}
  ${'another order in its place'}    | ${{ orders: [order('o-1', '2')] }}       | ${{ orders: [order('o-2', '2')] }}       | ${'orders.0.orderId is "o-1", by the events "o-2"'}
  ${'an order that is not there'}    | ${{ orders: [] }}                        | ${{ orders: [order('o-2', '2')] }}       | ${'orders.0 is absent, by the events {"orderId":"o-2","qty":"2"}'}
  ${'a position, by its instrument'} | ${[{ instrument: 'BTC-USD', qty: '1' }]} | ${[{ instrument: 'BTC-USD', qty: '2' }]} | ${'BTC-USD.qty is "1", by the events "2"'}
`('$case', ({ stored, folded, told }) => {
  expect(firstDifference(stored, folded)).toBe(told);
});
