import fc from 'fast-check';
import { dayCounts, dayResult } from '../../../../domain/account/day-result';
import type { FlatStanding } from '../../../../domain/account/standing/flat-standing';
import type { Standing } from '../../../../domain/account/standing/standing';
import type { MaxLoss, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { formatUsd, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  changedStanding,
  dollars,
  held,
  moment,
  RULES,
  standingWith,
} from '../../../fixtures/domain-story';
import { inDayOf } from '../../decided';
import { funded } from '../rule-sets';
import { walk } from '../walk';

const NEXT = moment('2026-03-15T00:00:00Z');

const after = (standing: Partial<FlatStanding>, balance = '100000', rules: RuleSet = RULES): Standing =>
  inDayOf(accountWith(balance, [], { standing: standingWith(standing) }), rules, NEXT).standing;

test('a new day takes its anchor, begins its counts anew and lifts a pause; the rest stays', () => {
  const standing = standingWith({
    dayOpened: 3,
    dayClosed: 2,
    daySized: 1,
    excludedWinsUsd: dollars('90'),
    dayExcludedUsd: dollars('40'),
    tradeSizesUsd: dollars('30'),
    reducedFromUsd: { [BTC]: dollars('20') },
    tradesCounted: 7,
    worstTradeUsd: dollars('12'),
    dayBalanceUsd: dollars('99000'),
    dayPeakUsd: dollars('103000'),
    daysCounted: 4,
    bestDayUsd: dollars('500'),
    winningDaysUsd: dollars('900'),
    isPaused: true,
    warned: { daily_loss: 95, max_drawdown: 50 },
  });
  const account = accountWith('100000', [], { tradesClosed: 9, standing });
  expect(inDayOf(account, RULES, NEXT, dollars('100400'))).toEqual({
    ...account,
    day: '2026-03-15',
    dayAnchorUsd: dollars('100000'),
    standing: changedStanding(standing, {
      dayOpened: 0,
      dayClosed: 0,
      daySized: 0,
      dayExcludedUsd: dollars('0'),
      dayBalanceUsd: dollars('100000'),
      dayPeakUsd: dollars('100400'),
      daysCounted: 5,
      bestDayUsd: dollars('960'),
      winningDaysUsd: dollars('1860'),
      isPaused: false,
      warned: { max_drawdown: 50 },
    }),
  });
});

/** Goal: what a finished day leaves; it began at 100,000. */
test.each`
  story                           | balance     | opened | best         | winning      | counted
  ${'a day that won'}             | ${'100700'} | ${1}   | ${'700.00'}  | ${'1300.00'} | ${1}
  ${'a better day than the best'} | ${'101200'} | ${1}   | ${'1200.00'} | ${'1800.00'} | ${1}
  ${'a worse day than the best'}  | ${'100100'} | ${1}   | ${'600.00'}  | ${'700.00'}  | ${1}
  ${'a day that lost'}            | ${'99000'}  | ${1}   | ${'600.00'}  | ${'600.00'}  | ${1}
  ${'a day of nothing'}           | ${'100000'} | ${0}   | ${'600.00'}  | ${'600.00'}  | ${0}
`('$story', ({ balance, opened, best, winning, counted }) => {
  const left = after({ dayOpened: opened, bestDayUsd: dollars('600'), winningDaysUsd: dollars('600') }, balance);
  expect([formatUsd(left.days.bestUsd), formatUsd(left.days.winningUsd), left.days.counted]).toEqual([
    best,
    winning,
    counted,
  ]);
});

test('a day is never opened backwards or twice: a late event keeps the account as it is', () => {
  const account = accountWith('199000', [], { day: '2026-03-15' });
  expect(inDayOf(account, RULES, moment('2026-03-14T12:00:00Z'))).toBe(account);
  expect(inDayOf(account, RULES, moment('2026-03-15T23:59:59.999Z'))).toBe(account);
});

test('days without an event are passed over: one day is finished, the anchor is the balance of now', () => {
  const account = accountWith('99000', [], { standing: standingWith({ dayOpened: 1 }) });
  const later = inDayOf(account, RULES, moment('2026-03-29T21:59:59Z'));
  expect([later.day, later.dayAnchorUsd, later.standing.days.counted]).toEqual(['2026-03-29', dollars('99000'), 1]);
});

test('without a price around the boundary the balance stands in for the equity', () => {
  const open = accountWith('40000', [held(BTC, '1', '60000')]);
  const on = (anchor: 'equity' | 'higher' | 'peak', equity?: string) => {
    const rules: RuleSet = {
      ...RULES,
      dailyLoss: { anchor, width: { kind: 'usd', usd: dollars('1') }, severity: 'fail', gainCapUsd: null },
    };
    return formatUsd(inDayOf(open, rules, NEXT, equity === undefined ? undefined : dollars(equity)).dayAnchorUsd);
  };
  expect([on('equity'), on('higher'), on('peak')]).toEqual(['100000.00', '100000.00', '100000.00']);
  expect([on('equity', '97000'), on('higher', '97000'), on('peak', '97000')]).toEqual([
    '97000.00',
    '100000.00',
    '97000.00',
  ]);
});

test('an account without a daily loss keeps the balance as its day’s anchor', () => {
  const opened = inDayOf(accountWith('101000'), { ...RULES, dailyLoss: null }, NEXT, dollars('99000'));
  expect(opened.dayAnchorUsd).toBe(dollars('101000'));
});

/** Goal: of all modes, only the end-of-day one is raised by a day, by what it trails. */
test.each<[MaxLoss['mode'], MaxLoss['trails'], string]>([
  ['trailing_eod', 'balance', '101000.00'],
  ['trailing_eod', 'equity', '102000.00'],
  ['trailing_eod', 'higher', '102000.00'],
  ['trailing_intraday', 'equity', '100000.00'],
  ['trailing_closed', 'balance', '100000.00'],
  ['static', 'balance', '100000.00'],
])('%s of the %s', (mode, trails, mark) => {
  const rules: RuleSet = { ...RULES, maxLoss: { ...RULES.maxLoss, mode, trails } };
  const opened = inDayOf(accountWith('101000'), rules, NEXT, dollars('102000'));
  expect(formatUsd(opened.standing.peaks.highWaterUsd)).toBe(mark);
});

test('what a day counts by', () => {
  const by = (dayCountsIf: RuleSet['activity']['dayCountsIf'], standing: Partial<FlatStanding>, result: string) =>
    dayCounts(
      { ...RULES, activity: { ...RULES.activity, dayCountsIf, dayGainUsd: dollars('100') } },
      standingWith(standing),
      dollars(result),
    );
  expect([by('opened', { dayOpened: 1 }, '0'), by('opened', { dayClosed: 1 }, '900')]).toEqual([true, false]);
  expect([by('closed', { dayClosed: 1 }, '0'), by('closed', { dayOpened: 1 }, '900')]).toEqual([true, false]);
  expect([by('size', { daySized: 1 }, '0'), by('size', { dayClosed: 1, dayOpened: 1 }, '900')]).toEqual([true, false]);
  expect([by('gain', {}, '100'), by('gain', { dayOpened: 1, dayClosed: 1 }, '99.999999')]).toEqual([true, false]);
});

test('the results of all days add up to what the account has won, its winning days to no less', () => {
  const results = fc.array(fc.array(fc.integer({ min: -400, max: 400 }), { maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(results, (days) => {
      const rules: RuleSet = { ...RULES, target: null, dailyLoss: null, riskPerTrade: null };
      const path = days.map((trades) => trades.map((n) => (n < 0 ? `${n}` : `+${n}`)).join(' ')).join(' | ');
      const { account } = walk(rules, `${path} |`);
      const sums = days.map((trades) => trades.reduce((sum, n) => sum + n, 0));
      const total = sums.reduce((sum, n) => sum + n, 0);
      expect(account.cashUsd).toBe(dollars('100000') + usd(BigInt(total) * 1_000_000n));
      expect(account.standing.days.winningUsd).toBe(
        BigInt(sums.filter((n) => n > 0).reduce((a, b) => a + b, 0)) * 1_000_000n,
      );
      expect(account.standing.days.bestUsd).toBe(BigInt(Math.max(0, ...sums)) * 1_000_000n);
      expect(account.standing.days.counted).toBe(days.filter((trades) => trades.length > 0).length);
      expect(dayResult(account, account.cashUsd)).toBe(0n);
      expect(account.standing.startedAt).toBe(funded(rules).standing.startedAt);
    }),
    { numRuns: 60 },
  );
});
