import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { plusMs } from '../../../../domain/kernel/instant';
import { BTC, dollars, ETH, held, moment, NOW, RULES, standingWith, units } from '../../../fixtures/domain-story';
import { holding, orderIn, play, type Setting, toldLast } from '../../../fixtures/trading-story';

const QUEUED: Partial<RuleSet> = { execution: { ...RULES.execution, restingFills: 'queue' } };

/** Goal: what may be changed of an order that works, and what the change leads to at once. */
test.each`
  story                                 | steps                                                                            | told
  ${'a price'}                          | ${'buy 1 limit 99; amend o1 limit 98'}                                           | ${'o1 amended'}
  ${'a price that the book meets'}      | ${'buy 1 limit 99; amend o1 limit 101'}                                          | ${'o1 amended, o1 takes 1@101'}
  ${'a quantity'}                       | ${'buy 1 limit 99; amend o1 qty 2; book 9@98 / 9@98.9'}                          | ${'o1 makes 2@99'}
  ${'what has been filled counts'}      | ${'buy 3 limit 99; book 9@98 / 1@98.9; amend o1 qty 2; book 9@98 / 9@98.9'}      | ${'o1 makes 1@99'}
  ${'one state never fills twice'}      | ${'buy 3 limit 99; book 9@98 / 1@98.9; amend o1 limit 99.5'}                     | ${'o1 amended'}
  ${'down to what has been filled'}     | ${'buy 3 limit 99; book 9@98 / 1@98.9; amend o1 qty 1'}                          | ${'amendment_unfit'}
  ${'an expiry'}                        | ${'buy 1 limit 99; amend o1 gtd+3; wait 0'}                                      | ${'o1 expired'}
  ${'an expiry that has come'}          | ${'buy 1 limit 99; amend o1 gtd+2'}                                              | ${'order_expired'}
  ${'into one that does not work'}      | ${'buy 1 limit 99; amend o1 ioc'}                                                | ${'amendment_unfit'}
  ${'a stop'}                           | ${'sell 1 stop 90; amend o1 stop 95; book 9@95 / 9@96'}                          | ${'o1 triggered, o1 takes 1@95'}
  ${'a stop that is reached'}           | ${'sell 1 stop 90; amend o1 stop 100'}                                           | ${'o1 amended, o1 triggered, o1 takes 1@100'}
  ${'a trail'}                          | ${'sell 1 trail 5; amend o1 trail 2; book 9@98 / 9@99'}                          | ${'o1 triggered, o1 takes 1@98'}
  ${'the limit of a triggered stop'}    | ${'sell 1 stop 95 limit 94; book 9@90 / 9@91; amend o1 limit 90'}                | ${'o1 amended, o1 takes 1@90'}
  ${'the stop of a triggered one'}      | ${'sell 1 stop 95 limit 94; book 9@90 / 9@91; amend o1 stop 80'}                 | ${'amendment_unfit'}
  ${'a stop of a limit order'}          | ${'buy 1 limit 99; amend o1 stop 98'}                                            | ${'amendment_unfit'}
  ${'a limit of a stop'}                | ${'sell 1 stop 90; amend o1 limit 98'}                                           | ${'amendment_unfit'}
  ${'a trail of a stop'}                | ${'sell 1 stop 90; amend o1 trail 5'}                                            | ${'amendment_unfit'}
  ${'an expiry of a stop'}              | ${'sell 1 stop 90; amend o1 gtd+9'}                                              | ${'amendment_unfit'}
  ${'off the tick'}                     | ${'buy 1 limit 99; amend o1 limit 98.05'}                                        | ${'price_off_tick'}
  ${'off the step'}                     | ${'buy 1 limit 99; amend o1 qty 1.00005'}                                        | ${'qty_off_step'}
  ${'beyond the margin'}                | ${'buy 1 limit 99; amend o1 qty 6000'}                                           | ${'insufficient_margin'}
  ${'an exit beyond its entry'}         | ${'buy 1 limit 99 sl 95; amend o1 limit 95'}                                     | ${'exits_invalid'}
  ${'one that has ended'}               | ${'buy 1 limit 99; cancel o1; amend o1 limit 98'}                                | ${'order_not_working'}
  ${'after a state it did not fill in'} | ${'buy 3 limit 99; book 9@98 / 1@98.9; book 9@98 / 9@99.2; amend o1 limit 99.5'} | ${'o1 amended, o1 takes 2@99.2'}
  ${'a stop while nobody bids'}         | ${'sell 1 stop 90; book / 9@101; amend o1 stop 95'}                              | ${'o1 amended'}
  ${'till cancelled'}                   | ${'buy 1 limit 99 gtd+9; amend o1 gtc; wait 20'}                                 | ${'-'}
  ${'an exit of a stop limit'}          | ${'buy 1 stop 110 limit 112 sl 111; amend o1 limit 111'}                         | ${'exits_invalid'}
  ${'in a gap'}                         | ${'buy 1 limit 99; gap; amend o1 limit 98'}                                      | ${'price_unavailable'}
  ${'in a halted market'}               | ${'buy 1 limit 99; status halted; amend o1 limit 98'}                            | ${'market_closed'}
  ${'an exit below the minimum'}        | ${'buy 1 limit 99 sl 95; book 9@98 / 0.0005@98.9; amend x1 stop 94'}             | ${'x1 amended'}
  ${'an exit to all of a crumb'}        | ${'buy 1 limit 99 sl 95; book 9@98 / 0.0005@98.9; amend x1 qty 0.0005'}          | ${'x1 amended'}
  ${'an exit to less than a crumb'}     | ${'buy 1 limit 99 sl 95; book 9@98 / 0.0005@98.9; amend x1 qty 0.0004'}          | ${'x1 amended'}
`('amending $story', ({ steps, told }) => {
  expect(toldLast(steps, { rules: QUEUED })).toBe(told);
});

/** Goal: an amended order goes behind all that the venue shows at its price, where the rules count a queue. */
test.each`
  resting      | steps                                          | ahead
  ${'queue'}   | ${'buy 1 limit 99; amend o1 limit 100'}        | ${units('100')}
  ${'queue'}   | ${'buy 1 limit 100; amend o1 limit 100.5'}     | ${0n}
  ${'queue'}   | ${'buy 1 limit 100; amend o1 limit 99'}        | ${units('100')}
  ${'queue'}   | ${'sell 1 stop 90; amend o1 stop 91'}          | ${null}
  ${'through'} | ${'buy 1 limit 99; amend o1 limit 100'}        | ${null}
  ${'queue'}   | ${'buy 1 limit 100'}                           | ${units('100')}
  ${'queue'}   | ${'sell 1 stop 90'}                            | ${null}
  ${'queue'}   | ${'sell 1 stop 95 limit 96; book 9@94 / 7@96'} | ${units('7')}
  ${'through'} | ${'sell 1 stop 95 limit 96; book 9@94 / 7@96'} | ${null}
  ${'queue'}   | ${'sell 2 trail 5; book 1@95 / 7@96'}          | ${null}
`('$resting: after $steps the queue is $ahead', ({ resting, steps, ahead }) => {
  const scene = play(steps, { rules: { execution: { ...RULES.execution, restingFills: resting } } });
  expect(orderIn(scene, 'o1')?.queueAhead).toBe(ahead);
});

const TWO: Setting = { cash: '99400', positions: [held(BTC, '3', '300'), held(ETH, '-3', '-300')] };

/** Goal: what closing leads to, and what is left. */
test.each`
  story                                | steps                                                            | told                                                      | left
  ${'one'}                             | ${'close'}                                                       | ${'o1, o1 takes 3@100'}                                   | ${'ETH-USD -3'}
  ${'its exits end'}                   | ${'sell 3 stop 90 reduce; close'}                                | ${'o2, o2 takes 3@100, o1 nothing_to_reduce'}             | ${'ETH-USD -3'}
  ${'a short'}                         | ${'ETH book 9@100 / 9@101; ETH close'}                           | ${'o1, o1 takes 3@101'}                                   | ${'BTC-USD 3'}
  ${'what is not held'}                | ${'YES close'}                                                   | ${'would_not_reduce'}                                     | ${'BTC-USD 3, ETH-USD -3'}
  ${'without a price'}                 | ${'ETH close'}                                                   | ${'price_unavailable'}                                    | ${'BTC-USD 3, ETH-USD -3'}
  ${'a halted market'}                 | ${'status halted; close'}                                        | ${'market_closed'}                                        | ${'BTC-USD 3, ETH-USD -3'}
  ${'more than the book holds'}        | ${'book 2@100 / 9@101; close'}                                   | ${'insufficient_liquidity'}                               | ${'BTC-USD 3, ETH-USD -3'}
  ${'all'}                             | ${'ETH book 9@100 / 9@101; close all'}                           | ${'x1, x1 takes 3@100, x2, x2 takes 3@101'}               | ${'-'}
  ${'all that has a price'}            | ${'close all'}                                                   | ${'x1, x1 takes 3@100, ETH-USD is left'}                  | ${'ETH-USD -3'}
  ${'as far as the book holds it'}     | ${'book 2@100 9@90 / 9@101; close all'}                          | ${'x1, x1 takes 2@100, BTC-USD is left, ETH-USD is left'} | ${'BTC-USD 1, ETH-USD -3'}
  ${'nothing of it while nobody bids'} | ${'book / 9@101; close all'}                                     | ${'-, BTC-USD is left, ETH-USD is left'}                  | ${'BTC-USD 3, ETH-USD -3'}
  ${'the rest later'}                  | ${'book 2@100 / 9@101; close all; book 9@99 / 9@101; close all'} | ${'x2, x2 takes 1@99, ETH-USD is left'}                   | ${'ETH-USD -3'}
`('closing $story', ({ steps, told, left }) => {
  const scene = play(steps, TWO);
  expect([scene.told.at(-1), holding(scene)]).toEqual([told, left]);
});

test('closing is a market order that only reduces', () => {
  expect(play('close', TWO).events[0]).toMatchObject({
    kind: 'order_placed',
    order: { side: 'sell', qty: units('3'), terms: { type: 'market' }, reduceOnly: true, attached: null },
  });
});

test('closing on a new day opens it first, but not for an assessment that has ended', () => {
  const yesterday = { ...TWO, account: { day: '2026-03-13' } };
  const kinds = (steps: string, setting: Setting) => play(steps, setting).events.map(({ kind }) => kind);
  expect(kinds('close', yesterday)).toEqual(['day_opened', 'order_placed', 'order_filled']);
  expect(kinds('close desk', { ...yesterday, status: 'failed' })).toEqual(['order_placed', 'order_filled']);
});

test('the desk closes what a failed assessment holds; its trader does not', () => {
  const failed: Setting = { ...TWO, status: 'failed' };
  expect(toldLast('close', failed)).toBe('assessment_closed');
  expect(toldLast('close desk', failed)).toBe('o1, o1 takes 3@100');
  expect(toldLast('close all desk', failed)).toBe('x1, x1 takes 3@100, ETH-USD is left');
});

const PAUSED: Setting = { ...TWO, account: { standing: standingWith({ isPaused: true }) } };
const ON_SATURDAY: Setting = { ...TWO, rules: { conduct: { ...RULES.conduct, weekend: 'no_new_risk' } } };
const news = (at = NOW): Setting => ({
  ...TWO,
  rules: { conduct: { ...RULES.conduct, news: { beforeMs: 5_000, afterMs: 5_000, bars: 'new_risk', winShare: null } } },
  blackouts: [{ instruments: [BTC], title: 'FOMC', at }],
});

/** Goal: when no order may add risk; 14 March 2026 is a Saturday. Getting out is always allowed. */
test.each`
  story                                    | setting                     | steps                                                                                      | told
  ${'paused: adding'}                      | ${PAUSED}                   | ${'buy 1'}                                                                                 | ${'trading_paused'}
  ${'paused: a resting buy'}               | ${PAUSED}                   | ${'buy 1 limit 90'}                                                                        | ${'trading_paused'}
  ${'paused: reducing'}                    | ${PAUSED}                   | ${'sell 3'}                                                                                | ${'o1, o1 takes 3@100'}
  ${'paused: through flat'}                | ${PAUSED}                   | ${'sell 4'}                                                                                | ${'trading_paused'}
  ${'the weekend: adding'}                 | ${ON_SATURDAY}              | ${'buy 1'}                                                                                 | ${'weekend_closed'}
  ${'the weekend: reducing'}               | ${ON_SATURDAY}              | ${'sell 1'}                                                                                | ${'o1, o1 takes 1@100'}
  ${'news: adding'}                        | ${news()}                   | ${'buy 1'}                                                                                 | ${'news_blackout'}
  ${'news: another instrument'}            | ${news()}                   | ${'ETH book 9@100 / 9@101; ETH buy 1'}                                                     | ${'o1, o1 takes 1@101'}
  ${'news: its last moment'}               | ${news()}                   | ${'wait 2; buy 1'}                                                                         | ${'news_blackout'}
  ${'news: over'}                          | ${news()}                   | ${'wait 2.001; buy 1'}                                                                     | ${'o1, o1 takes 1@101'}
  ${'news: its first moment'}              | ${news(plusMs(NOW, 7_000))} | ${'buy 1'}                                                                                 | ${'news_blackout'}
  ${'news: not yet'}                       | ${news(plusMs(NOW, 7_001))} | ${'buy 1'}                                                                                 | ${'o1, o1 takes 1@101'}
  ${'news: a stop waits'}                  | ${news(plusMs(NOW, 8_000))} | ${'buy 1 stop 105; book 9@104 / 9@106'}                                                    | ${'-'}
  ${'news: and is triggered after it'}     | ${news(plusMs(NOW, 8_000))} | ${'buy 1 stop 105; wait 14; ETH book 9@99 / 9@100; book 9@104 / 9@106'}                    | ${'o1 triggered, o1 takes 1@106'}
  ${'news: a resting fill waits'}          | ${news(plusMs(NOW, 8_000))} | ${'buy 1 limit 99; book 9@98 / 9@98.9'}                                                    | ${'-'}
  ${'news: and fills once it is over'}     | ${news(plusMs(NOW, 8_000))} | ${'buy 1 limit 99; book 9@98 / 9@98.9; wait 9; ETH book 9@99 / 9@100; book 9@98 / 9@98.9'} | ${'o1 makes 1@99'}
  ${'news: what was traded in it is past'} | ${news(plusMs(NOW, 8_000))} | ${'buy 1 limit 99; trade sell 9@98; wait 9; ETH book 9@99 / 9@100; book 9@100 / 9@101'}    | ${'-'}
  ${'no news of the rules'}                | ${{ ...news(), rules: {} }} | ${'ETH book 9@99 / 9@100; buy 1'}                                                          | ${'o1, o1 takes 1@101'}
`('$story', ({ setting, steps, told }) => {
  expect(
    toldLast(`ETH book 9@99 / 9@100; ${steps}`, setting as Setting)
      .split(';')
      .at(-1),
  ).toBe(told);
});

/** Goal: an account that has met a limit waits for its verdict, whatever it orders. */
test.each`
  story                      | cash              | order       | told
  ${'the floor is touched'}  | ${'94700'}        | ${'buy 1'}  | ${'limit_broken'}
  ${'getting out waits too'} | ${'94700'}        | ${'sell 3'} | ${'limit_broken'}
  ${'so does closing'}       | ${'94700'}        | ${'close'}  | ${'limit_broken'}
  ${'a millionth above it'}  | ${'94700.000001'} | ${'sell 3'} | ${'o1, o1 takes 3@100'}
`('$story: $told', ({ cash, order, told }) => {
  expect(toldLast(order, { cash, positions: [held(BTC, '3', '5300')] })).toBe(told);
});

test('a deadline that has come goes before an order', () => {
  const rules: Partial<RuleSet> = { activity: { ...RULES.activity, timeLimitDays: 30 } };
  const standing = standingWith({ startedAt: moment('2026-02-12T12:00:00Z') });
  expect(toldLast('buy 1', { rules, account: { standing } })).toBe('limit_broken');
  const later = standingWith({ startedAt: moment('2026-02-12T12:00:02Z') });
  expect(toldLast('buy 1', { rules, account: { standing: later } })).toBe('o1, o1 takes 1@101');
});

test('a paused account is not asked for the verdict that paused it', () => {
  const dailyLoss = RULES.dailyLoss && { ...RULES.dailyLoss, severity: 'pause' as const };
  const setting = (isPaused: boolean): Setting => ({
    cash: '94700',
    positions: [held(BTC, '3', '5300')],
    rules: { dailyLoss },
    account: { standing: standingWith({ isPaused }), dayAnchorUsd: dollars('100000') },
  });
  expect([toldLast('sell 3', setting(false)), toldLast('sell 3', setting(true))]).toEqual([
    'limit_broken',
    'o1, o1 takes 3@100',
  ]);
});
