import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { dollars, fixed, of, share } from '../amounts';
import { blank, daily, line, MINUTE_MS, payout, programOf } from './blank';
import type { FirmTemplate } from './firm-template';

const START = dollars('100000');

function rules(target: string | null, dailyPart: string): RuleSet {
  const base = blank(START, target === null ? null : of(START, target));
  return { ...base, dailyLoss: daily({ width: fixed(START, dailyPart) }), dayZone: 'Europe/Prague' };
}

const evaluated = (base: RuleSet): RuleSet => ({ ...base, activity: { ...base.activity, daysMin: 4 } });

/** The Standard account may neither open nor close around news, and holds nothing over a weekend. */
const funded = (base: RuleSet, split: string): RuleSet => ({
  ...base,
  payout: payout(split, {
    firstAfterDays: 14,
    everyDays: 14,
    requiresFlat: true,
    scaling: {
      afterDays: 120,
      profitShare: share('0.1'),
      payoutsMin: 2,
      growth: share('0.25'),
      of: 'start',
      maxUsd: dollars('2000000'),
    },
  }),
  conduct: {
    ...base.conduct,
    weekend: 'flat',
    news: { beforeMs: 2 * MINUTE_MS, afterMs: 2 * MINUTE_MS, bars: 'orders', winShare: null },
  },
});

const RESET = line('Trading day', 'from midnight to midnight in Prague', ['dayZone', 'dayResetAt']);
const NEWS = line(
  'News on the funded Standard account',
  'no order is opened or closed within two minutes of selected news',
  ['conduct.news.bars'],
  'a stop that is met fills: nobody is held in',
);
const WEEKEND = line('Weekend on the funded Standard account', 'nothing is held', ['conduct.weekend']);
const LEVERAGE = line(
  'Leverage',
  'by asset class, up to 1:100 for currencies',
  ['exposure.leverageMax'],
  'no currencies are traded here: 5 stands for all crypto',
);
const rewards = (split: string) =>
  line(
    'Rewards',
    `${split} of the profit, fourteen days after the first trade and then every fourteen, with nothing open and no order`,
    ['payout.split', 'payout.firstAfterDays', 'payout.everyDays', 'payout.requiresFlat'],
    'days count from the account’s beginning; the fee that comes back with the first is a price and no rule',
  );
const SCALING = line(
  'Scaling plan',
  'a quarter more of the balance after four months with 10 % of profit and two rewards, up to 2,000,000 dollars',
  ['payout.scaling'],
  'four months are 120 days; the split that grows with it is not said',
);
const SOURCES = [
  'ftmo.com/en/faq/how-do-i-withdraw-my-profits',
  'ftmo.com/en/reward-growth-and-scaling-plan',
  'ftmo.com/en/trading-objectives',
  'academy.ftmo.com/lesson/maximum-daily-loss',
  'fundedtruth.com/propfirm/ftmo-2-step-challenge-explained-profit-targets-rules-cost',
];

export const FTMO_TWO_STEP: FirmTemplate = {
  slug: 'ftmo-2-step',
  firm: 'FTMO',
  name: 'FTMO 2-Step 100K',
  readOn: '2026-11-30',
  sources: SOURCES,
  program: programOf(
    ['Challenge', evaluated(rules('0.1', '0.05'))],
    ['Verification', evaluated(rules('0.05', '0.05'))],
    ['FTMO Account', funded(rules(null, '0.05'), '0.8')],
  ),
  rules: [
    line('Profit target', '10 %, then 5 % of the initial balance; none once funded', ['target.profitUsd']),
    line('Maximum daily loss', '5 % of the initial balance below the balance at midnight, open profit counted', [
      'dailyLoss.width',
    ]),
    line('Maximum loss', 'equity may not fall below 90 % of the initial balance', ['maxLoss.width']),
    line('Minimum trading days', 'four on which a position is opened', ['activity.daysMin']),
    RESET,
    NEWS,
    WEEKEND,
    LEVERAGE,
    rewards('80 %'),
    SCALING,
  ],
};

const oneStep = (base: RuleSet): RuleSet => ({
  ...base,
  maxLoss: { ...base.maxLoss, mode: 'trailing_eod', lockUsd: START },
});

export const FTMO_ONE_STEP: FirmTemplate = {
  slug: 'ftmo-1-step',
  firm: 'FTMO',
  name: 'FTMO 1-Step 100K',
  readOn: '2026-11-30',
  sources: [...SOURCES, 'ftmo.com/au/?p=1671'],
  program: programOf(
    [
      'Challenge',
      {
        ...oneStep(rules('0.1', '0.03')),
        consistency: { shareMax: share('0.5'), of: 'winning_days', per: 'day', severity: 'gate' },
      },
    ],
    ['FTMO Account', funded(oneStep(rules(null, '0.03')), '0.9')],
  ),
  rules: [
    line('Profit target', '10 % of the initial balance; none once funded', ['target.profitUsd']),
    line('Maximum daily loss', '3 % of the initial balance below the balance at midnight', ['dailyLoss.width']),
    line(
      'Maximum loss',
      '10 %, trailing the balance of each day’s end',
      ['maxLoss.mode', 'maxLoss.lockUsd'],
      'sources disagree whether it stops at the initial balance: here it does',
    ),
    line('Best day', 'at most half of what the winning days made', ['consistency.shareMax']),
    RESET,
    NEWS,
    WEEKEND,
    LEVERAGE,
    rewards('90 %'),
    SCALING,
  ],
};
