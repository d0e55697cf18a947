import type { Odds } from '../contract';
import { RULE_NAMES } from '../rules';

export type End = Pick<Odds['ends'][number], 'outcome' | 'rule'>;

/** How a path may end, in the order in which bars are stacked. `slug` names its colour. */
export const END_KINDS = [
  { slug: 'passed', name: 'Passed' },
  { slug: 'max_drawdown', name: RULE_NAMES.max_drawdown },
  { slug: 'daily_loss', name: RULE_NAMES.daily_loss },
  { slug: 'risk_per_trade', name: RULE_NAMES.risk_per_trade },
  { slug: 'consistency', name: RULE_NAMES.consistency },
  { slug: 'inactivity', name: RULE_NAMES.inactivity },
  { slug: 'time_limit', name: RULE_NAMES.time_limit },
  { slug: 'failed', name: 'Failed' },
  { slug: 'open', name: 'Still open' },
] as const;

export type EndKind = (typeof END_KINDS)[number]['slug'];

export const kindOf = ({ outcome, rule }: End): EndKind => (outcome === 'failed' ? (rule ?? 'failed') : outcome);

const NAMES = new Map<string, string>(END_KINDS.map(({ slug, name }) => [slug, name]));

export const endName = (end: End): string => NAMES.get(kindOf(end)) ?? 'Failed';

type Scenario = Odds['scenarios'][number]['name'];

export const SCENARIO_NAMES: Readonly<Record<Scenario, string>> = {
  half_size: 'Half the size',
  double_size: 'Double the size',
  volatile: 'Rougher markets',
  less_won: 'Fewer trades won',
  clustered: 'Losses come together',
  worst_day: 'The worst day again',
};

export const SCENARIO_MEANS: Readonly<Record<Scenario, string>> = {
  half_size: 'Each trade wins and loses half as much',
  double_size: 'Each trade wins and loses twice as much',
  volatile: 'Results lie half as far again from their mean, both ways',
  less_won: 'Five in a hundred of all trades are lost that were won',
  clustered: 'Trades come in runs that are five times as long',
  worst_day: 'Your worst real day comes again in the middle of the time',
};
