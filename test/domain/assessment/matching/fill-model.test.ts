import { matchRestingOrders } from '../../../../domain/assessment/matching/match-resting-orders';
import { instant } from '../../../../domain/kernel/instant';
import { formatQty, formatUsd, qty } from '../../../../domain/kernel/money';
import { BTC, bitcoin, dollars, held, NOW, RULES } from '../../../fixtures/domain-story';
import { orderIn, play, type Setting, sceneOf, told, toldLast, working } from '../../../fixtures/trading-story';

const QUEUE: Setting = { rules: { execution: { ...RULES.execution, restingFills: 'queue' } } };

/** Goal: a resting order fills as maker at its own price once the market trades through it, for what is there. */
test.each`
  story                                    | steps                                                                   | told
  ${'FM-3: a touch is not enough'}         | ${'buy 1 limit 99; book 9@98 / 9@99'}                                   | ${'-'}
  ${'FM-3: a cross is'}                    | ${'buy 1 limit 99; book 9@98 / 9@98.9'}                                 | ${'o1 makes 1@99'}
  ${'FM-3: nor is a trade at the price'}   | ${'buy 1 limit 99; trade sell 9@99'}                                    | ${'-'}
  ${'FM-3: a trade beyond it is'}          | ${'buy 1 limit 99; trade sell 9@98.9'}                                  | ${'o1 makes 1@99'}
  ${'whoever took it'}                     | ${'buy 1 limit 99; trade buy 9@98.9'}                                   | ${'o1 makes 1@99'}
  ${'a sale: the bid has to pass it'}      | ${'sell 1 limit 102; book 9@102 / 9@103; book 9@102.1 / 9@103'}         | ${'o1 makes 1@102'}
  ${'a sale: the bid at its price'}        | ${'sell 1 limit 102; book 9@102 / 9@103'}                               | ${'-'}
  ${'a sale: a trade above it'}            | ${'sell 1 limit 102; trade buy 9@102.1'}                                | ${'o1 makes 1@102'}
  ${'no more than is shown'}               | ${'buy 3 limit 99; book 9@98 / 1@98.9'}                                 | ${'o1 makes 1@99'}
  ${'all levels beyond it count'}          | ${'buy 3 limit 99; book 9@97 / 1@98 1@98.9 1@99'}                       | ${'o1 makes 2@99'}
  ${'no more than was traded'}             | ${'buy 3 limit 99; trade sell 1@98'}                                    | ${'o1 makes 1@99'}
  ${'what is shown and what was traded'}   | ${'buy 3 limit 99; gap; trade sell 1@98; book 9@97 / 1@98.9'}           | ${'o1 makes 2@99'}
  ${'the rest later'}                      | ${'buy 3 limit 99; book 9@98 / 1@98.9; book 9@98 / 9@98.9'}             | ${'o1 makes 2@99'}
  ${'one state fills once'}                | ${'buy 3 limit 99; book 9@98 / 1@98.9; wait 1'}                         | ${'-'}
  ${'one trade fills once'}                | ${'buy 3 limit 99; trade sell 1@98; wait 1'}                            | ${'-'}
  ${'the next trade fills again'}          | ${'buy 3 limit 99; trade sell 1@98; trade sell 1@98'}                   | ${'o1 makes 1@99'}
  ${'a trade from before fills nothing'}   | ${'trade sell 9@98; buy 1 limit 99; wait 1'}                            | ${'-'}
  ${'nor does the state it was placed on'} | ${'book 9@98 / 9@99.1; buy 1 limit 99; wait 1'}                         | ${'-'}
  ${'whole steps only'}                    | ${'buy 3 limit 99; trade sell 0.00005@98'}                              | ${'-'}
  ${'a crossed book fills nothing'}        | ${'buy 1 limit 99; gap; wait 1'}                                        | ${'-'}
  ${'a stale one neither'}                 | ${'buy 1 limit 99; wait 11; trade sell 9@98'}                           | ${'-'}
  ${'two orders share what is shown'}      | ${'buy 1 limit 99; buy 1 limit 99; book 9@98 / 1.5@98.9'}               | ${'o1 makes 1@99, o2 makes 0.5@99'}
  ${'and once'}                            | ${'buy 1 limit 99; buy 1 limit 99; book 9@98 / 1@98.9; wait 1'}         | ${'-'}
  ${'two orders share what was traded'}    | ${'buy 1 limit 99; buy 1 limit 99; trade sell 1.5@98'}                  | ${'o1 makes 1@99, o2 makes 0.5@99'}
  ${'and once'}                            | ${'buy 1 limit 99; buy 1 limit 99; trade sell 1@98; wait 1'}            | ${'-'}
  ${'the older one first'}                 | ${'buy 1 limit 98.5; buy 1 limit 99; book 9@97 / 1@98'}                 | ${'o1 makes 1@98.5'}
  ${'a stop and a limit share a book'}     | ${'buy 2 stop 105; buy 2 limit 102; book 9@100 / 3@101'}                | ${'-'}
  ${'two stops share it'}                  | ${'sell 1 stop 95; sell 1 stop 95; book 1@95 1@94 / 9@96'}              | ${'o1 triggered, o1 takes 1@95, o2 triggered, o2 takes 1@94'}
  ${'the second waits for its part'}       | ${'sell 1 stop 95; sell 1 stop 95; book 1@95 / 9@96; wait 1'}           | ${'-'}
  ${'and the next state is the same lot'}  | ${'sell 1 stop 95; sell 1 stop 95; book 1@95 / 9@96; book 1@95 / 9@96'} | ${'-'}
  ${'but what it shows beside that'}       | ${'sell 1 stop 95; sell 1 stop 95; book 1@95 / 9@96; book 2@95 / 9@96'} | ${'o2 takes 1@95'}
`('through: $story', ({ steps, told: expected }) => {
  expect(toldLast(steps)).toBe(expected);
});

/** Goal: with a queue, trades at the price consume what stood before the order, and then fill it. */
test.each`
  story                                     | steps                                                                                                         | told                              | ahead
  ${'FM-4: 40 stand before it'}             | ${'book 40@99 / 9@101; buy 9 limit 99'}                                                                       | ${'o1 works'}                     | ${'40'}
  ${'FM-4: 25 are traded'}                  | ${'book 40@99 / 9@101; buy 9 limit 99; trade sell 25@99'}                                                     | ${'o1 advanced'}                  | ${'15'}
  ${'FM-4: 20 more fill 5'}                 | ${'book 40@99 / 9@101; buy 9 limit 99; trade sell 25@99; trade sell 20@99'}                                   | ${'o1 makes 5@99'}                | ${'0'}
  ${'then all that is traded'}              | ${'book 40@99 / 9@101; buy 9 limit 99; trade sell 45@99; trade sell 3@99'}                                    | ${'o1 makes 3@99'}                | ${'0'}
  ${'exactly the queue'}                    | ${'book 40@99 / 9@101; buy 9 limit 99; trade sell 40@99'}                                                     | ${'o1 advanced'}                  | ${'0'}
  ${'a trade counts once'}                  | ${'book 40@99 / 9@101; buy 9 limit 99; trade sell 25@99; wait 1'}                                             | ${'-'}                            | ${'15'}
  ${'nobody stands before it'}              | ${'book 40@98 / 9@101; buy 9 limit 99; trade sell 2@99'}                                                      | ${'o1 makes 2@99'}                | ${'0'}
  ${'nor what was traded short of it'}      | ${'book 40@98 / 9@101; buy 9 limit 99; trade sell 2@99.5'}                                                    | ${'-'}                            | ${'0'}
  ${'who took the other side is no help'}   | ${'book 40@98 / 9@101; buy 9 limit 99; trade buy 2@99'}                                                       | ${'-'}                            | ${'0'}
  ${'through the price the queue is gone'}  | ${'book 40@99 / 9@101; buy 9 limit 99; trade sell 2@98.9'}                                                    | ${'o1 makes 2@99'}                | ${'0'}
  ${'so is it for the next trade'}          | ${'book 40@99 / 9@101; buy 9 limit 99; trade sell 2@98.9; trade sell 3@99'}                                   | ${'o1 makes 3@99'}                | ${'0'}
  ${'a sale queues with the asks'}          | ${'book 9@99 / 40@101; sell 9 limit 101; trade buy 42@101'}                                                   | ${'o1 makes 2@101'}               | ${'0'}
  ${'amending gives up the place'}          | ${'book 40@99 / 9@101; buy 9 limit 99; trade sell 25@99; amend o1 qty 10'}                                    | ${'o1 amended'}                   | ${'40'}
  ${'trades before the amendment are past'} | ${'book 40@98 / 9@101; buy 9 limit 99; gap; trade sell 5@99; book 9@98 / 9@101; amend o1 limit 98.5; wait 1'} | ${'-'}                            | ${'0'}
  ${'two orders in one queue'}              | ${'book 40@99 / 9@101; buy 9 limit 99; buy 9 limit 99; trade sell 51@99'}                                     | ${'o1 makes 9@99, o2 makes 2@99'} | ${'-'}
`('queue: $story', ({ steps, told: expected, ahead }) => {
  const scene = play(steps, QUEUE);
  const queue = orderIn(scene, 'o1')?.queueAhead;
  expect([scene.told.at(-1), typeof queue === 'bigint' ? formatQty(queue) : '-']).toEqual([expected, ahead]);
});

/** Goal: what lies behind all that the venue shows has a long queue; between the levels and before the best, none. */
test.each`
  story                             | steps                                                      | ahead
  ${'a level that is shown'}        | ${'book 40@99 25@97 / 9@101; buy 9 limit 97'}              | ${'25'}
  ${'inside the spread'}            | ${'book 40@99 25@97 / 9@101; buy 9 limit 100'}             | ${'0'}
  ${'between two levels'}           | ${'book 40@99 25@97 / 9@101; buy 9 limit 98'}              | ${'0'}
  ${'a tick below the last'}        | ${'book 40@99 25@97 / 9@101; buy 9 limit 96.9'}            | ${'65'}
  ${'far below it'}                 | ${'book 40@99 25@97 / 9@101; buy 9 limit 50'}              | ${'65'}
  ${'a tick above the last ask'}    | ${'book 9@99 / 9@101 7@103; sell 9 limit 103.1'}           | ${'16'}
  ${'a side that is empty'}         | ${'book / 9@101; buy 9 limit 50'}                          | ${'0'}
  ${'amended to where nobody sees'} | ${'book 40@99 / 9@101; buy 9 limit 99; amend o1 limit 98'} | ${'40'}
`('queue: $story', ({ steps, ahead }) => {
  expect(formatQty(orderIn(play(steps, QUEUE), 'o1')?.queueAhead ?? qty(-1n))).toBe(ahead);
});

/** Goal: what the venue did before an order was there never fills it, however late it is heard of. */
test.each`
  story                                | steps                                                                         | told
  ${'a late trade beyond the limit'}   | ${'wait 4; buy 1 limit 99; trade sell 9@98 made 5'}                           | ${'-'}
  ${'one of the very moment'}          | ${'wait 4; buy 1 limit 99; trade sell 9@98 made 1'}                           | ${'-'}
  ${'one of after it'}                 | ${'wait 4; buy 1 limit 99; wait 1; trade sell 9@98 made 2'}                   | ${'o1 makes 1@99'}
  ${'a late trade in the queue'}       | ${'book 5@99 / 9@101; buy 1 limit 99; trade sell 9@99 made 3'}                | ${'-'}
  ${'a late book beyond the limit'}    | ${'wait 4; buy 1 limit 99; book 9@97 / 9@98 made 5'}                          | ${'-'}
  ${'a late book at the stop'}         | ${'wait 4; sell 1 stop 95; book 9@90 / 9@98 made 5'}                          | ${'-'}
  ${'the next book fills it'}          | ${'wait 4; buy 1 limit 99; book 9@97 / 9@98 made 5; book 9@97 / 9@98'}        | ${'o1 makes 1@99'}
  ${'a trade of before the amendment'} | ${'buy 1 limit 90; wait 4; amend o1 limit 99; trade sell 9@98 made 3'}        | ${'-'}
  ${'a book of before the amendment'}  | ${'buy 1 limit 90; wait 4; amend o1 limit 99; book 9@97 / 9@98 made 3'}       | ${'-'}
  ${'a trade of before the trigger'}   | ${'sell 1 stop 95 limit 96; wait 4; book 9@94 / 9@98; trade buy 9@97 made 3'} | ${'-'}
`('venue time: $story', ({ steps, told: expected }) => {
  for (const setting of [QUEUE, {}]) expect(toldLast(steps, setting)).toBe(expected);
});

const SLOW: Setting = { rules: { execution: { ...RULES.execution, restingFills: 'queue', latencyMs: 2_000 } } };

/** Goal: with a latency of two seconds an order meets what the venue does once it is there, and a stop fills by then. */
test.each`
  story                               | steps                                                                                               | told
  ${'a trade while it is on its way'} | ${'buy 1 limit 99; trade sell 9@98'}                                                                | ${'o1 works; -'}
  ${'one when it is there'}           | ${'buy 1 limit 99; wait 1; trade sell 9@98'}                                                        | ${'o1 works; -; o1 makes 1@99'}
  ${'a book while it is on its way'}  | ${'buy 1 limit 99; book 9@97 / 9@98; book 9@97 / 9@98; book 9@97 / 9@98'}                           | ${'o1 works; -; -; o1 makes 1@99'}
  ${'a stop is triggered first'}      | ${'sell 1 stop 95; wait 1; book 9@94 / 9@95; book 9@93 / 9@95; book 9@92 / 9@95; book 9@91 / 9@95'} | ${'o1 works; -; o1 triggered; -; -; o1 takes 1@91'}
`('latency: $story', ({ steps, told: expected }) => {
  expect(told(steps, SLOW)).toBe(expected);
});

test('without the queue rule an order has no place in it', () => {
  expect(orderIn(play('book 40@99 / 9@101; buy 9 limit 99'), 'o1')?.queueAhead).toBeNull();
});

/** Goal: FM-5: nothing fills in a gap; what was crossed in it fills at the first price after it. */
test.each`
  story                           | steps                                                             | told
  ${'no fill in the gap'}         | ${'sell 1 stop 95; gap; wait 1'}                                  | ${'o1 works; -; -'}
  ${'a stop: at the first price'} | ${'sell 1 stop 95; gap; book 1@90 / 1@91'}                        | ${'o1 works; -; o1 triggered, o1 takes 1@90'}
  ${'crossed and back: nothing'}  | ${'sell 1 stop 95; gap; book 1@99 / 1@100'}                       | ${'o1 works; -; -'}
  ${'a limit: at its own price'}  | ${'buy 1 limit 95; gap; book 1@90 / 1@91'}                        | ${'o1 works; -; o1 makes 1@95'}
  ${'its time passes in the gap'} | ${'buy 1 limit 95 gtd+3; gap; wait 1'}                            | ${'o1 works; -; o1 expired'}
  ${'a halt fills nothing'}       | ${'sell 1 stop 95; status halted; book 1@90 / 1@91; status open'} | ${'o1 works; -; -; o1 triggered, o1 takes 1@90'}
  ${'a closed market ends it'}    | ${'sell 1 stop 95; status closed'}                                | ${'o1 works; o1 market_closed'}
  ${'so does a pending one'}      | ${'sell 1 stop 95; status pending'}                               | ${'o1 works; o1 market_closed'}
  ${'and a disputed one'}         | ${'sell 1 stop 95; status disputed'}                              | ${'o1 works; o1 market_closed'}
`('FM-5: $story', ({ steps, told: expected }) => {
  expect(told(steps)).toBe(expected);
});

/** Goal: a taker pays the taker's fee, a maker the maker's: here 0.26 % and 0.16 %. */
test.each`
  steps                                   | liquidity  | fee         | price
  ${'buy 1'}                              | ${'taker'} | ${'0.2626'} | ${101}
  ${'buy 1 limit 101'}                    | ${'taker'} | ${'0.2626'} | ${101}
  ${'buy 1 limit 100; book 9@98 / 9@99'}  | ${'maker'} | ${'0.16'}   | ${100}
  ${'buy 1 stop 110; book 9@108 / 9@110'} | ${'taker'} | ${'0.286'}  | ${110}
`('$steps: $liquidity, a fee of $fee', ({ steps, liquidity, fee, price }) => {
  const fills = play(steps, { instruments: [bitcoin] }).events.flatMap((each) =>
    each.kind === 'order_filled' ? [each.fill] : [],
  );
  expect(fills.map((fill) => [fill.liquidity, formatUsd(fill.feeUsd), fill.price])).toEqual([
    [liquidity, fee, BigInt(price) * 10n ** 8n],
  ]);
});

test('fills of one order are counted, and each names the state of the book that it came from', () => {
  const scene = play('buy 5 limit 101; book 9@98 / 1@99; book 9@98 / 2@99', {}, play('book 9@99 / 3@101'));
  const fills = scene.events.flatMap((each) => (each.kind === 'order_filled' ? [each.fill] : []));
  expect(fills.map(({ part, qty, bookSequence }) => [part, formatQty(qty), bookSequence])).toEqual([
    [1, '3', 8],
    [2, '1', 9],
    [3, '1', 10],
  ]);
  expect(orderIn(scene, 'o1')).toBeUndefined();
});

/** 40 held at 100 with an equity of 1,000, and rules that let it fall. */
const LEVERED: Setting = {
  cash: '-3000',
  positions: [held(BTC, '40', '4000')],
  rules: { maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('1000000') } }, dailyLoss: null },
};

/** Goal: a fill that adds risk is held to the margin of its own moment; one that reduces is not. */
test.each`
  story                                      | steps                                                                                                     | told
  ${'the margin still bears it'}             | ${'buy 5 limit 99; book 99@98.5 / 99@98.6'}                                                               | ${'o1 makes 5@99'}
  ${'equity that fell: it ends'}             | ${'buy 5 limit 90; book 99@80 / 99@81'}                                                                   | ${'o1 insufficient_margin'}
  ${'a stop likewise'}                       | ${'buy 5 stop 105; book 99@80 / 99@106'}                                                                  | ${'o1 insufficient_margin'}
  ${'a part of it fits'}                     | ${'buy 9 limit 90; book 99@95 / 1@89'}                                                                    | ${'o1 makes 1@90'}
  ${'a sale reduces, whatever is left'}      | ${'sell 40 stop 80; book 99@70 / 99@71'}                                                                  | ${'o1 triggered, o1 takes 40@70'}
  ${'of a sale through flat what reduces'}   | ${'sell 60 stop 80; book 99@70 / 99@71'}                                                                  | ${'o1 triggered, o1 takes 40@70, o1 insufficient_margin'}
  ${'another one without a price: it waits'} | ${'ETH book 9@10 / 9@11; ETH buy 1; buy 1 limit 99; ETH gap; book 99@98 / 99@98.6'}                       | ${'-'}
  ${'and fills once there is one'}           | ${'ETH book 9@10 / 9@11; ETH buy 1; buy 1 limit 99; ETH gap; book 99@98 / 99@98.6; ETH book 9@10 / 9@11'} | ${'o2 makes 1@99'}
`('margin at the fill: $story', ({ steps, told: expected }) => {
  expect(toldLast(steps, LEVERED)).toBe(expected);
});

test('a trade that served an older order is past for a younger one, by an event of its own', () => {
  const scene = play('buy 1 limit 99; buy 1 limit 99; trade sell 1@98');
  const second = orderIn(scene, 'o2');
  expect([working(scene), second?.tapeSeenAt]).toEqual(['o2 1', instant(NOW + 3_000)]);
  expect(scene.told.at(-1)).toBe('o1 makes 1@99, o2 advanced');
});

test('nothing is worked for an assessment that has ended, and nothing changes when nothing happens', () => {
  const { context } = play('buy 1 limit 99; sell 1 stop 90');
  expect(matchRestingOrders(context)).toEqual([]);
  const crossed = play('buy 1 limit 99; gap').context;
  expect(matchRestingOrders({ ...crossed, status: 'failed' })).toEqual([]);
  expect(matchRestingOrders(sceneOf().context)).toEqual([]);
});
