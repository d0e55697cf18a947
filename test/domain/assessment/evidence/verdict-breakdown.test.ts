import type { FlatStanding } from '../../../../domain/account/standing/flat-standing';
import type { BreakdownLine } from '../../../../domain/assessment/evidence/breakdown-line';
import type { EvidenceInput } from '../../../../domain/assessment/evidence/evidence';
import { breakdownOf } from '../../../../domain/assessment/evidence/verdict-breakdown';
import type { Consistency, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { plusMs } from '../../../../domain/kernel/instant';
import { ppm } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  changedStanding,
  dollars,
  ETH,
  held,
  NOW,
  quoteOn,
  RULES,
  standingWith,
  YES,
} from '../../../fixtures/domain-story';
import { widthFrom } from '../rule-sets';
import { inputOf, judgementOf } from './evidence-input';

const linesOf = (change: Partial<EvidenceInput>): readonly BreakdownLine[] => {
  const input = inputOf({ quotes: [quoteOn(BTC, '50000')], ...change });
  return breakdownOf(input, judgementOf(input));
};

const told = (change: Partial<EvidenceInput>) => linesOf(change).map(({ label, value }) => `${label}: ${value}`);

/** A stop within five minutes, or the assessment fails. */
const STOP_DUE = {
  limitUsd: dollars('10000'),
  severity: 'fail',
  stopWithinMs: 300_000,
  stopSeverity: 'fail',
  stopCorrection: null,
  plan: 'unjudged',
  stopMissesToFail: null,
} as const;

const LONG = accountWith('40000', [held(BTC, '1', '60000')]);

test('a maximum loss of a share, with a lock', () => {
  const maxLoss = {
    ...RULES.maxLoss,
    mode: 'trailing_eod',
    width: widthFrom('0.08'),
    lockUsd: dollars('100000'),
  } as const;
  const account = { ...LONG, standing: standingWith({ highWaterUsd: dollars('110000') }) };
  expect(told({ rules: { ...RULES, dailyLoss: null, maxLoss }, account })).toEqual([
    'cash: 40000.00',
    'BTC-USD: 1 × 50000: 50000.00',
    'equity: 90000.00',
    'high-water mark: 110000.00',
    'width: 0.08 of it: 8800.00',
    'the floor rises to at most: 100000.00',
    'floor: 100000.00',
    'room: -10000.00',
  ]);
});

test('a maximum loss that is tested on the balance', () => {
  const rules: RuleSet = { ...RULES, dailyLoss: null, maxLoss: { ...RULES.maxLoss, testedOn: 'balance' } };
  const account = accountWith('29000', [held(BTC, '1', '60000')]);
  expect(told({ rules, account })).toEqual([
    'cash: 29000.00',
    'BTC-USD: cost: 60000.00',
    'balance: 89000.00',
    'high-water mark: 100000.00',
    'width: 10000.00',
    'floor: 90000.00',
    'room: -1000.00',
  ]);
});

test('the risk of an open trade, of the worst of several', () => {
  const rules: RuleSet = {
    ...RULES,
    dailyLoss: null,
    riskPerTrade: {
      limitUsd: dollars('1000'),
      severity: 'fail',
      stopWithinMs: null,
      stopSeverity: 'fail',
      stopCorrection: null,
      plan: 'unjudged',
      stopMissesToFail: null,
    },
  };
  const worst = held(BTC, '1', '60000', { feesUsd: dollars('60'), realizedUsd: dollars('-40') });
  const account = accountWith('1000000', [worst, held(ETH, '1', '3000')]);
  expect(told({ rules, account, quotes: [quoteOn(BTC, '58900'), quoteOn(ETH, '2999')] })).toEqual([
    'BTC-USD: cost: 60000.00',
    'fees: 60.00',
    'realized in part: -40.00',
    'BTC-USD: 1 × 58900: 58900.00',
    'loss: 1200.00',
    'limit: 1000.00',
    'room: -200.00',
  ]);
  const closed = accountWith('98000', [], { standing: standingWith({ worstTradeUsd: dollars('2000') }) });
  expect(told({ rules, account: closed, quotes: [] })).toEqual([
    'loss of the worst closed trade: 2000.00',
    'limit: 1000.00',
    'room: -1000.00',
  ]);
});

test('of several open trades the worst is shown, wherever it stands', () => {
  const riskPerTrade = {
    limitUsd: dollars('1000'),
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'fail',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  } as const;
  const account = accountWith('1000000', [held(BTC, '1', '60000'), held(ETH, '1', '3000')]);
  const quotes = [quoteOn(BTC, '59900'), quoteOn(ETH, '2000')];
  expect(told({ rules: { ...RULES, dailyLoss: null, riskPerTrade }, account, quotes })[0]).toBe(
    'ETH-USD: cost: 3000.00',
  );
});

test('a missing stop names the position that lacks it, not one that was opened later', () => {
  const first = held(BTC, '1', '60000');
  const account = accountWith('40000', [first, held(ETH, '1', '3000', { openedAt: plusMs(NOW, 60_000) })]);
  const quotes = [quoteOn(BTC, '60000'), quoteOn(ETH, '3000')];
  expect(told({ rules: { ...RULES, riskPerTrade: STOP_DUE }, account, quotes, at: plusMs(NOW, 300_000) })).toEqual([
    'BTC-USD: opened at: 2026-03-14T12:00:00.000Z',
    'milliseconds until a stop: 300000',
    'due at: 2026-03-14T12:05:00.000Z',
    'judged at: 2026-03-14T12:05:00.000Z',
  ]);
});

test('a peak of the day', () => {
  const rules: RuleSet = {
    ...RULES,
    dailyLoss: { anchor: 'peak', width: widthFrom('0.03'), severity: 'fail', gainCapUsd: null },
  };
  const account = accountWith('101850', [], { standing: standingWith({ dayPeakUsd: dollars('105000') }) });
  expect(told({ rules, account, quotes: [] })).toEqual([
    'cash: 101850.00',
    'equity: 101850.00',
    'the day counts from: 105000.00',
    'width: 0.03 of it: 3150.00',
    'floor: 101850.00',
    'room: 0.00',
  ]);
});

const late = plusMs(NOW, 86_400_000);

test('what time alone broke', () => {
  const timed = (activity: Partial<RuleSet['activity']>): RuleSet => ({
    ...RULES,
    activity: { ...RULES.activity, ...activity },
  });
  const account = accountWith('100000', [], { standing: standingWith({ startedAt: NOW, activeAt: NOW }) });
  const judged = 'judged at: 2026-03-15T12:00:00.000Z';
  const due = 'due at: 2026-03-15T12:00:00.000Z';
  expect(told({ rules: timed({ timeLimitDays: 1 }), account, quotes: [], at: late })).toEqual([
    'began at: 2026-03-14T12:00:00.000Z',
    'days allowed: 1',
    due,
    judged,
  ]);
  expect(told({ rules: timed({ inactivityDays: 1 }), account, quotes: [], at: late })).toEqual([
    'last fill at: 2026-03-14T12:00:00.000Z',
    'days allowed: 1',
    due,
    judged,
  ]);
  expect(
    told({ rules: { ...RULES, riskPerTrade: STOP_DUE }, account: LONG, quotes: [quoteOn(BTC, '60000')], at: late }),
  ).toEqual([
    'BTC-USD: opened at: 2026-03-14T12:00:00.000Z',
    'milliseconds until a stop: 300000',
    'due at: 2026-03-14T12:05:00.000Z',
    judged,
  ]);
});

test('a pass shows what it had and what it needed', () => {
  const rules: RuleSet = {
    ...RULES,
    activity: { ...RULES.activity, tradesMin: 2, daysMin: 3 },
    consistency: { shareMax: ppm(500_000n), of: 'net', per: 'day', severity: 'gate' },
  };
  const standing = standingWith({
    tradesCounted: 5,
    daysCounted: 3,
    dayBalanceUsd: dollars('106000'),
    bestDayUsd: dollars('4000'),
  });
  expect(told({ rules, account: accountWith('110000', [], { standing }), quotes: [] })).toEqual([
    'cash: 110000.00',
    'balance: 110000.00',
    'starting balance: 100000.00',
    'profit: 10000.00',
    'profit needed: 10000.00',
    'open positions: 0',
    'trades: 5',
    'trades needed: 2',
    'days: 3',
    'days needed: 3',
    'share of the best day: 0.4',
    'share allowed: 0.5',
  ]);
  const less = changedStanding(standing, { excludedWinsUsd: dollars('500') });
  const shown = told({ rules, account: accountWith('110500', [], { standing: less }), quotes: [] });
  expect(shown.slice(2, 5)).toEqual([
    'starting balance: 100000.00',
    'won in trades that were too short: 500.00',
    'profit: 10000.00',
  ]);
  const counts = { ...RULES, target: { profitUsd: dollars('10000'), counts: 'equity', closesAll: false } } as const;
  expect(told({ rules: counts, account: LONG, quotes: [quoteOn(BTC, '70000')] }).slice(0, 4)).toEqual([
    'cash: 40000.00',
    'BTC-USD: 1 × 70000: 70000.00',
    'equity: 110000.00',
    'starting balance: 100000.00',
  ]);
});

test('a share that failed in place of a pass shows what was divided', () => {
  const spread = (change: Partial<Consistency>): RuleSet => ({
    ...RULES,
    consistency: { shareMax: ppm(333_333n), of: 'net', per: 'day', severity: 'fail', ...change },
  });
  const standing = standingWith({ dayBalanceUsd: dollars('106000'), bestDayUsd: dollars('4000') });
  const lines = (change: Partial<Consistency>, more: Partial<FlatStanding>) => {
    const account = accountWith('110000', [], { standing: changedStanding(standing, more) });
    return told({ rules: spread(change), account, quotes: [] });
  };
  expect(lines({}, {})).toEqual([
    'cash: 110000.00',
    'balance: 110000.00',
    'starting balance: 100000.00',
    'profit: 10000.00',
    'profit needed: 10000.00',
    'open positions: 0',
    'share of the best day: 0.4',
    'share allowed: 0.333333',
    'best day: 4000.00',
    'profit of all days: 10000.00',
    'the most it may be: 3333.33',
  ]);
  const won = { winningDaysUsd: dollars('8000'), bestTradeUsd: dollars('5000') };
  expect(lines({ per: 'trade', of: 'winning_days' }, won).slice(-5)).toEqual([
    'share of the best trade: 0.416667',
    'share allowed: 0.333333',
    'best trade: 5000.00',
    'profit of winning days: 12000.00',
    'the most it may be: 3999.996',
  ]);
});

test('without a verdict there is the equity', () => {
  const open = accountWith('99600', [held(YES, '1000', '400')]);
  expect(told({ account: open, quotes: [quoteOn(YES, '0.35')] })).toEqual([
    'cash: 99600.00',
    'PM-rain-YES: 1000 × 0.35: 350.00',
    'equity: 99950.00',
  ]);
});
