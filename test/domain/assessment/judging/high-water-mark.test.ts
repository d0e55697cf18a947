import type { Account } from '../../../../domain/account/account';
import { afterBalance } from '../../../../domain/account/after-fill';
import type { Side } from '../../../../domain/account/orders/order';
import { trailedEquity } from '../../../../domain/assessment/judging/high-water-mark';
import type { MaxLoss, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type FillId, idOf, type OrderId } from '../../../../domain/kernel/ids';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, ppm } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  bitcoin,
  bookOf,
  changedStanding,
  dollars,
  held,
  levelsOf,
  NOW,
  RULES,
  standingWith,
} from '../../../fixtures/domain-story';
import { filledOn, raisedBy } from '../../decided';
import { dailyLossOf, maxLossOf } from '../rule-sets';

const OPEN = accountWith('41000', [held(BTC, '1', '60000')]);

/** Goal: what one judged equity leaves behind, of a balance of 101,000. The mark began at 100,000. */
test.each`
  mode                   | trails       | equity      | mark
  ${'trailing_intraday'} | ${'equity'}  | ${'103000'} | ${'103000.00'}
  ${'trailing_intraday'} | ${'equity'}  | ${'99000'}  | ${'100000.00'}
  ${'trailing_intraday'} | ${'balance'} | ${'103000'} | ${'101000.00'}
  ${'trailing_intraday'} | ${'higher'}  | ${'99000'}  | ${'101000.00'}
  ${'trailing_intraday'} | ${'higher'}  | ${'103000'} | ${'103000.00'}
  ${'trailing_closed'}   | ${'balance'} | ${'103000'} | ${'100000.00'}
  ${'trailing_eod'}      | ${'equity'}  | ${'103000'} | ${'100000.00'}
  ${'static'}            | ${'equity'}  | ${'103000'} | ${'100000.00'}
`('$mode of $trails at $equity', ({ mode, trails, equity, mark }) => {
  const rules = maxLossOf(mode, '5000', { trails });
  const after = raisedBy(rules, OPEN, dollars(equity));
  expect(formatUsd(after.standing.peaks.highWaterUsd)).toBe(mark);
  expect(after === OPEN).toBe(mark === '100000.00');
  expect(after.standing.peaks.dayPeakUsd).toBe(OPEN.standing.peaks.dayPeakUsd);
});

test('the peak of the day is kept where the daily loss counts from it, and there alone', () => {
  const peak = raisedBy(dailyLossOf('peak', '500'), OPEN, dollars('103000'));
  expect(peak.standing).toEqual(changedStanding(OPEN.standing, { dayPeakUsd: dollars('103000') }));
  expect(raisedBy(dailyLossOf('peak', '500'), peak, dollars('102000'))).toBe(peak);
  expect(raisedBy(dailyLossOf('equity', '500'), OPEN, dollars('103000'))).toBe(OPEN);
});

test('a mark and a peak may rise apart', () => {
  const rules: RuleSet = {
    ...dailyLossOf('peak', '500'),
    maxLoss: maxLossOf('trailing_intraday', '5000', { trails: 'equity' }).maxLoss,
  };
  const low = accountWith('41000', OPEN.positions, {
    standing: standingWith({ highWaterUsd: dollars('110000'), dayPeakUsd: dollars('90000') }),
  });
  expect(raisedBy(rules, low, dollars('95000')).standing).toEqual(
    changedStanding(low.standing, { dayPeakUsd: dollars('95000') }),
  );
  const high = accountWith('41000', OPEN.positions, { standing: standingWith({ dayPeakUsd: dollars('120000') }) });
  expect(raisedBy(rules, high, dollars('115000')).standing).toEqual(
    changedStanding(high.standing, { highWaterUsd: dollars('115000') }),
  );
});

test('a fill raises the mark that trails closed trades to the balance, never down', () => {
  const rules = maxLossOf('trailing_closed', '5000');
  expect(afterBalance(rules, OPEN).standing).toEqual(
    changedStanding(OPEN.standing, { highWaterUsd: dollars('101000') }),
  );
  const lower = { ...OPEN, cashUsd: dollars('30000') };
  expect(afterBalance(rules, lower)).toBe(lower);
  for (const mode of ['static', 'trailing_eod', 'trailing_intraday'] as const) {
    expect(afterBalance(maxLossOf(mode, '5000'), OPEN)).toBe(OPEN);
  }
});

test.each<[MaxLoss['trails'], string]>([
  ['balance', '101000.00'],
  ['equity', '99000.00'],
  ['higher', '101000.00'],
])('what trails the %s', (trails, value) => {
  expect(formatUsd(trailedEquity({ ...RULES.maxLoss, trails }, OPEN, dollars('99000')))).toBe(value);
});

const FREE = { ...bitcoin, takerFee: { kind: 'proportional' as const, rate: ppm(1_000n) } };

const HELD_A_MINUTE = { ...RULES, activity: { ...RULES.activity, tradeHeldMsMin: 60_000 } };

const filled = (account: Account, side: Side, levels: string, heldMs: number): Account => {
  const taken = { fillId: idOf<FillId>('f'), part: 1, liquidity: 'taker', levels: levelsOf(levels) } as const;
  const where = { instrument: FREE, book: bookOf('', '') };
  const made = { ...taken, at: plusMs(NOW, heldMs) };
  return filledOn({ rules: HELD_A_MINUTE, account }, { orderId: idOf<OrderId>('o'), side }, where, made).account;
};

/** Goal: a trade counts if it was open for a minute; its loss is remembered with all its fees. */
test.each`
  story                                 | position                                                                             | side      | levels       | heldMs    | closed | counted | worst
  ${'closed after a minute'}            | ${held(BTC, '1', '60000')}                                                           | ${'sell'} | ${'1@59000'} | ${60_000} | ${1}   | ${1}    | ${'1059.00'}
  ${'closed a millisecond before'}      | ${held(BTC, '1', '60000')}                                                           | ${'sell'} | ${'1@59000'} | ${59_999} | ${1}   | ${0}    | ${'1059.00'}
  ${'in part: no trade yet'}            | ${held(BTC, '2', '120000')}                                                          | ${'sell'} | ${'1@59000'} | ${90_000} | ${0}   | ${0}    | ${'0.00'}
  ${'its earlier parts and fees count'} | ${held(BTC, '1', '60000', { realizedUsd: dollars('-500'), feesUsd: dollars('60') })} | ${'sell'} | ${'1@59000'} | ${90_000} | ${1}   | ${1}    | ${'1619.00'}
  ${'a winner'}                         | ${held(BTC, '1', '60000')}                                                           | ${'sell'} | ${'1@61000'} | ${90_000} | ${1}   | ${1}    | ${'0.00'}
  ${'reversed: the closing half'}       | ${held(BTC, '1', '60000')}                                                           | ${'sell'} | ${'2@59000'} | ${90_000} | ${1}   | ${1}    | ${'1059.00'}
  ${'a short, covered'}                 | ${held(BTC, '-1', '-60000')}                                                         | ${'buy'}  | ${'1@61000'} | ${90_000} | ${1}   | ${1}    | ${'1061.00'}
  ${'opened: no trade'}                 | ${undefined}                                                                         | ${'buy'}  | ${'1@61000'} | ${90_000} | ${0}   | ${0}    | ${'0.00'}
`('$story', ({ position, side, levels, heldMs, closed, counted, worst }) => {
  const account = accountWith('40000', position ? [position] : []);
  const { standing } = filled(account, side, levels, heldMs);
  expect([standing.day.closed, standing.trades.counted, formatUsd(standing.trades.worstUsd)]).toEqual([
    closed,
    counted,
    worst,
  ]);
  expect(standing.activeAt).toBe(plusMs(NOW, heldMs));
});
