import { fold } from '../../../../domain/account/evolve';
import type { Position } from '../../../../domain/account/positions/position';
import { marksOf } from '../../../../domain/assessment/context/marks';
import { judge } from '../../../../domain/assessment/judging/judge';
import { correctStops } from '../../../../domain/assessment/judging/stop-corrections';
import { matchRestingOrders } from '../../../../domain/assessment/matching/match-resting-orders';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type Instant, plusMs } from '../../../../domain/kernel/instant';
import { markedBook, markOf } from '../../../../domain/market/mark';
import type { Quote } from '../../../../domain/market/quote';
import { accountWith, BTC, dollars, ETH, held, NOW, quoteOn, resting, YES } from '../../../fixtures/domain-story';
import { listedAt, shownBy } from '../../../fixtures/mark-story';
import { play, sceneOf } from '../../../fixtures/trading-story';
import { maxLossOf } from '../rule-sets';
import { verdictOf } from '../walk';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const AGREED = 'coinbase 60000/60001; kraken 60000/60001';
const LONG = held(BTC, '1', '60000');
const onMinute = (minute: number): Instant => plusMs(NOW, Math.round(minute * MINUTE_MS));

const rulesWith = (change: Partial<RuleSet>, corrections = 0): RuleSet => ({
  ...maxLossOf('static', '90000'),
  riskPerTrade: {
    limitUsd: dollars('90000'),
    severity: 'fail',
    stopWithinMs: 5 * MINUTE_MS,
    stopSeverity: 'fail',
    stopCorrection: corrections === 0 ? null : { count: corrections, withinMs: 60 * MINUTE_MS },
    plan: 'unjudged',
    stopMissesToFail: null,
  },
  ...change,
});

/** The marks of Bitcoin at these minutes: `0 ok, 3 alone, 20 ok`; answers the one that holds at a minute. */
function marksOver(story: string): (minute: number) => Quote {
  const told: Quote[] = [];
  for (const step of story.split(', ')) {
    const [minute = '', what = ''] = step.split(' ');
    const sources = shownBy(what === 'ok' ? AGREED : 'coinbase 60000/60001 stale; kraken 60000/60001');
    told.push(markOf(BTC, sources, onMinute(Number(minute)), told.at(-1)));
  }
  return (minute) => told.findLast(({ receivedAt }) => receivedAt <= onMinute(minute)) as Quote;
}

const { activity } = rulesWith({});
const LIMIT = rulesWith({ riskPerTrade: null, activity: { ...activity, timeLimitDays: 1 } });
const QUIET = rulesWith({ riskPerTrade: null, activity: { ...activity, inactivityDays: 1 } });

/** Goal: what runs out while nobody can trade is looked at when one can again, and a stop has its whole time then. */
test.each`
  story                                            | rules            | marks                                      | minute             | verdict
  ${'confirmed throughout, the stop is due'}       | ${rulesWith({})} | ${'0 ok'}                                  | ${5}               | ${'failed stop_missing'}
  ${'unconfirmed when it is due'}                  | ${rulesWith({})} | ${'0 ok, 4 alone'}                         | ${5}               | ${'open'}
  ${'and for hours'}                               | ${rulesWith({})} | ${'0 ok, 4 alone'}                         | ${500}             | ${'open'}
  ${'once it is confirmed the time begins anew'}   | ${rulesWith({})} | ${'0 ok, 4 alone, 20 ok'}                  | ${24.999}          | ${'open'}
  ${'and ends'}                                    | ${rulesWith({})} | ${'0 ok, 4 alone, 20 ok'}                  | ${25}              | ${'failed stop_missing'}
  ${'a second break begins it once more'}          | ${rulesWith({})} | ${'0 ok, 4 alone, 20 ok, 22 alone, 23 ok'} | ${27.999}          | ${'open'}
  ${'a short break before it was due as well'}     | ${rulesWith({})} | ${'0 ok, 1 alone, 2 ok'}                   | ${6.999}           | ${'open'}
  ${'what was confirmed long before is no matter'} | ${rulesWith({})} | ${'-60 ok'}                                | ${5}               | ${'failed stop_missing'}
  ${'the time of the whole account, unconfirmed'}  | ${LIMIT}         | ${'0 ok, 700 alone'}                       | ${DAY_MINUTES}     | ${'open'}
  ${'at the first confirmed price it has run out'} | ${LIMIT}         | ${'0 ok, 700 alone, 1500 ok'}              | ${1500}            | ${'failed time_limit'}
  ${'inactivity, unconfirmed'}                     | ${QUIET}         | ${'0 ok, 700 alone'}                       | ${2 * DAY_MINUTES} | ${'open'}
  ${'inactivity, confirmed'}                       | ${QUIET}         | ${'0 ok, 700 alone, 1500 ok'}              | ${2 * DAY_MINUTES} | ${'failed inactivity'}
`('$story: $marks', ({ rules, marks, minute, verdict }) => {
  const quote = marksOver(marks)(minute);
  expect(verdictOf(judge(rules, accountWith('100000', [LONG]), marksOf([quote]), onMinute(minute)))).toBe(verdict);
});

test('who holds no coin that is unconfirmed is not waited for', () => {
  const alone = marksOver('0 alone')(0);
  const after = (positions: readonly Position[], ...quotes: readonly Quote[]) =>
    verdictOf(judge(LIMIT, accountWith('100000', positions), marksOf([alone, ...quotes]), onMinute(2 * DAY_MINUTES)));
  expect(after([])).toBe('failed time_limit');
  expect(after([held(ETH, '1', '3000')], quoteOn(ETH, '3000'))).toBe('failed time_limit');
  expect(after([held(YES, '10', '4')])).toBe('failed time_limit');
  expect(after([held(ETH, '1', '3000'), LONG], quoteOn(ETH, '3000'))).toBe('open');
});

/** Goal: RK-3's correction is given when a stop could have been placed, and never used up before. */
test.each`
  story                                  | marks                     | minute    | begun
  ${'confirmed when it is due'}          | ${'0 ok'}                 | ${5}      | ${'until minute 65'}
  ${'unconfirmed when it is due'}        | ${'0 ok, 4 alone'}        | ${5}      | ${'none'}
  ${'and an hour later'}                 | ${'0 ok, 4 alone'}        | ${90}     | ${'none'}
  ${'confirmed, while its time goes on'} | ${'0 ok, 4 alone, 90 ok'} | ${94.999} | ${'none'}
  ${'confirmed for the whole time'}      | ${'0 ok, 4 alone, 90 ok'} | ${95}     | ${'until minute 155'}
`('a correction, $story', ({ marks, minute, begun }) => {
  const rules = rulesWith({}, 1);
  const account = accountWith('100000', [LONG]);
  const events = correctStops(rules, account, marksOf([marksOver(marks)(minute)]), onMinute(minute));
  const said = events.flatMap((event) =>
    event.kind === 'stop_corrected' ? [`until minute ${(event.dueAt - NOW) / MINUTE_MS}`] : [],
  );
  expect(said.join() || 'none').toBe(begun);
});

test('a correction that was begun is not cut short by a break: the stop has its time after it', () => {
  const rules = rulesWith({}, 1);
  const found = accountWith('100000', [LONG]);
  const marks = marksOver('0 ok, 10 alone, 80 ok');
  const account = fold(rules, found, correctStops(rules, found, marksOf([marks(5)]), onMinute(5)));
  const at = (minute: number) => verdictOf(judge(rules, account, marksOf([marks(minute)]), onMinute(minute)));
  expect([at(9), at(65), at(84.999), at(85)]).toEqual(['open', 'open', 'open', 'failed stop_missing']);
});

/** Goal: while a coin is unconfirmed nobody trades it, not even by a venue whose own book is good. */
test.each`
  story            | marks        | told
  ${'confirmed'}   | ${'0 ok'}    | ${'o1, o1 takes 1@60001'}
  ${'unconfirmed'} | ${'0 alone'} | ${'mark_unconfirmed'}
`('an order, $story: $told', ({ marks, told }) => {
  const mark = marksOver(marks)(0);
  const scene = sceneOf({ cash: '100000' });
  scene.context = { ...scene.context, books: new Map([[BTC, markedBook(BOOK, mark)]]) };
  const { told: steps, refused } = play('buy 1', {}, scene);
  expect(steps).toEqual([told]);
  if (told === 'mark_unconfirmed') expect(refused).toBe(UNCONFIRMED);
});

const BOOK = listedAt('kraken', '10@60000/10@60001');
const UNCONFIRMED =
  'mark_unconfirmed instrument: fewer than 2 venues agree on its price (coinbase stale, kraken good): nobody trades or is judged by it';

test('an order at a venue that is left out for its price is refused, and says which', () => {
  const mark = markOf(BTC, shownBy('binance 60000/60001; coinbase 60000/60001; kraken 36000/36001'), NOW, undefined);
  const scene = sceneOf({ cash: '100000' });
  scene.context = {
    ...scene.context,
    books: new Map([[BTC, markedBook(listedAt('kraken', '10@36000/10@36001'), mark)]]),
  };
  expect(play('buy 1', {}, scene).refused).toBe(
    'price_unavailable instrument: the other venues do not confirm the price of kraken',
  );
});

const STOP = resting('s', { placedAt: onMinute(-1), worksFrom: onMinute(-1), tapeSeenAt: onMinute(-1) });

test('what rests meanwhile neither fills nor triggers, and does once the mark is confirmed', () => {
  const scene = sceneOf({ cash: '100000', positions: [LONG], account: { orders: [STOP] } });
  const workedAt = (shown: string, kraken: string) => {
    const mark = markOf(BTC, shownBy(shown), NOW, undefined);
    const books = new Map([[BTC, markedBook(listedAt('kraken', kraken), mark)]]);
    return matchRestingOrders({ ...scene.context, books, at: plusMs(NOW, 10) }).map(({ kind }) => kind);
  };
  const [low, high] = ['10@36000/10@36001', '10@60000/10@60001'];
  expect(workedAt('binance 60000/60001; coinbase 60000/60001; kraken 36000/36001', low)).toEqual([]);
  expect(workedAt('coinbase 60000/60001; kraken 36000/36001', low)).toEqual([]);
  expect(workedAt('coinbase 36000/36001 stale; kraken 36000/36001', low)).toEqual([]);
  expect(workedAt(AGREED, high)).toEqual([]);
  expect(workedAt('binance 60000/60001; coinbase 36000/36001; kraken 36000/36001', low)).toEqual([
    'order_triggered',
    'order_filled',
  ]);
});
