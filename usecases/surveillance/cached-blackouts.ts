import type { Blackout } from '../../domain/assessment/context/decision-context';
import { DAY_MS, type Instant, plusMs } from '../../domain/kernel/instant';
import type { BlackoutSource, BlackoutStore } from '../ports/surveillance/blackouts';

/** Further away than any tier's news rule reaches. */
const REACH_MS = 7 * DAY_MS;

/** Keeps what is scheduled for a moment, so that an order costs no query for it. */
export function cachedBlackouts(store: Pick<BlackoutStore, 'between'>, keepMs: number): BlackoutSource {
  let kept: { readonly at: Instant; readonly near: Promise<readonly Blackout[]> } | undefined;
  return {
    current: (at) => {
      if (kept && Math.abs(at - kept.at) < keepMs) return kept.near;
      const near = store.between(plusMs(at, -REACH_MS), plusMs(at, REACH_MS));
      kept = { at, near };
      // What could not be read is asked for again.
      near.catch(() => {
        if (kept?.near === near) kept = undefined;
      });
      return near;
    },
  };
}
