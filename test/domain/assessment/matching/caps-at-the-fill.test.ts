import fc from 'fast-check';
import { matchRestingOrders } from '../../../../domain/assessment/matching/match-resting-orders';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { plusMs } from '../../../../domain/kernel/instant';
import { addUsd, divide, ppm, price, usd, ZERO_USD } from '../../../../domain/kernel/money';
import {
  at,
  BTC,
  bookOf,
  dollars,
  ETH,
  HAIL,
  held,
  NO,
  RULES,
  rainYes,
  resting,
  standingWith,
  units,
  YES,
} from '../../../fixtures/domain-story';
import { holding, play, type Setting, sceneOf, toldLast, working } from '../../../fixtures/trading-story';

type Exposure = RuleSet['exposure'];

const capped = (exposure: Partial<Exposure>, more: Partial<RuleSet> = {}): Setting => ({
  rules: { riskPerTrade: null, exposure: { ...RULES.exposure, ...exposure }, ...more },
});

const EVENT = capped({ eventUsdMax: dollars('100') });
const CATEGORY = capped({ categoryUsdMax: dollars('100') });
const RISK: Setting = { rules: { riskPerTrade: { ...limited('100'), severity: 'fail' } } };
const BLOCK: Setting = { rules: { riskPerTrade: { ...limited('100'), severity: 'block' } } };
const BAND = capped({ outcomePriceMin: ppm(50_000n), outcomePriceMax: ppm(950_000n) });

function limited(limit: string): NonNullable<RuleSet['riskPerTrade']> {
  return {
    limitUsd: dollars(limit),
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'close',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  };
}

/** Goal: a gap does not lift a cap: what an order may not have when it fills is cut, and told by name. */
test.each`
  story                                    | setting                                                                                                                          | steps                                                                                                       | told
  ${'a stop that gaps past the event'}     | ${EVENT}                                                                                                                         | ${'YES book 9@0.04 / 9@0.05; YES buy 1600 stop 0.06; YES book 9@0.1 / 999999@0.9'}                          | ${'o1 triggered, o1 takes 111.11@0.9, o1 event_cap_exceeded'}
  ${'past the category'}                   | ${CATEGORY}                                                                                                                      | ${'YES book 9@0.04 / 9@0.05; YES buy 1600 stop 0.06; YES book 9@0.1 / 999999@0.9'}                          | ${'o1 triggered, o1 takes 111.11@0.9, o1 category_cap_exceeded'}
  ${'past the risk of a trade'}            | ${RISK}                                                                                                                          | ${'YES book 9@0.04 / 9@0.05; YES buy 1600 stop 0.06; YES book 9@0.1 / 999999@0.9'}                          | ${'o1 triggered, o1 takes 111.11@0.9, o1 risk_per_trade_exceeded'}
  ${'what is held of the event counts'}    | ${{ ...EVENT, positions: [held(HAIL, '200', '60')] }}                                                                            | ${'HAIL book 9@0.3 / 9@0.31; YES book 9@0.04 / 9@0.05; YES buy 600 stop 0.06; YES book 9@0.1 / 999999@0.9'} | ${'o1 triggered, o1 takes 44.44@0.9, o1 event_cap_exceeded'}
  ${'a trail likewise'}                    | ${EVENT}                                                                                                                         | ${'YES book 9@0.04 / 9@0.05; YES buy 1600 trail 0.01; YES book 9@0.1 / 999999@0.9'}                         | ${'o1 triggered, o1 takes 111.11@0.9, o1 event_cap_exceeded'}
  ${'a gap above the band'}                | ${BAND}                                                                                                                          | ${'YES book 9@0.1 / 9@0.2; YES buy 100 stop 0.3; YES book 9@0.1 / 99@0.96'}                                 | ${'o1 triggered, o1 outcome_price_band'}
  ${'of which a part lies inside'}         | ${BAND}                                                                                                                          | ${'YES book 9@0.1 / 9@0.2; YES buy 100 stop 0.3; YES book 9@0.1 / 9@0.94 99@0.96'}                          | ${'o1 triggered, o1 takes 9@0.94, o1 outcome_price_band'}
  ${'a trail that is reached below it'}    | ${BAND}                                                                                                                          | ${'YES book 9@0.01 / 9@0.06; YES buy 100 trail 0.01; YES book 9@0.01 / 9@0.03; YES book 9@0.01 / 99@0.04'}  | ${'o1 outcome_price_band'}
  ${'a stop that gaps away from its exit'} | ${BLOCK}                                                                                                                         | ${'buy 9 stop 105 sl 95; book 9@100 / 99@115'}                                                              | ${'o1 triggered, o1 takes 5@115, x works, o1 risk_per_trade_exceeded'}
  ${'without a stop no loss is planned'}   | ${BLOCK}                                                                                                                         | ${'buy 9 stop 105; book 9@100 / 99@115'}                                                                    | ${'o1 triggered, o1 takes 9@115'}
  ${'a position beyond its worth'}         | ${capped({ positionUsdMax: dollars('1000') })}                                                                                   | ${'buy 9 stop 105; book 99@115 / 99@116'}                                                                   | ${'o1 triggered, o1 takes 8.6956@116, o1 position_cap_exceeded'}
  ${'a book too thin to enter: it waits'}  | ${capped({ liquidityUsdMin: dollars('500') })}                                                                                   | ${'buy 1 stop 105; book 9@100 / 2@106'}                                                                     | ${'-'}
  ${'and enters once it is deep'}          | ${capped({ liquidityUsdMin: dollars('500') })}                                                                                   | ${'buy 1 stop 105; book 9@100 / 2@106; book 9@100 / 9@107'}                                                 | ${'o1 triggered, o1 takes 1@107'}
  ${'equity that fell carries a part'}     | ${{ cash: '1000', rules: { maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('99999999') } }, dailyLoss: null } }} | ${'buy 50 limit 99; ETH book 9@100 / 9@101; book 99@98 / 99@98.9'}                                          | ${'o1 makes 48.5436@99, o1 insufficient_margin'}
`('$story', ({ setting, steps, told }) => {
  expect(toldLast(steps, setting as Setting).replace(/x\d+/, 'x')).toBe(told);
});

/** Goal: an order that names no price counts at the worst there is, or has to wait for one. */
test.each`
  story                                    | setting                                   | steps                                                                | told
  ${'shares at a dollar each'}             | ${EVENT}                                  | ${'YES book 9@0.04 /; YES buy 100 trail 0.01'}                       | ${'o1 works'}
  ${'a step more than the cap then holds'} | ${EVENT}                                  | ${'YES book 9@0.04 /; YES buy 100.01 trail 0.01'}                    | ${'event_cap_exceeded'}
  ${'beside another'}                      | ${EVENT}                                  | ${'YES book 9@0.04 /; YES buy 60 trail 0.01; YES buy 41 trail 0.01'} | ${'event_cap_exceeded'}
  ${'its amendment likewise'}              | ${EVENT}                                  | ${'YES book 9@0.04 /; YES buy 60 trail 0.01; amend o1 qty 101'}      | ${'event_cap_exceeded'}
  ${'crypto has no worst price'}           | ${{}}                                     | ${'book 9@100 /; buy 1 trail 5'}                                     | ${'price_unavailable'}
  ${'nor a short'}                         | ${{}}                                     | ${'book / 9@101; sell 1 trail 5'}                                    | ${'price_unavailable'}
  ${'what only reduces needs none'}        | ${{ positions: [held(BTC, '1', '100')] }} | ${'book / 9@101; sell 1 trail 5 reduce'}                             | ${'o1 works'}
`('without a price: $story', ({ setting, steps, told }) => {
  expect(toldLast(steps, setting as Setting)).toBe(told);
});

test('a coin’s trail without a price says what it waits for', () => {
  expect(play('book 9@100 /; buy 1 trail 5').refused).toBe(
    'price_unavailable instrument: a trailing stop that adds risk needs a price to begin from',
  );
});

/**
 * Goal: getting out is always allowed: of an order that goes through flat the part that reduces fills, whatever bars
 * the rest.
 */
test.each`
  story                         | setting                                                                 | told                                               | left
  ${'in a pause the rest ends'} | ${{ account: { standing: standingWith({ isPaused: true }) } }}          | ${'r1 makes 2@106, r1 trading_paused'}             | ${'-'}
  ${'at the weekend it waits'}  | ${{ rules: { conduct: { ...RULES.conduct, weekend: 'no_new_risk' } } }} | ${'r1 makes 2@106'}                                | ${'r1 1'}
  ${'beyond a cap it ends'}     | ${capped({ positionUsdMax: dollars('50') })}                            | ${'r1 makes 2.4672@106, r1 position_cap_exceeded'} | ${'-'}
`('a sale of three, two of which are held: $story', ({ setting, told, left }) => {
  const sale = resting('r1', {
    qty: units('3'),
    reduceOnly: false,
    terms: { type: 'limit', limitPrice: at('106'), timeInForce: { kind: 'gtc' } },
  });
  const { account } = setting as Setting;
  const positions = [held(BTC, '2', '200')];
  const scene = play('book 9@106.1 / 9@107', {
    ...(setting as Setting),
    positions,
    account: { ...account, orders: [sale] },
  });
  expect([scene.told.at(-1), working(scene)]).toEqual([told, left]);
});

test('both outcomes of a market: whichever fills second ends', () => {
  const setting = capped({ allowsBothOutcomes: false });
  const yes = resting('y1', {
    instrument: YES,
    side: 'buy',
    qty: units('10'),
    reduceOnly: false,
    terms: { type: 'limit', limitPrice: at('0.3'), timeInForce: { kind: 'gtc' } },
  });
  const scene = play('NO book 9@0.7 / 9@0.8; YES book 9@0.2 / 9@0.29', {
    ...setting,
    positions: [held(NO, '5', '2')],
    account: { orders: [yes] },
  });
  expect([scene.told.at(-1), holding(scene)]).toEqual(['y1 both_outcomes_held', 'PM-rain-NO 5']);
});

test('positions are counted when they are opened', () => {
  const stop = resting('b1', { side: 'buy', reduceOnly: false, terms: { type: 'stop', stopPrice: at('105') } });
  const setting = { ...capped({ positionsMax: 1 }), positions: [held(ETH, '1', '100')], account: { orders: [stop] } };
  expect(toldLast('ETH book 9@100 / 9@101; book 9@104 / 9@106', setting)).toBe('b1 positions_max');
});

const COSTLY = { kind: 'probability', rate: ppm(40_000n) } as const;
const cents = fc.integer({ min: 1, max: 99 }).map((cent) => price(BigInt(cent) * 1_000_000n));
const levels = fc.array(fc.record({ price: cents, qty: fc.integer({ min: 1, max: 500_000 }) }), {
  minLength: 1,
  maxLength: 5,
});

/**
 * Goal: whatever the book has become, the largest quantity that keeps the cap is filled: one step more would break
 * it.
 */
test('the largest quantity that keeps an event’s cap', () => {
  const cap = dollars('100');
  fc.assert(
    fc.property(levels, fc.integer({ min: 100, max: 200_000 }), (offered, asked) => {
      const asks = [...new Map(offered.map((level) => [level.price, level])).values()]
        .sort((a, b) => (a.price < b.price ? -1 : 1))
        .map(({ price: each, qty: amount }) => ({ price: each, qty: units(`${amount / 100}`) }));
      const stop = resting('b1', {
        instrument: YES,
        side: 'buy',
        qty: units(`${asked / 100}`),
        reduceOnly: false,
        terms: { type: 'stop', stopPrice: at('0.01') },
      });
      const instruments = [{ ...rainYes, takerFee: COSTLY }];
      const { context } = sceneOf({ ...EVENT, instruments, account: { orders: [stop] } });
      const later = plusMs(context.at, 1);
      const bids = [{ price: at('0.005'), qty: units('1') }];
      const book = { ...bookOf('', '', { instrument: YES, sequence: 9, receivedAt: later }), bids, asks };
      const events = matchRestingOrders({ ...context, books: new Map([[YES, book]]), at: later });
      const fill = events.flatMap((event) => (event.kind === 'order_filled' ? [event.fill] : []))[0];
      const cost = fill ? addUsd(usd(-fill.cashUsd), fill.feeUsd) : ZERO_USD;
      expect(cost <= cap).toBe(true);
      const isCut = events.some((event) => event.kind === 'order_cancelled');
      if (!isCut) return;
      const dearest = asks
        .filter((level) => level.price <= divide((asks[0]?.price ?? 0n) * 105n, 100n, 'floor'))
        .at(-1);
      const step = usd(divide((dearest?.price ?? 0n) * 2n, 100n * 100n, 'ceil'));
      expect(addUsd(cost, step) > cap).toBe(true);
    }),
  );
});
