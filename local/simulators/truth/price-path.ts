import type { PricePath } from './candle-path';
import type { Listing } from './listing';
import type { SeededRandom } from './random';

const JUMPS_PER_SECOND = 1 / 900;
const JUMP_SIZE = 25; // Standard deviations of one second.

/** The moving mid prices: correlated random walks with rare jumps, or the first spot along a replayed path. */
export class PricePaths {
  private readonly mids = new Map<string, number>();
  private position = 0;

  constructor(
    private readonly listings: readonly Listing[],
    private readonly random: SeededRandom,
    private readonly replay?: PricePath,
  ) {
    for (const { id, startPrice } of listings) this.mids.set(id, startPrice);
    const leader = listings.find(({ kind }) => kind === 'spot');
    const began = replay?.priceAt(0);
    if (leader && began !== undefined) this.mids.set(leader.id, began);
  }

  mid(id: string): number {
    return this.mids.get(id) ?? 0;
  }

  set(id: string, price: number): void {
    this.mids.set(id, price);
  }

  /** Lets `seconds` pass for the instruments that `factorOf` lets move; 0 holds one still, 2 doubles its moves. */
  step(seconds: number, factorOf: (id: string) => number): void {
    const common = this.random.normal();
    const replayed = this.replayedReturn(seconds);
    for (const listing of this.listings) {
      const own = this.random.normal();
      const jump = this.random.next() < JUMPS_PER_SECOND * seconds ? JUMP_SIZE * this.random.normal() : 0;
      const spread = listing.volatility * factorOf(listing.id);
      const mid = this.mid(listing.id);
      if (listing.kind === 'outcome') {
        const odds = Math.log(mid / (1 - mid)) + spread * (Math.sqrt(seconds) * own + jump);
        this.mids.set(listing.id, Math.min(0.97, Math.max(0.03, 1 / (1 + Math.exp(-odds)))));
        continue;
      }
      const { beta } = listing;
      const walk = spread * (Math.sqrt(seconds) * (beta * common + Math.sqrt(1 - beta * beta) * own) + jump);
      const follow = spread * Math.sqrt(1 - beta * beta) * Math.sqrt(seconds) * own + beta * (replayed ?? 0);
      const change = replayed === undefined ? walk : factorOf(listing.id) * follow;
      this.mids.set(listing.id, mid * Math.exp(change));
    }
  }

  /** The replayed log return of these seconds; nothing once the file has ended, and the walk goes on from there. */
  private replayedReturn(seconds: number): number | undefined {
    const from = this.priceAt(this.position);
    this.position += seconds;
    const to = this.priceAt(this.position);
    return from === undefined || to === undefined ? undefined : Math.log(to / from);
  }

  private priceAt(position: number): number | undefined {
    const second = Math.floor(position);
    const [before, after] = [this.replay?.priceAt(second), this.replay?.priceAt(second + 1)];
    return before === undefined || after === undefined ? undefined : before + (after - before) * (position - second);
  }
}
