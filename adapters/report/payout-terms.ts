import type { PayoutRules } from '../../domain/assessment/rules/payout-rules';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { counted, dollars, percent } from './figures';

type Term = { readonly label: string; readonly value: string };

/** What is paid out of the account, and when. */
export function payoutTerms({ payout }: Pick<RuleSet, 'payout'>): readonly Term[] {
  if (!payout) return [];
  const { split, firstAfterDays, everyDays, winningDays, consistencyMax, requiresFlat } = payout;
  const days = `first after ${counted(firstAfterDays, 'day')}, then every ${counted(everyDays, 'day')}`;
  const asked = [
    winningDays && `${counted(winningDays.min, 'day')} of ${dollars(winningDays.dayUsd)} won`,
    consistencyMax !== null && `the best day at most ${percent(consistencyMax)} of the profit since the last`,
    requiresFlat && 'nothing open',
  ].filter((each) => typeof each === 'string');
  return [
    { label: 'Payouts', value: `${percent(split)} of them is the trader’s; ${days}` },
    ...(asked.length === 0 ? [] : [{ label: 'Before a payout', value: asked.join('; ') }]),
    ...amountTerms(payout),
    ...scalingTerms(payout),
  ];
}

function scalingTerms({ scaling }: PayoutRules): readonly Term[] {
  if (!scaling) return [];
  const { afterDays, profitShare, payoutsMin, growth, of, maxUsd } = scaling;
  const asked = [
    afterDays > 0 && counted(afterDays, 'day'),
    `${percent(profitShare)} of profit`,
    payoutsMin > 0 && counted(payoutsMin, 'payout'),
  ].filter((each) => each !== false);
  const part = `${percent(growth)} of the ${of === 'start' ? 'starting balance' : 'capital'}`;
  return [
    { label: 'Growth of the capital', value: `by ${part} after ${asked.join(', ')}; at most ${dollars(maxUsd)}` },
  ];
}

function amountTerms({ profitMinUsd, minUsd, maxUsd, shareOfProfitMax, bufferUsd }: PayoutRules): readonly Term[] {
  const said = [
    profitMinUsd !== null && `of a profit of ${dollars(profitMinUsd)} or more`,
    minUsd !== null && `${dollars(minUsd)} or more for the trader`,
    maxUsd !== null && `at most ${dollars(maxUsd)} at once`,
    shareOfProfitMax !== null && `at most ${percent(shareOfProfitMax)} of the profit`,
    bufferUsd > 0n && `${dollars(bufferUsd)} above the start stay`,
  ].filter((each) => each !== false);
  return said.length === 0 ? [] : [{ label: 'Amount of a payout', value: said.join('; ') }];
}
