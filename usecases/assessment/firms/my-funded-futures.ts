import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { dollars, share } from '../amounts';
import { blank, line, MINUTE_MS, NO_FUTURES, payout, programOf } from './blank';
import type { FirmTemplate } from './firm-template';

const START = dollars('50000');

function rules(targetUsd: string | null): RuleSet {
  const base = blank(START, targetUsd === null ? null : dollars(targetUsd));
  return {
    ...base,
    maxLoss: {
      ...base.maxLoss,
      mode: 'trailing_eod',
      width: { kind: 'usd', usd: dollars('2000') },
      lockUsd: dollars('50100'),
    },
    conduct: { ...base.conduct, weekend: 'flat', flatAt: { time: '16:10', quietMs: MINUTE_MS } },
    dayZone: 'America/New_York',
    dayResetAt: '18:00',
  };
}

const step = (from: string, most: string) => ({
  instrument: null,
  fromBalanceUsd: dollars(from),
  most: { kind: 'usd', usd: dollars(most) } as const,
});

const funded = rules(null);

export const MY_FUNDED_FUTURES: FirmTemplate = {
  slug: 'my-funded-futures-50k',
  firm: 'MyFundedFutures',
  name: 'MyFundedFutures 50K',
  readOn: '2026-11-30',
  sources: [
    'help.myfundedfutures.com/en/articles/12453188',
    'payoutlab.io/prop-firms/myfundedfutures',
    'fundedprogramfinder.com/my-funded-futures-review',
  ],
  program: programOf(
    [
      'Evaluation',
      { ...rules('3000'), consistency: { shareMax: share('0.5'), of: 'net', per: 'day', severity: 'gate' } },
    ],
    [
      'Sim Funded',
      {
        ...funded,
        payout: payout('0.9', {
          minUsd: dollars('250'),
          winningDays: { min: 5, dayUsd: dollars('100') },
          consistencyMax: share('0.4'),
        }),
        exposure: {
          ...funded.exposure,
          sizeSteps: [step('0', '50000'), step('51500', '75000'), step('52000', '125000')],
        },
      },
    ],
  ),
  rules: [
    line('Profit target', '3,000 dollars', ['target.profitUsd']),
    line(
      'Maximum loss limit',
      '2,000 dollars below the highest balance of a day’s end, up to the start and 100 dollars',
      ['maxLoss.lockUsd'],
    ),
    line('Daily loss limit', 'none', []),
    line('Consistency', 'the best day is at most half of the profit in the evaluation', ['consistency.shareMax']),
    line('Minimum days', 'sources disagree: none, two, or five', [], 'none is asked for'),
    line(
      'Payouts (Core)',
      'five winning days, best day at most 40 % of the profit since the last, at least 250 dollars',
      ['payout.winningDays', 'payout.consistencyMax', 'payout.minUsd'],
      'what a winning day has to make differs: here 100 dollars',
    ),
    line(
      'Split',
      '90 % for the trader, of the first 10,000 dollars all',
      ['payout.split'],
      'one split holds from the first dollar',
    ),
    line('Flat', 'by 16:10 in New York', ['conduct.flatAt.time']),
    line(
      'Contracts once funded',
      'two below 1,500 dollars of profit, three below 2,000, then five',
      ['exposure.sizeSteps'],
      NO_FUTURES,
    ),
  ],
};
