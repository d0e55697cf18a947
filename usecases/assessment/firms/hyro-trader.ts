import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { dollars, fixed, of, share } from '../amounts';
import { blank, daily, line, MINUTE_MS, perTrade, programOf } from './blank';
import type { FirmTemplate } from './firm-template';

const START = dollars('100000');

function rules(target: string | null): RuleSet {
  const base = blank(START, target === null ? null : of(START, target));
  return {
    ...base,
    dailyLoss: daily({ anchor: 'peak', width: fixed(START, '0.05') }),
    riskPerTrade: perTrade(of(START, '0.03'), {
      severity: 'fail',
      plan: 'fail',
      stopWithinMs: 5 * MINUTE_MS,
      stopSeverity: 'fail',
      stopCorrection: { count: 1, withinMs: 60 * MINUTE_MS },
    }),
  };
}

const evaluated = (base: RuleSet, daysMin: number): RuleSet => ({
  ...base,
  activity: {
    ...base.activity,
    daysMin,
    dayCountsIf: 'size',
    daySizeShareMin: share('0.7'),
    daySizeOf: 'past',
    inactivityDays: 30,
  },
  consistency: { shareMax: share('0.4'), of: 'net', per: 'day', severity: 'gate' },
});

export const HYRO_TRADER: FirmTemplate = {
  slug: 'hyro-trader-2-step',
  firm: 'HyroTrader',
  name: 'HyroTrader 2-Step 100K',
  readOn: '2026-11-30',
  sources: ['hyrotrader.com/faq/rules', 'velotrade.com/blog/hyrotrader-vs-velotrade'],
  program: programOf(
    ['Phase 1', evaluated(rules('0.1'), 10)],
    ['Phase 2', evaluated(rules('0.05'), 5)],
    ['Funded', rules(null)],
  ),
  rules: [
    line('Profit target', '10 %, then 5 %', ['target.profitUsd']),
    line('Daily drawdown', '5 % of the start below the highest equity of the day (Standard)', ['dailyLoss.anchor']),
    line('Maximum loss', '10 % of the start, fixed', ['maxLoss.width']),
    line(
      'Risk per trade',
      '3 % of the start, open or closed, and planned: entry less stop times size, with commissions',
      ['riskPerTrade.limitUsd', 'riskPerTrade.plan'],
    ),
    line('Stop-loss', 'within five minutes; one correction of an hour an account', [
      'riskPerTrade.stopWithinMs',
      'riskPerTrade.stopCorrection',
    ]),
    line(
      'Trading days',
      'ten, then five, each with a trade of 70 % of one’s average size',
      ['activity.daysMin', 'activity.daySizeShareMin'],
      'whether the trade counts towards its own average is not published: here the average is of those before',
    ),
    line('Consistency', 'the best day is at most 40 % of the profit, in the evaluation', ['consistency.shareMax']),
    line('Inactivity', 'thirty days', ['activity.inactivityDays']),
  ],
};
