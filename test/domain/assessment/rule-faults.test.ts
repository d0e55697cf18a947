import { ruleFault } from '../../../domain/assessment/rule-faults';
import type { RuleSet } from '../../../domain/assessment/rules';
import { parseUsd, type Usd } from '../../../domain/kernel/money';

const dollars = (text: string): Usd => parseUsd(text) as Usd;

const RULES: RuleSet = {
  startingUsd: dollars('10000'),
  profitTargetUsd: dollars('800'),
  maxDrawdownUsd: dollars('1000'),
  dailyLossUsd: dollars('500'),
  riskPerTradeUsd: dollars('300'),
  tradesMin: 5,
  leverageMax: 5,
  dayZone: 'UTC',
  dayResetAt: '00:00',
};

/** Goal: rules by which nobody could be judged are named before anybody buys them. */
test.each<[string, Partial<RuleSet>, string | undefined]>([
  ['sound rules', {}, undefined],
  ['a target as large as the account', { profitTargetUsd: dollars('10000') }, undefined],
  ['a daily loss as wide as the drawdown', { dailyLossUsd: dollars('1000') }, undefined],
  ['a drawdown one millionth short of everything', { maxDrawdownUsd: dollars('9999.999999') }, undefined],
  [
    'limits of a millionth',
    {
      profitTargetUsd: dollars('0.000001'),
      dailyLossUsd: dollars('0.000001'),
      maxDrawdownUsd: dollars('0.000001'),
      riskPerTradeUsd: dollars('0.000001'),
    },
    undefined,
  ],
  [
    'an account of two millionths',
    {
      startingUsd: dollars('0.000002'),
      profitTargetUsd: dollars('0.000001'),
      dailyLossUsd: dollars('0.000001'),
      maxDrawdownUsd: dollars('0.000001'),
      riskPerTradeUsd: dollars('0.000001'),
    },
    undefined,
  ],
  ['the largest account', { startingUsd: dollars('100000000') }, undefined],
  ['a zone with daylight saving', { dayZone: 'America/New_York' }, undefined],
  ['no money', { startingUsd: dollars('0') }, 'rules.startingUsd'],
  ['too much money', { startingUsd: dollars('100000000.000001') }, 'rules.startingUsd'],
  ['a target of nothing', { profitTargetUsd: dollars('0') }, 'rules.profitTargetUsd'],
  ['a target beyond the account', { profitTargetUsd: dollars('10000.01') }, 'rules.profitTargetUsd'],
  ['no drawdown', { maxDrawdownUsd: dollars('0') }, 'rules.maxDrawdownUsd'],
  ['a drawdown of everything', { maxDrawdownUsd: dollars('10000') }, 'rules.maxDrawdownUsd'],
  ['no daily loss', { dailyLossUsd: dollars('0') }, 'rules.dailyLossUsd'],
  ['a negative daily loss', { dailyLossUsd: dollars('-1') }, 'rules.dailyLossUsd'],
  ['a daily loss that never breaks first', { dailyLossUsd: dollars('1000.01') }, 'rules.dailyLossUsd'],
  ['no risk', { riskPerTradeUsd: dollars('0') }, 'rules.riskPerTradeUsd'],
  ['a risk that never breaks first', { riskPerTradeUsd: dollars('1000.01') }, 'rules.riskPerTradeUsd'],
  ['a zone that is none', { dayZone: 'Mars/Olympus' }, 'rules.dayZone'],
  ['an offset', { dayZone: '+02:00' }, 'rules.dayZone'],
  ['no zone', { dayZone: '' }, 'rules.dayZone'],
])('%s', (_, change, field) => {
  expect(ruleFault({ ...RULES, ...change })?.field).toBe(field);
});
