import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { dollars, fixed, of, share } from '../amounts';
import { blank, daily, line, MINUTE_MS, payout, programOf } from './blank';
import type { FirmTemplate } from './firm-template';

const START = dollars('100000');

function rules(target: string | null): RuleSet {
  const base = blank(START, target === null ? null : of(START, target));
  return {
    ...base,
    dailyLoss: daily({ width: fixed(START, '0.05') }),
    dayZone: 'Europe/Helsinki',
  };
}

const evaluated = (base: RuleSet): RuleSet => ({ ...base, activity: { ...base.activity, daysMin: 5 } });

const account = rules(null);

export const FUNDED_NEXT: FirmTemplate = {
  slug: 'funded-next-stellar',
  firm: 'FundedNext',
  name: 'FundedNext Stellar 2-Step 100K',
  readOn: '2026-11-30',
  sources: [
    'fundednext.com (Stellar rules)',
    'help.fundednext.com/en/articles/9430969',
    'traderssecondbrain.com/guides/prop-firm-rules-cheatsheet',
  ],
  program: programOf(
    ['Phase 1', evaluated(rules('0.08'))],
    ['Phase 2', evaluated(rules('0.05'))],
    [
      'FundedNext Account',
      {
        ...account,
        payout: payout('0.8', {
          firstAfterDays: 21,
          everyDays: 14,
          scaling: {
            afterDays: 0,
            profitShare: share('0.1'),
            payoutsMin: 0,
            growth: share('0.25'),
            of: 'capital',
            maxUsd: dollars('4000000'),
          },
        }),
        conduct: {
          ...account.conduct,
          news: { beforeMs: 5 * MINUTE_MS, afterMs: 5 * MINUTE_MS, bars: 'nothing', winShare: share('0.4') },
        },
      },
    ],
  ),
  rules: [
    line('Profit target', '8 %, then 5 %', ['target.profitUsd']),
    line('Daily loss', '5 % of the start below the balance at the server’s midnight', ['dailyLoss.width']),
    line('Maximum loss', '10 % of the start, fixed', ['maxLoss.width']),
    line('Trading days', 'five in each phase', ['activity.daysMin']),
    line('News once funded', 'trading is allowed; of a profit made within five minutes 40 % counts', [
      'conduct.news.winShare',
    ]),
    line('Rewards', '80 % of the profit, after 21 days and then every 14', [
      'payout.split',
      'payout.firstAfterDays',
      'payout.everyDays',
    ]),
    line(
      'Scale-up',
      'a quarter more of the balance for each 10 % of growth, up to 4,000,000 dollars, and a split of 90 %',
      ['payout.scaling'],
      'a split that grows with the account is not said',
    ),
    line(
      'Trading day',
      'from midnight at GMT+2, in summer GMT+3',
      ['dayZone', 'dayResetAt'],
      'the server follows the clocks of New York: in some weeks of spring and autumn it is an hour off',
    ),
  ],
};
