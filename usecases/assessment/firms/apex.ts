import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { dollars, share } from '../amounts';
import { blank, line, MINUTE_MS, NO_FUTURES, payout, programOf } from './blank';
import type { FirmTemplate } from './firm-template';

const START = dollars('50000');

function rules(targetUsd: string | null, lockUsd: string): RuleSet {
  const base = blank(START, targetUsd === null ? null : dollars(targetUsd));
  return {
    ...base,
    maxLoss: {
      ...base.maxLoss,
      mode: 'trailing_intraday',
      width: { kind: 'usd', usd: dollars('2500') },
      trails: 'equity',
      lockUsd: dollars(lockUsd),
    },
    conduct: { ...base.conduct, weekend: 'flat', flatAt: { time: '16:59', quietMs: MINUTE_MS } },
    dayZone: 'America/New_York',
    dayResetAt: '18:00',
  };
}

const size = (from: string, most: string) => ({
  instrument: null,
  fromBalanceUsd: dollars(from),
  most: { kind: 'usd', usd: dollars(most) } as const,
});

const evaluation = rules('3000', '53000');
const performance = rules(null, '50100');

export const APEX: FirmTemplate = {
  slug: 'apex-50k',
  firm: 'Apex Trader Funding',
  name: 'Apex 50K intraday',
  readOn: '2026-11-30',
  sources: [
    'fundedwiki.com/apex-trader-funding',
    'fundedmath.com/apex-trader-funding-rules-guide',
    'proptradingauthority.com/reviews/apex-trader-funding-payout-rules',
    'blog.traderspost.io (Apex payout rules)',
    'propfirmreview.pages.dev/hidden-rules',
  ],
  program: programOf(
    ['Evaluation', { ...evaluation, exposure: { ...evaluation.exposure, sizeSteps: [size('0', '250000')] } }],
    [
      'Performance Account',
      {
        ...performance,
        payout: payout('0.9', {
          profitMinUsd: dollars('2600'),
          minUsd: dollars('500'),
          maxUsd: dollars('2000'),
          winningDays: { min: 5, dayUsd: dollars('50') },
          consistencyMax: share('0.5'),
        }),
        openLoss: { share: share('0.3'), severity: 'close' },
        exposure: { ...performance.exposure, sizeSteps: [size('0', '125000'), size('52600', '250000')] },
      },
    ],
  ),
  rules: [
    line('Profit target', '3,000 dollars', ['target.profitUsd']),
    line(
      'Trailing threshold',
      '2,500 dollars below the highest equity, open profit counted; it stops at the start and 100 dollars once funded',
      ['maxLoss.mode', 'maxLoss.lockUsd'],
      'in the evaluation one platform stops at the target, another never: here at the target',
    ),
    line('Daily loss limit', 'none on intraday plans', []),
    line('Flat', 'by 16:59 in New York', ['conduct.flatAt.time']),
    line('Contracts', 'ten; half of them until the safety net is reached', ['exposure.sizeSteps'], NO_FUTURES),
    line(
      'Negative P&L',
      'at most 30 % of the day’s opening profit, or of the threshold, may be open as a loss',
      ['openLoss.share'],
      'of older plans; it becomes 50 % beyond twice the safety net, which is not said',
    ),
    line(
      'Payouts',
      'beyond the safety net of 2,600 dollars, 500 to 2,000 dollars, after five days that won 50 each; best day at most half',
      ['payout.profitMinUsd', 'payout.minUsd', 'payout.maxUsd', 'payout.winningDays', 'payout.consistencyMax'],
      'eight trading days in all are not asked for; the most ends with the fifth payout, the safety net with the third; older plans say 30 %',
    ),
    line(
      'Split',
      '90 % for the trader, of the first 25,000 dollars all',
      ['payout.split'],
      'one split holds from the first dollar',
    ),
    line(
      'Risk and reward',
      'a stop may be at most five times its target',
      [],
      'stops are not held against take-profits',
    ),
    line('Trading day', 'from 18:00 to 18:00 in New York', ['dayZone', 'dayResetAt']),
  ],
};
