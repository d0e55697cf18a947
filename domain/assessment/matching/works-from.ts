import { type Instant, plusMs } from '../../kernel/instant';
import type { DecisionContext } from '../context/decision-context';

/** When something that is sent to the market now reaches it; what has waited for its book by then is there already. */
export function worksFrom({ rules, at, arrivedAt = at }: Pick<DecisionContext, 'rules' | 'at' | 'arrivedAt'>): Instant {
  const reachedAt = plusMs(arrivedAt, rules.execution.latencyMs);
  return reachedAt > at ? reachedAt : at;
}
