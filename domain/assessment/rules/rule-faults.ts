import { MILLION, portion, subUsd, type Usd } from '../../kernel/money';
import type { Fault } from '../../kernel/result';
import { boundFault } from './bound-fault';
import { isPart, isShare } from './bounds';
import { widthOf } from './limits';
import { RULE_SET_FIELDS, type RuleSet, type Width } from './rule-set';

type Relation = {
  /** From the rule set on: `maxLoss.width`. */
  readonly field: string;
  readonly rule: string;
  readonly holds: (rules: RuleSet) => boolean;
};

/** What a field has to be because of others; what each is by itself stands in the description of the rule set. */
const RELATIONS: readonly Relation[] = [
  {
    field: 'target.profitUsd',
    rule: 'must not be above startingUsd',
    holds: ({ target, startingUsd }) => target === null || target.profitUsd <= startingUsd,
  },
  {
    field: 'maxLoss.width',
    rule: 'must be below startingUsd, a share below 1',
    holds: ({ maxLoss, startingUsd }) => isBelow(maxLoss.width, startingUsd),
  },
  {
    field: 'maxLoss.trails',
    rule: 'must be balance where the floor moves with closed trades',
    holds: ({ maxLoss }) => maxLoss.mode !== 'trailing_closed' || maxLoss.trails === 'balance',
  },
  {
    field: 'maxLoss.lockUsd',
    rule: 'must be null for a floor that never moves',
    holds: ({ maxLoss }) => maxLoss.mode !== 'static' || maxLoss.lockUsd === null,
  },
  {
    field: 'maxLoss.lockUsd',
    rule: 'must not be below the first floor, startingUsd less the width',
    holds: (rules) => rules.maxLoss.lockUsd === null || rules.maxLoss.lockUsd >= firstFloor(rules),
  },
  {
    field: 'maxLoss.payoutEffect',
    rule: 'must be none for a floor that never moves',
    holds: ({ maxLoss }) => maxLoss.mode !== 'static' || maxLoss.payoutEffect === 'none',
  },
  {
    field: 'dailyLoss.width',
    rule: 'must not be above the maximum loss',
    holds: (rules) => !rules.dailyLoss || widthOf(rules.dailyLoss.width, rules.startingUsd) <= maxLossUsd(rules),
  },
  {
    field: 'lossLayers',
    rule: 'must have widths below startingUsd, a share below 1',
    holds: ({ lossLayers, startingUsd }) => lossLayers.every(({ width }) => isBelow(width, startingUsd)),
  },
  {
    field: 'lossLayers',
    rule: 'must not count as a daily loss that there is not, or as a maximum loss that never moves',
    holds: ({ lossLayers, dailyLoss, maxLoss }) =>
      lossLayers.every(
        ({ span, anchor }) => anchor !== 'same' || (span === 'day' ? dailyLoss !== null : maxLoss.mode !== 'static'),
      ),
  },
  {
    field: 'riskPerTrade.limitUsd',
    rule: 'must not be above the maximum loss',
    holds: (rules) => !rules.riskPerTrade || rules.riskPerTrade.limitUsd <= maxLossUsd(rules),
  },
  {
    field: 'riskPerTrade.stopCorrection',
    rule: 'must be null where no stop is asked for',
    holds: ({ riskPerTrade }) => riskPerTrade?.stopWithinMs !== null || riskPerTrade.stopCorrection === null,
  },
  {
    field: 'riskPerTrade.plan',
    rule: 'must be unjudged where an order is refused for it',
    holds: ({ riskPerTrade }) => riskPerTrade?.plan !== 'fail' || riskPerTrade.severity === 'fail',
  },
  {
    field: 'riskPerTrade.stopMissesToFail',
    rule: 'must be null where no stop is asked for, or each that is missing fails',
    holds: ({ riskPerTrade }) =>
      riskPerTrade === null ||
      riskPerTrade.stopMissesToFail === null ||
      (riskPerTrade.stopWithinMs !== null && riskPerTrade.stopSeverity === 'close'),
  },
  {
    field: 'exposure.outcomePriceMax',
    rule: 'must be above outcomePriceMin and at most 1',
    holds: ({ exposure }) => isShare(exposure.outcomePriceMax) && exposure.outcomePriceMax > exposure.outcomePriceMin,
  },
  {
    field: 'activity.dayGainUsd',
    rule: 'must be above 0 where a day counts by its gain',
    holds: ({ activity }) => activity.dayCountsIf !== 'gain' || activity.dayGainUsd > 0n,
  },
  {
    field: 'activity.daySizeShareMin',
    rule: 'must be above 0 and at most 1 where a day counts by size',
    holds: ({ activity }) => activity.dayCountsIf !== 'size' || isPart(activity.daySizeShareMin),
  },
  {
    field: 'activity.shortWins',
    rule: 'must be count where tradeHeldMsMin is 0',
    holds: ({ activity }) => activity.shortWins === 'count' || activity.tradeHeldMsMin > 0,
  },
  {
    field: 'activity.timeLimitDays',
    rule: 'must not be below daysMin',
    holds: ({ activity }) => activity.timeLimitDays === null || activity.timeLimitDays >= activity.daysMin,
  },
  {
    field: 'conduct.flatAt.time',
    rule: 'must differ from dayResetAt',
    holds: ({ conduct, dayResetAt }) => conduct.flatAt?.time !== dayResetAt,
  },
  {
    field: 'conduct.news.beforeMs',
    rule: 'must be at least 60000 where positions are closed before news',
    holds: ({ conduct: { news } }) => news?.bars !== 'positions' || news.beforeMs >= 60_000,
  },
  {
    field: 'consistency',
    rule: 'must be null without a target',
    holds: ({ consistency, target }) => consistency === null || target !== null,
  },
  {
    field: 'payout',
    rule: 'must be null with a target: what is passed is not paid out of',
    holds: ({ payout, target }) => payout === null || target === null,
  },
  {
    field: 'payout.maxUsd',
    rule: 'must leave the trader minUsd after the split',
    holds: ({ payout }) =>
      payout === null ||
      payout.maxUsd === null ||
      portion(payout.maxUsd, payout.split, 'floor') >= (payout.minUsd ?? 1n),
  },
  {
    field: 'payout.scaling.maxUsd',
    rule: 'must be above startingUsd',
    holds: ({ payout, startingUsd }) => !payout?.scaling || payout.scaling.maxUsd > startingUsd,
  },
];

/**
 * Whether somebody could be judged by these rules: the first contradiction, named by its field. What a field says alone
 * comes first, in the order of the rule set, then what relates them.
 */
export function ruleFault(rules: RuleSet): Fault | undefined {
  const alone = boundFault(RULE_SET_FIELDS, rules, 'rules');
  if (alone) return alone;
  const broken = RELATIONS.find(({ holds }) => !holds(rules));
  return broken && { field: `rules.${broken.field}`, rule: broken.rule };
}

const isBelow = (width: Width, startingUsd: Usd): boolean =>
  width.kind === 'usd' ? width.usd < startingUsd : width.share < MILLION;

const maxLossUsd = ({ maxLoss, startingUsd }: RuleSet): Usd => widthOf(maxLoss.width, startingUsd);

const firstFloor = (rules: RuleSet): Usd => subUsd(rules.startingUsd, maxLossUsd(rules));
