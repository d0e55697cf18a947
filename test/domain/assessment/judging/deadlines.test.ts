import fc from 'fast-check';
import type { Order } from '../../../../domain/account/orders/order';
import { deadlinesOf, firstMissed } from '../../../../domain/assessment/judging/deadlines';
import { judge } from '../../../../domain/assessment/judging/judge';
import { unprotected } from '../../../../domain/assessment/judging/stops';
import type { RiskPerTrade, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { idOf } from '../../../../domain/kernel/ids';
import { type Instant, isoText, plusMs } from '../../../../domain/kernel/instant';
import { ppm } from '../../../../domain/kernel/money';
import {
  accountWith,
  at,
  BTC,
  dollars,
  ETH,
  held,
  marks,
  moment,
  NOW,
  quoteOn,
  resting,
  standingWith,
  units,
  YES,
} from '../../../fixtures/domain-story';
import { maxLossOf } from '../rule-sets';
import { verdictOf } from '../walk';

type Activity = RuleSet['activity'];

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const within = (stopWithinMs: number | null, stopSeverity: RiskPerTrade['stopSeverity'] = 'fail'): RuleSet => ({
  ...maxLossOf('static', '90000'),
  riskPerTrade: {
    limitUsd: dollars('90000'),
    severity: 'fail',
    stopWithinMs,
    stopSeverity,
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  },
});

const timed = (activity: Partial<Activity>): RuleSet => {
  const rules = maxLossOf('static', '90000');
  return { ...rules, activity: { ...rules.activity, ...activity } };
};

const HYRO = within(5 * MINUTE_MS);
const LONG = held(BTC, '1', '60000');
const SHORT = held(BTC, '-1', '-60000');
const STOP = resting('s');
const stopOf = (change: Partial<Order>) => resting('s', change);

/** Goal: a position of crypto without a stop for all of it, five minutes after it was opened. */
test.each`
  id                                  | position                | orders                                                                                           | minutes  | verdict
  ${'RK-3: no stop, 6 minutes after'} | ${LONG}                 | ${[]}                                                                                            | ${6}     | ${'failed stop_missing'}
  ${'RK-3: exactly 5 minutes after'}  | ${LONG}                 | ${[]}                                                                                            | ${5}     | ${'failed stop_missing'}
  ${'RK-3: just before'}              | ${LONG}                 | ${[]}                                                                                            | ${4.999} | ${'open'}
  ${'with its stop'}                  | ${LONG}                 | ${[STOP]}                                                                                        | ${6}     | ${'open'}
  ${'a stop for half of it'}          | ${LONG}                 | ${[stopOf({ qty: units('0.5') })]}                                                               | ${6}     | ${'failed stop_missing'}
  ${'two stops for a half each'}      | ${LONG}                 | ${[stopOf({ qty: units('0.5') }), stopOf({ qty: units('0.5') })]}                                | ${6}     | ${'open'}
  ${'a stop for more than all'}       | ${LONG}                 | ${[stopOf({ qty: units('2') })]}                                                                 | ${6}     | ${'open'}
  ${'what a stop has filled is gone'} | ${LONG}                 | ${[stopOf({ filledQty: units('0.1') })]}                                                         | ${6}     | ${'failed stop_missing'}
  ${'a stop that adds'}               | ${LONG}                 | ${[stopOf({ side: 'buy' })]}                                                                     | ${6}     | ${'failed stop_missing'}
  ${'a stop of another instrument'}   | ${LONG}                 | ${[stopOf({ instrument: ETH })]}                                                                 | ${6}     | ${'failed stop_missing'}
  ${'a take-profit is no stop'}       | ${LONG}                 | ${[stopOf({ terms: { type: 'limit', limitPrice: at('70000'), timeInForce: { kind: 'gtc' } } })]} | ${6}     | ${'failed stop_missing'}
  ${'a stop limit is one'}            | ${LONG}                 | ${[stopOf({ terms: { type: 'stop_limit', stopPrice: at('5'), limitPrice: at('4') } })]}          | ${6}     | ${'open'}
  ${'a trailing stop is one'}         | ${LONG}                 | ${[stopOf({ terms: { type: 'trailing_stop', trail: { kind: 'share', share: ppm(1n) } } })]}      | ${6}     | ${'open'}
  ${'a short without a stop'}         | ${SHORT}                | ${[STOP]}                                                                                        | ${6}     | ${'failed stop_missing'}
  ${'a short with one'}               | ${SHORT}                | ${[stopOf({ side: 'buy' })]}                                                                     | ${6}     | ${'open'}
  ${'an outcome needs none'}          | ${held(YES, '10', '4')} | ${[]}                                                                                            | ${6}     | ${'open'}
`('$id', ({ position, orders, minutes, verdict }) => {
  const account = accountWith('100000', [position], { orders });
  const prices = marks(quoteOn(BTC, '60000'), quoteOn(YES, '0.4'));
  expect(verdictOf(judge(HYRO, account, prices, plusMs(NOW, minutes * MINUTE_MS)))).toBe(verdict);
});

test('RK-3: the severity may be to close what has no stop, and nothing else', () => {
  const old = held(ETH, '1', '3000', { openedAt: plusMs(NOW, -MINUTE_MS) });
  const account = accountWith('100000', [LONG, old], { orders: [] });
  const at5 = (minutes: number, rules: RuleSet) => {
    const judgement = judge(
      rules,
      account,
      marks(quoteOn(BTC, '60000'), quoteOn(ETH, '3000')),
      plusMs(NOW, minutes * MINUTE_MS),
    );
    return judgement.verdict.kind !== 'close' ? verdictOf(judgement) : judgement.verdict.instruments.join(' ');
  };
  const closing = within(5 * MINUTE_MS, 'close');
  expect([at5(3.9, closing), at5(4, closing), at5(5, closing), at5(9, within(null, 'close'))]).toEqual([
    'open',
    'ETH-USD',
    'BTC-USD ETH-USD',
    'open',
  ]);
  expect(at5(9, { ...closing, riskPerTrade: null })).toBe('open');
});

/** Goal: 30 days of 24 hours without a fill; 30 days since the beginning. */
test.each`
  id                                    | activity                                   | story                                            | now                       | verdict
  ${'TG-7: the last trade 29 days ago'} | ${{ inactivityDays: 30 }}                  | ${{ activeAt: moment('2026-03-14T12:00:00Z') }}  | ${'2026-04-13T11:59:59Z'} | ${'open'}
  ${'TG-7: 30 days ago'}                | ${{ inactivityDays: 30 }}                  | ${{ activeAt: moment('2026-03-14T12:00:00Z') }}  | ${'2026-04-13T12:00:00Z'} | ${'failed inactivity'}
  ${'TG-7: a fill in between'}          | ${{ inactivityDays: 30 }}                  | ${{ activeAt: moment('2026-03-15T12:00:00Z') }}  | ${'2026-04-13T12:00:00Z'} | ${'open'}
  ${'TG-6: before the time limit'}      | ${{ timeLimitDays: 30 }}                   | ${{ startedAt: moment('2026-03-14T12:00:00Z') }} | ${'2026-04-13T11:59:59Z'} | ${'open'}
  ${'TG-6: at it'}                      | ${{ timeLimitDays: 30 }}                   | ${{ startedAt: moment('2026-03-14T12:00:00Z') }} | ${'2026-04-13T12:00:00Z'} | ${'failed time_limit'}
  ${'without either'}                   | ${{}}                                      | ${{}}                                            | ${'2036-04-13T12:00:00Z'} | ${'open'}
  ${'the earlier of two is the reason'} | ${{ inactivityDays: 5, timeLimitDays: 6 }} | ${{}}                                            | ${'2036-04-13T12:00:00Z'} | ${'failed inactivity'}
  ${'whichever that is'}                | ${{ inactivityDays: 7, timeLimitDays: 6 }} | ${{}}                                            | ${'2036-04-13T12:00:00Z'} | ${'failed time_limit'}
`('$id', ({ activity, story, now, verdict }) => {
  const account = accountWith('100000', [], { standing: standingWith(story) });
  expect(verdictOf(judge(timed(activity), account, marks(), moment(now)))).toBe(verdict);
});

test('of two positions without a stop the one that was opened first is due first, in any order', () => {
  const later = held(ETH, '1', '3000', { openedAt: plusMs(NOW, 7) });
  const due = [
    [LONG, later],
    [later, LONG],
  ].map((positions) => deadlinesOf(HYRO, accountWith('100000', positions)));
  const first = [{ rule: 'stop_missing', dueAt: plusMs(NOW, 5 * MINUTE_MS), instrument: BTC }];
  expect(due).toEqual([first, first]);
});

test('deadlines are told while they are ahead, the earliest first', () => {
  const rules: RuleSet = { ...HYRO, activity: { ...HYRO.activity, inactivityDays: 2, timeLimitDays: 1 } };
  const account = accountWith('100000', [held(ETH, '1', '3000', { openedAt: plusMs(NOW, 7) }), LONG]);
  expect(deadlinesOf(rules, account).map(({ rule, dueAt }) => `${rule} ${isoText(dueAt)}`)).toEqual([
    'stop_missing 2026-03-14T12:05:00.000Z',
    'time_limit 2026-03-15T00:00:00.000Z',
    'inactivity 2026-03-16T00:00:00.000Z',
  ]);
  expect(deadlinesOf(rules, { ...account, positions: [] })).toHaveLength(2);
  expect(deadlinesOf(within(null), account)).toEqual([]);
});

test('a stop that is only closed for is told as a deadline, and never fails', () => {
  const rules = within(MINUTE_MS, 'close');
  const deadlines = deadlinesOf(rules, accountWith('1', [LONG]));
  expect(deadlines).toEqual([{ rule: 'stop_missing', dueAt: plusMs(NOW, MINUTE_MS), instrument: BTC }]);
  const account = accountWith('1', [LONG]);
  expect(firstMissed(rules, account, plusMs(NOW, DAY_MS))).toBeUndefined();
  expect(firstMissed(within(MINUTE_MS), account, plusMs(NOW, MINUTE_MS))).toEqual(deadlines[0]);
});

test('covered exactly when the stops of its side hold the whole quantity', () => {
  const parts = fc.array(
    fc.record({ n: fc.bigInt({ min: 1n, max: 5n }), side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell') }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(
      fc.bigInt({ min: -9n, max: 9n }).filter((n) => n !== 0n),
      parts,
      (size, stops) => {
        const position = { ...LONG, qty: size as typeof LONG.qty };
        const orders = stops.map(({ n, side }, index) => resting(`${index}`, { qty: n as Order['qty'], side }));
        const exit = size > 0n ? 'sell' : 'buy';
        const covered = stops.reduce((sum, { n, side }) => (side === exit ? sum + n : sum), 0n);
        const missing = unprotected(accountWith('1', [position], { orders }));
        expect(missing.length === 0).toBe(covered >= (size < 0n ? -size : size));
      },
    ),
  );
});

/** Goal: a stop is asked of crypto alone, whatever an outcome is called. */
test.each`
  instrument                 | isAsked
  ${'BTC-USD'}               | ${true}
  ${'BTC-USDT'}              | ${true}
  ${'PM-USD'}                | ${true}
  ${'PM-rain-YES'}           | ${false}
  ${'PM-rain-UP'}            | ${false}
  ${'PM-dollar-or-euro-USD'} | ${false}
  ${'PM-dollar-or-USDT'}     | ${false}
`('$instrument: a stop is asked for is $isAsked', ({ instrument, isAsked }) => {
  expect(unprotected(accountWith('1', [{ ...LONG, instrument: idOf(instrument) }])).length > 0).toBe(isAsked);
});

test('an account fails by time exactly from its first deadline on', () => {
  const days = fc.option(fc.integer({ min: 1, max: 60 }), { nil: null });
  fc.assert(
    fc.property(days, days, fc.integer({ min: 0, max: 70 * 24 }), (inactivityDays, timeLimitDays, hours) => {
      const rules = timed({ inactivityDays, timeLimitDays });
      const start: Instant = NOW;
      const account = accountWith('100000', [], {
        standing: standingWith({ startedAt: start, activeAt: plusMs(start, DAY_MS) }),
      });
      const isOver = [timeLimitDays ?? 999, (inactivityDays ?? 999) + 1].some((limit) => hours >= limit * 24);
      const told = verdictOf(judge(rules, account, marks(), plusMs(start, hours * 3_600_000)));
      expect(told.startsWith('failed')).toBe(isOver);
    }),
  );
});
