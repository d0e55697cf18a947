import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { ppm } from '../../../../domain/kernel/money';
import {
  at,
  BTC,
  dollars,
  ETH,
  held,
  moment,
  NOW,
  RULES,
  resting,
  standingWith,
  YES,
} from '../../../fixtures/domain-story';
import { play, type Setting } from '../../../fixtures/trading-story';

const refusalOf = (steps: string, setting: Setting = {}): string => play(steps, setting).refused;

/** A buy of 1 that rests at 99. */
const WORKS = resting('o1', {
  side: 'buy',
  reduceOnly: false,
  terms: { type: 'limit', limitPrice: at('99'), timeInForce: { kind: 'gtc' } },
});
const RESTS = 'buy 1 limit 99';
const PART = 'buy 3 limit 99; book 9@98 / 1@98.9';

/** Goal: a change that is refused names the field of the change. */
test.each<[story: string, steps: string, setting: Setting, told: string]>([
  [
    'of an assessment that has ended',
    'amend o1 limit 98',
    { status: 'failed', account: { orders: [WORKS] } },
    'assessment_closed accountId: the assessment has failed',
  ],
  ['of no order', 'amend o9 limit 98', {}, 'order_not_working orderId: the order has ended, or never was'],
  [
    'to what has been filled',
    `${PART}; amend o1 qty 1`,
    {},
    'amendment_unfit qty: must be more than what has been filled; cancel the order instead',
  ],
  ['a stop of a limit', `${RESTS}; amend o1 stop 98`, {}, 'amendment_unfit stopPrice: a limit order has none'],
  ['a trail of a limit', `${RESTS}; amend o1 trail 5`, {}, 'amendment_unfit trail: a limit order has none'],
  ['a limit of a stop', 'sell 1 stop 90; amend o1 limit 98', {}, 'amendment_unfit limitPrice: a stop order has none'],
  ['an expiry of a stop', 'sell 1 stop 90; amend o1 gtd+9', {}, 'amendment_unfit timeInForce: a stop order has none'],
  [
    'the stop of a triggered stop limit',
    'sell 1 stop 95 limit 94; book 9@90 / 9@91; amend o1 stop 80',
    {},
    'amendment_unfit stopPrice: the stop has been reached',
  ],
  [
    'the trail of a triggered trailing stop',
    'sell 2 trail 5; book 1@90 / 9@91; amend o1 trail 2',
    {},
    'amendment_unfit trail: the stop has been reached',
  ],
  [
    'into one that cannot work',
    `${RESTS}; amend o1 fok`,
    {},
    'amendment_unfit timeInForce: an order that works is good till cancelled or till its expiry',
  ],
])('amending %s', (__, steps, setting, told) => {
  expect(refusalOf(steps, setting)).toBe(told);
});

const LONG: Setting = { cash: '99700', positions: [held(BTC, '3', '300')] };

/** Goal: a position that cannot be closed says why. */
test.each<[story: string, steps: string, setting: Setting, told: string]>([
  ['after the end', 'close', { ...LONG, status: 'passed' }, 'assessment_closed accountId: the assessment has passed'],
  ['none', 'close', {}, 'would_not_reduce instrument: there is no position to close'],
  [
    'more than the book holds',
    'book 2@100 / 9@101; close',
    LONG,
    'insufficient_liquidity instrument: the book does not hold it within 5 % of its best price: close it in parts',
  ],
])('closing %s', (__, steps, setting, told) => {
  expect(refusalOf(steps, setting)).toBe(told);
});

const exposed = (exposure: Partial<RuleSet['exposure']>): Setting => ({
  rules: { exposure: { ...RULES.exposure, ...exposure } },
});
const news: Setting = {
  rules: { conduct: { ...RULES.conduct, news: { beforeMs: 5_000, afterMs: 5_000, bars: 'new_risk', winShare: null } } },
  blackouts: [{ instruments: null, title: 'FOMC', at: NOW }],
};
const risking = (severity: 'block' | 'fail'): Setting => ({
  rules: {
    riskPerTrade: {
      limitUsd: dollars('500'),
      severity,
      stopWithinMs: null,
      stopSeverity: 'fail',
      stopCorrection: null,
      plan: 'unjudged',
      stopMissesToFail: null,
    },
  },
});
const HALVES = 'YES book 9999@0.5 / 9999@0.5; NO book 9999@0.5 / 9999@0.5';
const { orderId: _, ...REST } = WORKS;
const FULL = Array.from({ length: 100 }, (__, n) => resting(`r${n}`, REST));

/** Goal: every rule that stands against an order is told with its own numbers. */
test.each<[story: string, steps: string, setting: Setting, told: string]>([
  [
    'a verdict that is due',
    'buy 1',
    { cash: '94700', positions: [held(BTC, '3', '5300')] },
    'limit_broken accountId: daily_loss: the verdict on it comes first',
  ],
  [
    'a deadline that has come',
    'buy 1',
    {
      rules: { activity: { ...RULES.activity, timeLimitDays: 30 } },
      account: { standing: standingWith({ startedAt: moment('2026-02-12T12:00:00Z') }) },
    },
    'limit_broken accountId: time_limit: the verdict on it comes first',
  ],
  [
    'a hundred orders',
    RESTS,
    { account: { orders: FULL } },
    'order_too_many orderId: at most 100 orders may work, exits counted',
  ],
  [
    'a pause',
    'buy 1',
    { account: { standing: standingWith({ isPaused: true }) } },
    'trading_paused accountId: the daily limit is reached: only orders that reduce until the next day',
  ],
  [
    'a weekend',
    'buy 1',
    { rules: { conduct: { ...RULES.conduct, weekend: 'no_new_risk' } } },
    'weekend_closed instrument: no order may add risk at the weekend',
  ],
  ['news', 'buy 1', news, 'news_blackout instrument: no order may add risk around FOMC'],
  [
    'a position without a price',
    'buy 1',
    { positions: [held(ETH, '1', '100')] },
    'price_unavailable instrument: every open position needs a fresh price before the account adds risk',
  ],
  [
    'a thin book',
    'book 9@100 / 1@101; buy 1',
    exposed({ liquidityUsdMin: dollars('102') }),
    'liquidity_too_thin instrument: the book must be worth $102.00, not $101.00',
  ],
  [
    'a price of a dollar',
    `${HALVES}; YES buy 1 limit 1`,
    {},
    'price_out_of_range limitPrice: must be below one dollar: the price of an outcome is a probability',
  ],
  [
    'a trail of no share',
    'sell 1 trail 0%',
    {},
    'price_out_of_range trail: must be more than nothing and less than the whole price',
  ],
  [
    'shares that are not held',
    `${HALVES}; YES sell 1`,
    { positions: [held(YES, '0.5', '0.25')] },
    'short_not_allowed qty: an outcome can be sold only up to what is held and not for sale yet; buy the other outcome',
  ],
  [
    'the other outcome',
    `${HALVES}; YES buy 1; NO buy 1`,
    exposed({ allowsBothOutcomes: false }),
    'both_outcomes_held instrument: only one outcome of a market may be held or ordered',
  ],
  [
    'the cap of an event',
    `${HALVES}; YES buy 601`,
    exposed({ eventUsdMax: dollars('300') }),
    'event_cap_exceeded qty: outcomes of one event may cost $300.00 together, not $300.50',
  ],
  [
    'the cap of a category',
    `${HALVES}; YES buy 601`,
    exposed({ categoryUsdMax: dollars('300') }),
    'category_cap_exceeded qty: outcomes of one category may cost $300.00 together, not $300.50',
  ],
  [
    'the band of prices',
    `${HALVES}; YES buy 1`,
    exposed({ outcomePriceMin: ppm(50_000n), outcomePriceMax: ppm(400_000n) }),
    'outcome_price_band instrument: outcomes are bought only at prices from 0.05 to 0.4',
  ],
  [
    'the risk of an outcome',
    `${HALVES}; YES buy 1001`,
    risking('fail'),
    'risk_per_trade_exceeded qty: the position may cost at most $500.00, not $500.50',
  ],
  [
    'the risk at a stop',
    'book 99@1000 / 99@1000; buy 1 sl 499',
    risking('block'),
    'risk_per_trade_exceeded stopLoss: the position may lose at most $500.00 at its stop, not $501.00',
  ],
])('%s', (__, steps, setting, told) => {
  expect(refusalOf(steps, setting)).toBe(told);
});
