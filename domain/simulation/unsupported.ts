import type { RuleSet } from '../assessment/rules/rule-set';
import { formatUsd, usd } from '../kernel/money';
import type { Fault } from '../kernel/result';
import { largestLoss, type Strategy, sized } from './strategy';

/** One cent in the millionths that dollars are counted in. */
export const CENT = 10_000n;

type Unsupported = Fault & { readonly asks: (rules: RuleSet) => boolean };

/**
 * Rules that would decide paths and are not simulated. What only refuses orders (leverage, caps, quiet times around
 * news, how orders fill) and what only signals is no part of this list: a simulated trade is one that the tier let
 * through. So is a stop: every simulated position has one from its opening.
 */
const UNSUPPORTED: readonly Unsupported[] = [
  {
    field: 'rules.startingUsd',
    rule: 'must be whole cents: paths are counted in cents',
    asks: ({ startingUsd }) => startingUsd % CENT !== 0n,
  },
  {
    field: 'rules.lossLayers',
    rule: 'must be empty: further layers of the loss are not simulated',
    asks: ({ lossLayers }) => lossLayers.length > 0,
  },
  {
    field: 'rules.openLoss',
    rule: 'must be null: a limit of the open loss is not simulated',
    asks: ({ openLoss }) => openLoss !== null,
  },
  {
    field: 'rules.riskPerTrade.plan',
    rule: 'must be unjudged: planned stops are not simulated',
    asks: ({ riskPerTrade }) => riskPerTrade?.plan === 'fail',
  },
  {
    field: 'rules.payout',
    rule: 'must be null: payouts are not simulated',
    asks: ({ payout }) => payout !== null,
  },
  {
    field: 'rules.activity.dayCountsIf',
    rule: 'must not be size: simulated trades have results and no sizes',
    asks: ({ activity }) => activity.dayCountsIf === 'size',
  },
  {
    field: 'rules.conduct.flatAt',
    rule: 'must be null: a time of day at which all is closed is not simulated',
    asks: ({ conduct }) => conduct.flatAt !== null,
  },
  {
    field: 'rules.conduct.news',
    rule: 'must not close positions or count wins in part: news is not simulated',
    asks: ({ conduct: { news } }) => news !== null && (news.bars === 'positions' || news.winShare !== null),
  },
];

/** The rules of this set that are not simulated, each by name; empty where every one that decides a path is. */
export const unsupportedBy = (rules: RuleSet): readonly Fault[] =>
  UNSUPPORTED.filter(({ asks }) => asks(rules)).map(({ field, rule }) => ({ field, rule }));

/** Why the tier would not let this strategy trade as it says; undefined where it would. */
export function mismatch(rules: RuleSet, strategy: Strategy): Fault | undefined {
  const { exposure, riskPerTrade, activity } = rules;
  const { tradesPerDayMax } = exposure;
  if (tradesPerDayMax !== null && strategy.tradesPerDay > tradesPerDayMax) {
    return { field: 'strategy.tradesPerDay', rule: `must be at most ${tradesPerDayMax}: the tier lets in no more` };
  }
  const loss = usd(largestLoss(sized(strategy)) * CENT);
  if (riskPerTrade?.severity === 'block' && loss > riskPerTrade.limitUsd) {
    const most = formatUsd(riskPerTrade.limitUsd);
    const rule = `must risk at most ${most} dollars a trade with its size: the tier refuses orders that could lose more`;
    return { field: 'strategy.size', rule };
  }
  // A trade that the tier itself closes was open for a third of the time at least.
  const heldMsMin = 3 * activity.tradeHeldMsMin;
  if (activity.shortWins === 'excluded' && strategy.heldMs < heldMsMin) {
    return { field: 'strategy.heldMs', rule: `must be at least ${heldMsMin}: shorter wins do not count` };
  }
  return undefined;
}
