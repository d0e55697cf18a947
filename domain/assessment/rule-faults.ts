import { parseUsd, type Usd } from '../kernel/money';
import type { Fault } from '../kernel/result';
import type { RuleSet } from './rules';
import { isTimeZone } from './trading-day';

/** Keeps every sum of an account far inside 64 bits of millionths. */
const STARTING_MAX = parseUsd('100000000') as Usd;

type Check = {
  readonly field: keyof RuleSet;
  readonly rule: string;
  readonly holds: (rules: RuleSet) => boolean;
};

/** In this order: the first that does not hold is named. */
const CHECKS: readonly Check[] = [
  { field: 'startingUsd', rule: 'must be above 0', holds: ({ startingUsd }) => startingUsd > 0n },
  {
    field: 'startingUsd',
    rule: 'must be at most 100000000',
    holds: ({ startingUsd }) => startingUsd <= STARTING_MAX,
  },
  { field: 'profitTargetUsd', rule: 'must be above 0', holds: ({ profitTargetUsd }) => profitTargetUsd > 0n },
  {
    field: 'profitTargetUsd',
    rule: 'must not be above startingUsd',
    holds: ({ profitTargetUsd, startingUsd }) => profitTargetUsd <= startingUsd,
  },
  { field: 'maxDrawdownUsd', rule: 'must be above 0', holds: ({ maxDrawdownUsd }) => maxDrawdownUsd > 0n },
  {
    field: 'maxDrawdownUsd',
    rule: 'must be below startingUsd',
    holds: ({ maxDrawdownUsd, startingUsd }) => maxDrawdownUsd < startingUsd,
  },
  { field: 'dailyLossUsd', rule: 'must be above 0', holds: ({ dailyLossUsd }) => dailyLossUsd > 0n },
  {
    field: 'dailyLossUsd',
    rule: 'must not be above maxDrawdownUsd',
    holds: ({ dailyLossUsd, maxDrawdownUsd }) => dailyLossUsd <= maxDrawdownUsd,
  },
  { field: 'riskPerTradeUsd', rule: 'must be above 0', holds: ({ riskPerTradeUsd }) => riskPerTradeUsd > 0n },
  {
    field: 'riskPerTradeUsd',
    rule: 'must not be above maxDrawdownUsd',
    holds: ({ riskPerTradeUsd, maxDrawdownUsd }) => riskPerTradeUsd <= maxDrawdownUsd,
  },
  { field: 'dayZone', rule: 'must be an IANA time zone such as Europe/Berlin', holds: isKnownZone },
];

/** Whether somebody could be judged by these rules; the first contradiction, named by its field. */
export const ruleFault = (rules: RuleSet): Fault | undefined => {
  const broken = CHECKS.find(({ holds }) => !holds(rules));
  return broken && { field: `rules.${broken.field}`, rule: broken.rule };
};

/** Offsets such as +02:00 are no zones: they have no daylight saving. */
function isKnownZone({ dayZone }: RuleSet): boolean {
  return /^[A-Za-z]/.test(dayZone) && isTimeZone(dayZone);
}
