import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { dollars, share } from '../amounts';
import { blank, daily, line, MINUTE_MS, NO_FUTURES, payout, programOf } from './blank';
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
      lockUsd: START,
      payoutEffect: 'floor_to_start',
    },
    dailyLoss: daily({ width: { kind: 'usd', usd: dollars('1000') }, severity: 'close' }),
    conduct: { ...base.conduct, weekend: 'flat', flatAt: { time: '15:10', quietMs: MINUTE_MS } },
    dayZone: 'America/Chicago',
    dayResetAt: '17:00',
  };
}

const lots = (from: string, count: string) => ({
  instrument: null,
  fromBalanceUsd: dollars(from),
  most: { kind: 'usd', usd: dollars(count) } as const,
});

const combine = rules('3000');
const express = rules(null);

export const TOPSTEP: FirmTemplate = {
  slug: 'topstep-50k',
  firm: 'Topstep',
  name: 'Topstep 50K',
  readOn: '2026-11-30',
  sources: [
    'help.futures.topstep.com/hc/en-us/articles/4410709082003',
    'help.topstep.com (Trading Combine, Express Funded Account, payout policy)',
    'propfirmapp.com/prop-firms/topstep',
  ],
  program: programOf(
    [
      'Trading Combine',
      {
        ...combine,
        exposure: { ...combine.exposure, sizeSteps: [lots('0', '125000')] },
        consistency: { shareMax: share('0.5'), of: 'net', per: 'day', severity: 'gate' },
      },
    ],
    [
      'Express Funded Account',
      {
        ...express,
        payout: payout('0.9', {
          shareOfProfitMax: share('0.5'),
          winningDays: { min: 5, dayUsd: dollars('150') },
        }),
        exposure: {
          ...express.exposure,
          sizeSteps: [lots('0', '50000'), lots('51500', '75000'), lots('52000', '125000')],
        },
      },
    ],
  ),
  rules: [
    line('Profit target', '3,000 dollars', ['target.profitUsd']),
    line('Maximum loss limit', '2,000 dollars below the highest balance of a day’s end, up to the start', [
      'maxLoss.mode',
      'maxLoss.lockUsd',
    ]),
    line('Daily loss limit', '1,000 dollars, by choice: positions are closed until the next day, nothing fails', [
      'dailyLoss.severity',
    ]),
    line(
      'Consistency',
      'the best day is at most half of the profit',
      ['consistency.shareMax'],
      'older sources say 40 %',
    ),
    line('Flat', 'every position by 15:10 in Chicago; the next session begins at 17:00', ['conduct.flatAt.time']),
    line(
      'Contracts',
      'five in the Combine; two, three, five by the balance once funded',
      ['exposure.sizeSteps'],
      NO_FUTURES,
    ),
    line(
      'Payouts',
      'half of the balance after five days that won 150 dollars each, 90 % for the trader; the loss limit moves to zero',
      ['payout.shareOfProfitMax', 'payout.winningDays', 'payout.split', 'maxLoss.payoutEffect'],
      'sources name 100 to 200 dollars a day, and some the whole of the first 10,000 dollars for the trader',
    ),
    line('Trading day', 'from 17:00 to 17:00 in Chicago', ['dayZone', 'dayResetAt']),
    line(
      'Express Funded balance',
      'begins at zero, with the loss limit below it',
      [],
      'an account begins with its starting balance: the distances are the same',
    ),
  ],
};
