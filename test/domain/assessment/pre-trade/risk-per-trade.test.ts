import fc from 'fast-check';
import type { Position } from '../../../../domain/account/positions/position';
import { afterTrade, freshStanding } from '../../../../domain/account/standing/standing';
import { judge } from '../../../../domain/assessment/judging/judge';
import { plannedLoss } from '../../../../domain/assessment/judging/stops';
import { lossOf, roomsOf } from '../../../../domain/assessment/rules/limits';
import type { RiskPerTrade, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, ppm, price, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  at,
  BTC,
  changedStanding,
  dollars,
  held,
  marks,
  NOW,
  quoteOn,
  RULES,
  standingWith,
  units,
  YES,
} from '../../../fixtures/domain-story';
import { maxLossOf } from '../rule-sets';
import { verdictOf, walk } from '../walk';

const riskOf = (limit: string, more: Partial<RiskPerTrade> = {}): RuleSet => ({
  ...maxLossOf('static', '90000'),
  riskPerTrade: {
    limitUsd: dollars(limit),
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'fail',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
    ...more,
  },
});

const LONG = held(BTC, '1', '60000');
const LONG_60 = held(BTC, '1', '60000', { feesUsd: dollars('60') });
const TWO = held(BTC, '2', '121000', { feesUsd: dollars('120') });
const SHORT = held(BTC, '-1', '-60000');

/** Goal: the loss of one position since it was last flat, its fees included; 3 % of 100,000. */
test.each`
  id                                   | position                                                      | exit       | verdict
  ${'a loss below the limit'}          | ${LONG}                                                       | ${'57001'} | ${'open'}
  ${'touching it'}                     | ${LONG}                                                       | ${'57000'} | ${'failed risk_per_trade'}
  ${'RK-1: 2,960 with fees of 60'}     | ${LONG_60}                                                    | ${'57100'} | ${'open'}
  ${'RK-2: 3,060'}                     | ${LONG_60}                                                    | ${'57000'} | ${'failed risk_per_trade'}
  ${'RK-4: two of them, per position'} | ${TWO}                                                        | ${'59500'} | ${'open'}
  ${'a loss realized in part counts'}  | ${held(BTC, '1', '60000', { realizedUsd: dollars('-1000') })} | ${'58000'} | ${'failed risk_per_trade'}
  ${'a profit realized in part helps'} | ${held(BTC, '1', '60000', { realizedUsd: dollars('1000') })}  | ${'56001'} | ${'open'}
  ${'a short loses upwards'}           | ${SHORT}                                                      | ${'63000'} | ${'failed risk_per_trade'}
  ${'and gains downwards'}             | ${SHORT}                                                      | ${'1'}     | ${'open'}
`('$id', ({ position, exit, verdict }) => {
  const account = accountWith(formatUsd(usd(dollars('100000') - position.costUsd)), [position]);
  expect(verdictOf(judge(riskOf('3000'), account, marks(quoteOn(BTC, exit)), NOW))).toBe(verdict);
  expect(verdictOf(judge(riskOf('3000', { severity: 'block' }), account, marks(quoteOn(BTC, exit)), NOW))).toBe('open');
});

/** Goal: what a position would lose at its stops, the same sum with the stop as its exit. */
test.each`
  id                                            | position                        | stops                       | loss
  ${'RK-1: a stop at 57,100'}                   | ${LONG_60}                      | ${'1@57100'}                | ${'2960.00'}
  ${'RK-2: a stop at 57,000'}                   | ${LONG_60}                      | ${'1@57000'}                | ${'3060.00'}
  ${'RK-4: two at 60,000 and 61,000, one stop'} | ${TWO}                          | ${'2@59500'}                | ${'2120.00'}
  ${'RK-4: or two stops'}                       | ${TWO}                          | ${'1@59500 1@59400'}        | ${'2220.00'}
  ${'a stop that locks a profit in'}            | ${LONG_60}                      | ${'1@61000'}                | ${'-940.00'}
  ${'a short with a stop above'}                | ${SHORT}                        | ${'1@62000'}                | ${'2000.00'}
  ${'rounded against a long'}                   | ${held(BTC, '0.00000003', '1')} | ${'0.00000003@33.33333333'} | ${'1.00'}
`('$id: loses $loss', ({ position, stops, loss }) => {
  const exits = stops.split(' ').map((stop: string) => {
    const [amount = '', each = ''] = stop.split('@');
    return { qty: units(amount), price: at(each) };
  });
  expect(formatUsd(plannedLoss(position, exits))).toBe(loss);
});

test('a planned loss is the loss that is judged once the price is at the stop', () => {
  const longs = fc.record({
    qty: fc.bigInt({ min: 1n, max: 10n ** 10n }),
    costUsd: fc.bigInt({ min: 0n, max: 10n ** 11n }),
    realizedUsd: fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
    feesUsd: fc.bigInt({ min: 0n, max: 10n ** 8n }),
  });
  fc.assert(
    fc.property(longs, fc.boolean(), fc.bigInt({ min: 1n, max: 10n ** 13n }), (drawn, isShort, stop) => {
      const sign = isShort ? -1n : 1n;
      const position = { ...LONG, ...drawn, qty: sign * drawn.qty, costUsd: sign * drawn.costUsd } as Position;
      const level = { price: price(stop), qty: units('1') };
      const quote = { ...quoteOn(BTC, '1'), bid: level, ask: level };
      const planned = plannedLoss(position, [{ price: price(stop), qty: drawn.qty as Position['qty'] }]);
      expect(planned).toBe(lossOf(position, marks(quote)));
    }),
  );
});

/** Goal: a loss that is closed between two prices counts as well, once and for good. */
test.each`
  story                           | path                | verdict
  ${'closed at the limit'}        | ${'-3000'}          | ${'failed risk_per_trade d1'}
  ${'closed below it'}            | ${'-2999.999999'}   | ${'open'}
  ${'two trades are two risks'}   | ${'-2000 -2000'}    | ${'open'}
  ${'open first, then closed'}    | ${'~-2999 ~ -3001'} | ${'failed risk_per_trade d1'}
  ${'a profit closed is no risk'} | ${'+9000'}          | ${'open'}
`('$story', ({ path, verdict }) => {
  expect(walk(riskOf('3000'), path).told).toBe(verdict);
});

test('the room is that of the worst open position; a closed trade shows only once it has broken the limit', () => {
  const account = accountWith('20000', [held(BTC, '1', '60000'), held(YES, '1000', '400')], {
    standing: standingWith({ worstTradeUsd: dollars('2500') }),
  });
  const room = (worst: string) => {
    const standing = standingWith({ worstTradeUsd: dollars(worst) });
    const prices = marks(quoteOn(BTC, '59000'), quoteOn(YES, '0.2'));
    return roomsOf(riskOf('3000'), { ...account, standing }, dollars('1'), prices).find(
      ({ rule }) => rule === 'risk_per_trade',
    );
  };
  expect(room('2500')).toEqual({
    rule: 'risk_per_trade',
    limitUsd: dollars('3000'),
    usedUsd: dollars('1000'),
    roomUsd: dollars('2000'),
    floorUsd: null,
  });
  expect(room('3000')?.roomUsd).toBe(0n);
  expect(room('3500')?.usedUsd).toBe(dollars('3500'));
});

test('PM-2: an outcome that resolves against its holder is tested at the resolution', () => {
  const account = accountWith('99600', [held(YES, '1000', '400')]);
  const resolved = (bid: string) => verdictOf(judge(riskOf('400'), account, marks(quoteOn(YES, bid, '1')), NOW));
  expect([resolved('0.01'), resolved('0'), resolved('1')]).toEqual(['open', 'failed risk_per_trade', 'open']);
});

test('a position without a mark has no loss to show', () => {
  expect(lossOf(LONG, marks())).toBe(0n);
});

test('a trade that ends is counted, and the worst of them remembered', () => {
  const fresh = freshStanding(dollars('100000'), NOW);
  const terms = {
    ...RULES,
    activity: { ...RULES.activity, tradeHeldMsMin: 60_000, daySizeShareMin: ppm(1_000_000n) },
  };
  const closed = (closedBefore: number, result: string, cost: string, heldMs: number) => ({
    position: held(BTC, '1', cost),
    resultUsd: dollars(result),
    closedAt: plusMs(NOW, heldMs),
    closedBefore,
    inNews: false,
  });
  const first = afterTrade(fresh, terms, closed(0, '-700', '60000', 60_000));
  const worst = dollars('700');
  const counted = {
    tradesCounted: 1,
    worstTradeUsd: worst,
    tradeSizesUsd: dollars('60000'),
    daySized: 1,
    bestTradeUsd: dollars('0'),
  };
  expect(first).toEqual(changedStanding(fresh, { dayClosed: 1, ...counted }));
  const second = afterTrade(first, terms, closed(1, '-600', '59999', 59_999));
  expect(second).toEqual(changedStanding(first, { dayClosed: 2, tradeSizesUsd: dollars('119999') }));
  const third = afterTrade(second, terms, closed(2, '900', '60000', 0));
  expect([third.trades.worstUsd, third.trades.bestUsd]).toEqual([worst, dollars('900')]);
  expect(afterTrade(third, terms, closed(3, '899', '60000', 0)).trades.bestUsd).toBe(dollars('900'));
});

test('with several risks the judge names the rule whose limit was overshot the furthest', () => {
  const account = accountWith('35000', [LONG]);
  const rules: RuleSet = { ...riskOf('3000'), maxLoss: RULES.maxLoss };
  expect(verdictOf(judge(rules, account, marks(quoteOn(BTC, '55000')), NOW))).toBe('failed risk_per_trade');
  const poorer = { ...account, cashUsd: dollars('25000') };
  expect(verdictOf(judge(rules, poorer, marks(quoteOn(BTC, '55000')), NOW))).toBe('failed max_drawdown');
});
