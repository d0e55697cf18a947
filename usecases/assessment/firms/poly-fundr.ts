import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { dollars, of, share } from '../amounts';
import { blank, daily, line, payout, perTrade, programOf } from './blank';
import type { FirmTemplate } from './firm-template';

const START = dollars('10000');

function rules(target: string | null): RuleSet {
  const base = blank(START, target === null ? null : of(START, target));
  return {
    ...base,
    target: base.target && { ...base.target, counts: 'equity' },
    maxLoss: {
      ...base.maxLoss,
      mode: 'trailing_intraday',
      width: { kind: 'share', share: share('0.2') },
      trails: 'equity',
      payoutEffect: 'lowers_mark',
    },
    dailyLoss: daily({ anchor: 'equity', width: { kind: 'share', share: share('0.1') } }),
    riskPerTrade: perTrade(of(START, '0.05')),
    exposure: { ...base.exposure, marketUsdMax: of(START, '0.05') },
    activity: { ...base.activity, inactivityDays: 14 },
    touch: 'safe',
  };
}

export const POLY_FUNDR: FirmTemplate = {
  slug: 'poly-fundr-10k',
  firm: 'PolyFundr',
  name: 'PolyFundr 10K',
  readOn: '2026-11-30',
  sources: [
    'support.polyfundr.com/challenges/rules',
    'support.polyfundr.com/funded/risk-rules',
    'support.polyfundr.com/faq/rules',
  ],
  program: programOf(
    [
      'Challenge',
      { ...rules('0.3'), consistency: { shareMax: share('0.3'), of: 'net', per: 'day', severity: 'gate' } },
    ],
    [
      'Funded',
      {
        ...rules(null),
        payout: payout('0.9', {
          profitMinUsd: of(START, '0.3'),
          maxUsd: dollars('1000'),
          consistencyMax: share('0.4'),
        }),
      },
    ],
  ),
  rules: [
    line('Profit target', 'equity of 30 % above the start', ['target.counts']),
    line('Consistency', 'no day made more than 30 % of the realized profit', ['consistency.shareMax']),
    line('Daily drawdown', 'more than 10 % below the equity at the UTC day’s beginning', ['dailyLoss.anchor', 'touch']),
    line('Total drawdown', 'more than 20 % below the highest equity', ['maxLoss.mode', 'touch']),
    line('Risk per market', 'at most 5 % of the start; the order is blocked', [
      'exposure.marketUsdMax',
      'riskPerTrade.limitUsd',
    ]),
    line('Inactivity', 'fourteen days', ['activity.inactivityDays']),
    line(
      'Payouts',
      '90 % of a realized profit of 30 % or more, 1,000 to 5,000 dollars at most; best day at most 40 % since the last',
      ['payout.split', 'payout.profitMinUsd', 'payout.maxUsd', 'payout.consistencyMax'],
      'which plan has which most is not published: here the lowest',
    ),
    line('Payouts and drawdown', 'paid payouts are accounted for', ['maxLoss.payoutEffect']),
  ],
};
