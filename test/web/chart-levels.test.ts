import { chartLevels } from '../../web/lib/chart-levels';
import { order, position } from './account';

const stop = { type: 'stop', stopPrice: '58000' } as const;
const stopLimit = { type: 'stop_limit', stopPrice: '58000', limitPrice: '57900' } as const;
const trailing = { type: 'trailing_stop', trail: { kind: 'price', price: '500' } } as const;

const followed = () => order({ side: 'sell', terms: trailing, bestPrice: '60000' });

/** Goal: the chart shows where one got in and where the orders of this instrument wait. */
test.each`
  story                                | positions                                        | orders                                           | lines
  ${'nothing'}                         | ${[]}                                            | ${[]}                                            | ${[]}
  ${'a long position'}                 | ${[position()]}                                  | ${[]}                                            | ${[[60_000, 'Long 0.1', 'accent']]}
  ${'a short one'}                     | ${[position({ qty: '-0.1', costUsd: '-6000' })]} | ${[]}                                            | ${[[60_000, 'Short 0.1', 'accent']]}
  ${'of another instrument'}           | ${[position({ instrument: 'ETH-USD' })]}         | ${[order({ instrument: 'ETH-USD' })]}            | ${[]}
  ${'a limit order'}                   | ${[]}                                            | ${[order()]}                                     | ${[[59_000, 'Buy limit', 'gain']]}
  ${'a stop'}                          | ${[]}                                            | ${[order({ side: 'sell', terms: stop })]}        | ${[[58_000, 'Sell stop', 'loss']]}
  ${'a stop limit waits for its stop'} | ${[]}                                            | ${[order({ terms: stopLimit })]}                 | ${[[58_000, 'Buy stop limit', 'gain']]}
  ${'and then at its limit'}           | ${[]}                                            | ${[order({ terms: stopLimit, triggeredAt: 1 })]} | ${[[57_900, 'Buy stop limit', 'gain']]}
  ${'a trail that has seen no price'}  | ${[]}                                            | ${[order({ terms: trailing })]}                  | ${[]}
  ${'a trail behind its best price'}   | ${[]}                                            | ${[followed()]}                                  | ${[[59_500, 'Sell trailing stop', 'loss']]}
`('$story', ({ positions, orders, lines }) => {
  const levels = chartLevels('BTC-USD', { positions, orders });
  expect(levels.map(({ value, title, colour }) => [value, title, colour])).toEqual(lines);
});
