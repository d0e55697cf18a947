import type { RuleSet } from '../../domain/assessment/rules';
import { portion, ppm } from '../../domain/kernel/money';
import type { SeededRandom } from '../../local/simulators/truth/random';
import { pick } from './market';

const ANCHORS = ['initial', 'balance', 'equity', 'higher', 'peak'] as const;

/** Some break a rule only beyond the limit, some reach their target soon; the daily loss counts from anything. */
export function variedRules(rules: RuleSet, random: SeededRandom): RuleSet {
  const isShort = random.next() < 0.4;
  const target = rules.target && { ...rules.target, profitUsd: portion(rules.startingUsd, ppm(2_000n), 'floor') };
  const anchor = random.next() < 0.3 ? pick(random, ANCHORS)[0] : undefined;
  const gainCapUsd = random.next() < 0.2 ? portion(rules.startingUsd, ppm(5_000n), 'floor') : null;
  return {
    ...rules,
    dailyLoss: rules.dailyLoss && { ...rules.dailyLoss, ...(anchor && { anchor }), gainCapUsd },
    touch: random.next() < 0.2 ? 'safe' : 'breach',
    execution: { restingFills: random.next() < 0.7 ? 'queue' : 'through' },
    ...(isShort && { target, activity: { ...rules.activity, tradesMin: 1, daysMin: 0 }, consistency: null }),
  };
}
