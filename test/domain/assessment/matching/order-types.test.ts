import { BTC, held } from '../../../fixtures/domain-story';
import { holding, play, type Scene, told, toldLast, working } from '../../../fixtures/trading-story';

/** Goal: what each type of order does with the book that it meets. The bid is 100 for 100, the ask 101 for 100. */
test.each`
  story                                   | steps                                                                                     | told
  ${'a market buy takes the ask'}         | ${'buy 1'}                                                                                | ${'o1, o1 takes 1@101'}
  ${'a market sale takes the bid'}        | ${'sell 1'}                                                                               | ${'o1, o1 takes 1@100'}
  ${'FM-1: it walks the levels'}          | ${'book 9@99 / 1@100 1@101 5@103; buy 3'}                                                 | ${'-; o1, o1 takes 1@100 1@101 1@103'}
  ${'FM-2: no further than 5 %'}          | ${'book 9@99 / 1@100 1@105.1; buy 2'}                                                     | ${'-; insufficient_liquidity'}
  ${'FM-2: exactly 5 %'}                  | ${'book 9@99 / 1@100 1@105; buy 2'}                                                       | ${'-; o1, o1 takes 1@100 1@105'}
  ${'a limit below the market rests'}     | ${'buy 1 limit 100.9'}                                                                    | ${'o1 works'}
  ${'a limit at the ask takes it'}        | ${'buy 1 limit 101'}                                                                      | ${'o1 works, o1 takes 1@101'}
  ${'the price is the book’s'}            | ${'buy 1 limit 150'}                                                                      | ${'o1 works, o1 takes 1@101'}
  ${'beyond 5 % too: it names its price'} | ${'book 9@99 / 1@100 1@150; buy 2 limit 150'}                                             | ${'-; o1 works, o1 takes 1@100 1@150'}
  ${'the rest of it works on'}            | ${'book 9@99 / 1@100 1@102; buy 2 limit 101'}                                             | ${'-; o1 works, o1 takes 1@100'}
  ${'ioc: the rest is cancelled'}         | ${'book 9@99 / 1@100 1@102; buy 2 limit 101 ioc'}                                         | ${'-; o1 works, o1 takes 1@100, o1 unfilled'}
  ${'ioc: nothing is there'}              | ${'buy 1 limit 99 ioc'}                                                                   | ${'o1 works, o1 unfilled'}
  ${'ioc: other orders work on'}          | ${'buy 1 limit 90; buy 1 limit 99 ioc; cancel'}                                           | ${'o1 works; o2 works, o2 unfilled; o1 requested'}
  ${'in whole steps'}                     | ${'book 9@99 / 1.00005@100; buy 2 limit 101'}                                             | ${'-; o1 works, o1 takes 1@100'}
  ${'a stop in whole steps'}              | ${'buy 2 stop 105; book 9@99 / 1.00005@105; book 9@99 / 9@105'}                           | ${'o1 works; o1 triggered, o1 takes 1@105; o1 takes 1@105'}
  ${'ioc: all is there'}                  | ${'buy 1 limit 101 ioc'}                                                                  | ${'o1 works, o1 takes 1@101'}
  ${'fok: all or nothing'}                | ${'book 9@99 / 1@100 1@102; buy 2 limit 101 fok'}                                         | ${'-; insufficient_liquidity'}
  ${'fok: all'}                           | ${'book 9@99 / 1@100 1@102; buy 2 limit 102 fok'}                                         | ${'-; o1 works, o1 takes 1@100 1@102'}
  ${'gtd: it works until its expiry'}     | ${'buy 1 limit 99 gtd+4; wait 1; wait 0; book 1@99 / 1@98'}                               | ${'o1 works; -; o1 expired; -'}
  ${'gtd: an expiry fills nothing'}       | ${'buy 1 limit 99 gtd+2; book 1@90 / 1@91'}                                               | ${'o1 works; o1 expired'}
  ${'a sell stop waits for the bid'}      | ${'sell 1 stop 95; book 1@95.1 / 1@96; book 1@95 / 1@96'}                                 | ${'o1 works; -; o1 triggered, o1 takes 1@95'}
  ${'not for the ask'}                    | ${'sell 1 stop 100.5; book 1@100.6 / 1@101'}                                              | ${'o1 works, o1 triggered, o1 takes 1@100; -'}
  ${'a buy stop waits for the ask'}       | ${'buy 1 stop 105; book 1@104 / 1@104.9; book 1@104 / 1@105'}                             | ${'o1 works; -; o1 triggered, o1 takes 1@105'}
  ${'a stop while nobody bids'}           | ${'book / 9@101; sell 1 stop 95; book / 9@102; book 1@95 / 9@102'}                        | ${'-; o1 works; -; o1 triggered, o1 takes 1@95'}
  ${'a stop through the gap'}             | ${'sell 1 stop 95; book 1@90 / 1@91'}                                                     | ${'o1 works; o1 triggered, o1 takes 1@90'}
  ${'a stop that is reached already'}     | ${'sell 1 stop 100'}                                                                      | ${'o1 works, o1 triggered, o1 takes 1@100'}
  ${'a stop takes 5 % of each book'}      | ${'sell 3 stop 95; book 1@95 1@90 / 1@96; book 1@80 1@70 / 1@96; book 9@60 / 9@96'}       | ${'o1 works; o1 triggered, o1 takes 1@95; o1 takes 1@80; o1 takes 1@60'}
  ${'not twice the same book'}            | ${'sell 3 stop 95; book 1@95 / 1@96; wait 1; book 3@95 / 1@96'}                           | ${'o1 works; o1 triggered, o1 takes 1@95; -; o1 takes 2@95'}
  ${'a stop limit stops at its limit'}    | ${'sell 2 stop 95 limit 94; book 1@95 1@93 / 1@96; book 1@94 / 1@96; book 1@94.1 / 1@96'} | ${'o1 works; o1 triggered, o1 takes 1@95; -; o1 makes 1@94'}
  ${'a stop limit the market ran past'}   | ${'sell 1 stop 95 limit 94; book 1@90 / 1@91; book 1@94.1 / 1@95'}                        | ${'o1 works; o1 triggered; o1 makes 1@94'}
  ${'a trail follows the bid'}            | ${'sell 1 trail 5; book 9@104 / 9@105; book 9@99.1 / 9@105; book 9@99 / 9@105'}           | ${'o1 works; o1 advanced; -; o1 triggered, o1 takes 1@99'}
  ${'never back'}                         | ${'sell 1 trail 5; book 9@104 / 9@105; book 9@101 / 9@105; book 9@99 / 9@105'}            | ${'o1 works; o1 advanced; -; o1 triggered, o1 takes 1@99'}
  ${'from where it was placed'}           | ${'sell 1 trail 5; book 9@95.1 / 9@105; book 9@95 / 9@105'}                               | ${'o1 works; -; o1 triggered, o1 takes 1@95'}
  ${'a buy trails the ask'}               | ${'buy 1 trail 5; book 9@90 / 9@96; book 9@90 / 9@100.9; book 9@90 / 9@101'}              | ${'o1 works; o1 advanced; -; o1 triggered, o1 takes 1@101'}
  ${'by a share of the best'}             | ${'sell 1 trail 10%; book 9@200 / 9@201; book 9@180.1 / 9@201; book 9@180 / 9@201'}       | ${'o1 works; o1 advanced; -; o1 triggered, o1 takes 1@180'}
  ${'in steps of a hundredth'}            | ${'sell 1 trail 50; book 9@100.4 / 9@101; book 9@100.5 / 9@101'}                          | ${'o1 works; -; o1 advanced'}
`('$story', ({ steps, told: expected }) => {
  expect(told(steps)).toBe(expected);
});

const shareOf = (scene: Scene) => `${holding(scene)} / ${working(scene)}`;

/** Goal: exits work once the entry fills; whichever fills first cancels the other, and both fit the position. */
test.each`
  story                                            | steps                                                                       | told                                                                                       | left
  ${'they work once the entry has filled'}         | ${'buy 1 tp 110 sl 90'}                                                     | ${'o1, o1 takes 1@101, x1 works, x2 works'}                                                | ${'BTC-USD 1 / x1 1, x2 1'}
  ${'not before'}                                  | ${'buy 1 limit 99 tp 110 sl 90'}                                            | ${'o1 works'}                                                                              | ${'- / o1 1'}
  ${'then they do'}                                | ${'buy 1 limit 99 tp 110 sl 90; book 9@98 / 9@98.9'}                        | ${'o1 makes 1@99, x1 works, x2 works'}                                                     | ${'BTC-USD 1 / x1 1, x2 1'}
  ${'one alone'}                                   | ${'buy 1 sl 90'}                                                            | ${'o1, o1 takes 1@101, x1 works'}                                                          | ${'BTC-USD 1 / x1 1'}
  ${'and what was held before has none'}           | ${'buy 5; buy 2 limit 99 sl 90; book 9@98 / 1@98.9; book 9@98 / 9@98.8'}    | ${'o2 makes 1@99, x1 amended'}                                                             | ${'BTC-USD 7 / x1 2'}
  ${'they grow no further than it'}                | ${'buy 2 limit 99 sl 90; book 9@98 / 1@98.9; sell 0.5; book 9@98 / 9@98.8'} | ${'o1 makes 1@99, x1 amended'}                                                             | ${'BTC-USD 1.5 / x1 1.5'}
  ${'they grow with the entry'}                    | ${'buy 3 limit 99 tp 110 sl 90; book 9@98 / 1@98.9; book 9@98 / 2@98.8'}    | ${'o1 makes 2@99, x1 amended, x2 amended'}                                                 | ${'BTC-USD 3 / x1 3, x2 3'}
  ${'the profit cancels the loss'}                 | ${'buy 1 tp 110 sl 90; book 9@110.1 / 9@111'}                               | ${'x1 makes 1@110, x2 other_filled'}                                                       | ${'- / -'}
  ${'the loss cancels the profit'}                 | ${'buy 1 tp 110 sl 90; book 9@90 / 9@111'}                                  | ${'x2 triggered, x2 takes 1@90, x1 other_filled'}                                          | ${'- / -'}
  ${'in part: the other is cut'}                   | ${'buy 1 tp 110 sl 90; book 0.4@110.1 / 9@111'}                             | ${'x1 makes 0.4@110, x2 amended'}                                                          | ${'BTC-USD 0.6 / x1 0.6, x2 0.6'}
  ${'and so the rest'}                             | ${'buy 1 tp 110 sl 90; book 0.4@110.1 / 9@111; book 9@90 / 9@91'}           | ${'x2 triggered, x2 takes 0.6@90, x1 other_filled'}                                        | ${'- / -'}
  ${'a smaller profit leaves a loss for the rest'} | ${'buy 2 tp 110 sl 90; amend x1 qty 1; book 9@110.1 / 9@111'}               | ${'x1 makes 1@110, x2 amended'}                                                            | ${'BTC-USD 1 / x2 1'}
  ${'a smaller loss gives up all it has'}          | ${'buy 1 tp 110 sl 90; amend x2 qty 0.4; book 0.5@110.1 / 9@111'}           | ${'x1 makes 0.5@110, x2 other_filled'}                                                     | ${'BTC-USD 0.5 / x1 0.5'}
  ${'a loss of just as much ends too'}             | ${'buy 1 tp 110 sl 90; amend x2 qty 0.5; book 0.5@110.1 / 9@111'}           | ${'x1 makes 0.5@110, x2 other_filled'}                                                     | ${'BTC-USD 0.5 / x1 0.5'}
  ${'the touch of a profit fills nothing'}         | ${'buy 1 tp 110 sl 90; book 9@110 / 9@111'}                                 | ${'-'}                                                                                     | ${'BTC-USD 1 / x1 1, x2 1'}
  ${'of a short'}                                  | ${'sell 1 tp 90 sl 110; book 9@80 / 9@89.9'}                                | ${'x1 makes 1@90, x2 other_filled'}                                                        | ${'- / -'}
  ${'of a short, the loss'}                        | ${'sell 1 tp 90 sl 110; book 9@109 / 9@110'}                                | ${'x2 triggered, x2 takes 1@110, x1 other_filled'}                                         | ${'- / -'}
  ${'closing by hand ends them'}                   | ${'buy 1 tp 110 sl 90; sell 1'}                                             | ${'o2, o2 takes 1@100, x1 nothing_to_reduce, x2 nothing_to_reduce'}                        | ${'- / -'}
  ${'half by hand: sized to what is left'}         | ${'buy 1 tp 110 sl 90; sell 0.5; book 9@90 / 9@91'}                         | ${'x2 triggered, x2 takes 0.5@90, x1 amended, x1 nothing_to_reduce, x2 nothing_to_reduce'} | ${'- / -'}
  ${'two entries have their own'}                  | ${'buy 1 tp 110; buy 1 tp 120; book 9@110.1 / 9@111'}                       | ${'x1 makes 1@110'}                                                                        | ${'BTC-USD 1 / x2 1'}
  ${'a reversal takes what it opened'}             | ${'sell 1; buy 3 sl 90'}                                                    | ${'o2, o2 takes 3@101, x1 works'}                                                          | ${'BTC-USD 2 / x1 2'}
  ${'an entry that only reduced has none'}         | ${'sell 2; buy 1 sl 90'}                                                    | ${'o2, o2 takes 1@101'}                                                                    | ${'BTC-USD -1 / -'}
  ${'exits from one book fill on the next'}        | ${'buy 1 stop 105 sl 104; book 9@103 / 9@105; book 9@103 / 9@105'}          | ${'x1 triggered, x1 takes 1@103'}                                                          | ${'- / -'}
`('exits: $story', ({ steps, told: expected, left }) => {
  const scene = play(steps);
  expect([scene.told.at(-1), shareOf(scene)]).toEqual([expected, left]);
});

/** Goal: an order that only reduces never grows or reverses a position, and ends when nothing is left to reduce. */
test.each`
  story                                 | steps                                                                         | told                                                   | left
  ${'less than is held'}                | ${'sell 1 reduce'}                                                            | ${'o1, o1 takes 1@100'}                                | ${'BTC-USD 1 / -'}
  ${'more than is held'}                | ${'sell 3 reduce'}                                                            | ${'o1, o1 takes 2@100, o1 nothing_to_reduce'}          | ${'- / -'}
  ${'a limit, all at once'}             | ${'sell 3 limit 100 reduce'}                                                  | ${'o1 works, o1 takes 2@100, o1 nothing_to_reduce'}    | ${'- / -'}
  ${'a limit that rests'}               | ${'sell 3 limit 105 reduce; book 9@105.1 / 9@106'}                            | ${'o1 makes 2@105, o1 nothing_to_reduce'}              | ${'- / -'}
  ${'fok for what is held'}             | ${'book 2@100 / 9@101; sell 3 limit 100 fok reduce'}                          | ${'o1 works, o1 takes 2@100, o1 nothing_to_reduce'}    | ${'- / -'}
  ${'a stop'}                           | ${'sell 3 stop 95 reduce; book 9@95 / 9@96'}                                  | ${'o1 triggered, o1 takes 2@95, o1 nothing_to_reduce'} | ${'- / -'}
  ${'after a manual close'}             | ${'sell 2 limit 105 reduce; sell 2'}                                          | ${'o2, o2 takes 2@100, o1 nothing_to_reduce'}          | ${'- / -'}
  ${'after a reversal'}                 | ${'sell 2 limit 105 reduce; sell 5'}                                          | ${'o2, o2 takes 5@100, o1 nothing_to_reduce'}          | ${'BTC-USD -3 / -'}
  ${'two of them share the position'}   | ${'sell 2 limit 105 reduce; sell 1.5 limit 106 reduce; book 9@106.1 / 9@107'} | ${'o1 makes 2@105, o2 nothing_to_reduce'}              | ${'- / -'}
  ${'in part: the position is smaller'} | ${'sell 2 limit 105 reduce; sell 1.5; book 9@105.1 / 9@106'}                  | ${'o1 makes 0.5@105, o1 nothing_to_reduce'}            | ${'- / -'}
`('reduce-only: $story', ({ steps, told: expected, left }) => {
  const scene = play(steps, { cash: '99800', positions: [held(BTC, '2', '200')] });
  expect([scene.told.at(-1), shareOf(scene)]).toEqual([expected, left]);
});

/** Goal: what is cancelled, and that what has ended is left as it is. */
test.each`
  story                            | steps                                                | told
  ${'one'}                         | ${'buy 1 limit 99; buy 1 limit 98; cancel o1'}       | ${'o1 requested'}
  ${'all'}                         | ${'buy 1 limit 99; buy 1 limit 98; cancel'}          | ${'o1 requested, o2 requested'}
  ${'twice'}                       | ${'buy 1 limit 99; cancel o1; cancel o1'}            | ${'-'}
  ${'one that is unknown'}         | ${'cancel o9'}                                       | ${'-'}
  ${'one that has filled'}         | ${'buy 1 limit 101; cancel o1'}                      | ${'-'}
  ${'what it had filled stays'}    | ${'buy 3 limit 99; book 9@98 / 1@98.9; cancel o1'}   | ${'o1 requested'}
  ${'an exit: the other works on'} | ${'buy 1 tp 110 sl 90; cancel x1; book 9@90 / 9@91'} | ${'x2 triggered, x2 takes 1@90'}
`('cancelling $story', ({ steps, told: expected }) => {
  expect(toldLast(steps)).toBe(expected);
});

test('an order that ran out has expired, any other that ends unfilled is cancelled', () => {
  const { events } = play('buy 1 limit 99 gtd+3; buy 1 limit 98; wait 3; cancel o2');
  const ends = events.flatMap((event) => (event.kind === 'order_cancelled' ? [event.order] : []));
  expect(ends.map(({ status, cancelReason }) => [status, cancelReason])).toEqual([
    ['expired', 'expired'],
    ['cancelled', 'requested'],
  ]);
});
