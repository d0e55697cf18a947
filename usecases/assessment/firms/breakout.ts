import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { dollars, fixed, of, share, times } from '../amounts';
import { blank, daily, line, payout, programOf } from './blank';
import type { FirmTemplate } from './firm-template';

const START = dollars('100000');

function rules(target: string | null): RuleSet {
  const base = blank(START, target === null ? null : of(START, target));
  const five = (name: string) => ({ instrument: idOf<InstrumentId>(name), leverageMax: times('5') });
  return {
    ...base,
    maxLoss: {
      ...base.maxLoss,
      mode: 'trailing_closed',
      width: fixed(START, '0.08'),
      lockUsd: START,
      payoutEffect: 'lowers_mark',
    },
    dailyLoss: daily({ width: { kind: 'share', share: share('0.05') } }),
    exposure: { ...base.exposure, leverageMax: times('2'), leverageOf: [five('BTC-USD'), five('ETH-USD')] },
    dayResetAt: '00:30',
  };
}

export const BREAKOUT: FirmTemplate = {
  slug: 'breakout-2-step',
  firm: 'Breakout',
  name: 'Breakout 2-Step 100K',
  readOn: '2026-11-30',
  sources: ['breakoutprop.com/program-rules', 'intercom.help/breakoutprop/en/articles/11647224'],
  program: programOf(
    ['Step 1', rules('0.05')],
    ['Step 2', rules('0.1')],
    ['Funded', { ...rules(null), payout: payout('0.8', { minUsd: dollars('50'), requiresFlat: true }) }],
  ),
  rules: [
    line(
      'Profit target',
      '5 %, then 10 %',
      ['target.profitUsd'],
      'the targets are of a tracker, not of the firm’s own page',
    ),
    line('Maximum drawdown', '8 % of the start below the highest balance, no higher than the start; equity is tested', [
      'maxLoss.mode',
      'maxLoss.lockUsd',
    ]),
    line('Daily loss', 'a share of the balance at 00:30 UTC: 3 to 5 % by program', ['dailyLoss.width', 'dayResetAt']),
    line('Leverage', '5 for BTC and ETH, 2 for all other', ['exposure.leverageMax', 'exposure.leverageOf']),
    line('Payouts and the drawdown', 'a payout lowers the high-water mark', ['maxLoss.payoutEffect']),
    line(
      'Payouts',
      'on any day, with nothing open, at least 50 dollars after the split; the amount leaves the balance at once',
      ['payout.minUsd', 'payout.requiresFlat'],
      'no order may work either',
    ),
    line('Split', '80 % for the trader', ['payout.split'], 'as third parties tell it; up to 90 % is sold'),
    line('Weekend and news', 'allowed', ['conduct.weekend']),
  ],
};
