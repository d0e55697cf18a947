import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { dollars, of, share, times } from '../amounts';
import { blank, daily, line, MINUTE_MS, payout, programOf } from './blank';
import type { FirmTemplate } from './firm-template';

const START = dollars('100000');

function rules(target: string | null): RuleSet {
  const base = blank(START, target === null ? null : of(START, target));
  return {
    ...base,
    dailyLoss: daily({ anchor: 'higher', width: { kind: 'share', share: share('0.05') } }),
    exposure: { ...base.exposure, leverageMax: times('2') },
    activity: { ...base.activity, inactivityDays: 30, inactivityBy: 'opened' },
    conduct: {
      ...base.conduct,
      news: { beforeMs: 2 * MINUTE_MS, afterMs: 2 * MINUTE_MS, bars: 'orders', winShare: null },
    },
    dayZone: 'America/New_York',
    dayResetAt: '17:00',
  };
}

const evaluated = (base: RuleSet): RuleSet => ({
  ...base,
  activity: { ...base.activity, daysMin: 3, dayCountsIf: 'gain', dayGainUsd: of(START, '0.005') },
});

export const THE_5ERS: FirmTemplate = {
  slug: 'the-5ers-high-stakes',
  firm: 'The5ers',
  name: 'The5ers High Stakes 100K',
  readOn: '2026-11-30',
  sources: [
    'help.the5ers.com',
    'propfirmlabs.com/firms/The5ers',
    'propfirmnetwork.com/?p=4412234',
    'fundedwiki.com/the5ers/daily-loss-pause',
    'pipback.pilr.dev/firms/the-5ers',
  ],
  program: programOf(
    ['Step 1', evaluated(rules('0.08'))],
    ['Step 2', evaluated(rules('0.05'))],
    [
      'Funded',
      { ...rules(null), payout: payout('0.8', { firstAfterDays: 14, everyDays: 14, minUsd: dollars('150') }) },
    ],
  ),
  rules: [
    line('Profit target', '8 %, then 5 %', ['target.profitUsd'], 'a newer plan asks for 10 % first'),
    line('Daily loss', '5 % of the higher of balance and equity at the day’s beginning', [
      'dailyLoss.anchor',
      'dailyLoss.width',
    ]),
    line('Maximum loss', '10 % of the start, fixed', ['maxLoss.width']),
    line('Profitable days', 'three with a closed gain of half a per cent of the start', ['activity.dayGainUsd']),
    line('Leverage', '2 for crypto', ['exposure.leverageMax']),
    line(
      'News',
      'no order is executed within two minutes of high-impact news',
      ['conduct.news.bars'],
      'a stop that is met fills: nobody is held in',
    ),
    line('Inactivity', 'thirty days without a new order', ['activity.inactivityBy']),
    line(
      'Payouts',
      '80 % of the profit, fourteen days after the first trade and then every fourteen, at least 150 dollars',
      ['payout.split', 'payout.firstAfterDays', 'payout.everyDays', 'payout.minUsd'],
      'days count from the account’s beginning; the split grows with the account, which is not said',
    ),
    line(
      'Scaling',
      'the account grows with each 10 % of profit',
      [],
      'payout.scaling would say it; how much each growth adds was in no source',
    ),
    line(
      'Trading day',
      'from midnight of the server, which names no zone',
      ['dayZone', 'dayResetAt'],
      '17:00 in New York is what the server’s clock comes to',
    ),
    line(
      'Copying',
      'own accounts up to 500,000 dollars together',
      ['conduct.copySignal'],
      'capital is not added up over the accounts of one person',
    ),
  ],
};
