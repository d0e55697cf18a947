import { SeededRandom } from '../../../local/simulators/truth/random';

/** What a trader does who tries nothing: enters with a part of the leverage, holds for a while, and closes. */
export type PlannedTrade = {
  readonly entersAt: number;
  readonly leavesAt: number;
  readonly side: 'buy' | 'sell';
  /** Notional over the starting balance. */
  readonly leverage: number;
  /** Whether the stop is placed that some tiers ask for. */
  readonly hasStop: boolean;
};

export function honestPlan(seed: number, steps: number): readonly PlannedTrade[] {
  const random = new SeededRandom(seed * 104_729 + 1);
  const trades: PlannedTrade[] = [];
  let free = random.whole(3, 10);
  while (free < steps - 12) {
    const leavesAt = Math.min(steps - 2, free + random.whole(8, 40));
    const side = random.next() < 0.5 ? 'buy' : 'sell';
    trades.push({ entersAt: free, leavesAt, side, leverage: random.between(0.4, 2.2), hasStop: random.next() < 0.8 });
    free = leavesAt + random.whole(1, 8);
  }
  return trades;
}
