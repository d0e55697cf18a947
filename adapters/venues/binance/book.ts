import type { Levels } from '../teller';
import type { Diff, WireLevel } from './frames';
import { Side } from './side';

/** REST's `/api/v3/depth`: the best levels of both sides, as of an update id. */
export type Snapshot = {
  readonly lastUpdateId: number;
  readonly bids: readonly WireLevel[];
  readonly asks: readonly WireLevel[];
};

/** So many levels of each side are asked for, and told. */
export const [SNAPSHOT_LEVELS, DEPTH] = [5_000, 25] as const;

/** What a diff is to a book: in it already, the next of it, or something that came after a hole. */
export type Place = 'past' | 'next' | 'gap';

/** One symbol's book: REST's, and the diffs after it. Sizes are absolute. */
export class BinanceBook {
  /** The last update that is in it. */
  id: number;
  private readonly bids = new Side(1);
  private readonly asks = new Side(-1);

  /** Throws on a level that is none. A side of the full length goes on beyond it. */
  constructor({ lastUpdateId, bids, asks }: Snapshot, levelsAsked: number = SNAPSHOT_LEVELS) {
    this.id = lastUpdateId;
    this.bids.apply(bids);
    this.asks.apply(asks);
    if (bids.length >= levelsAsked) this.bids.endHere();
    if (asks.length >= levelsAsked) this.asks.endHere();
  }

  /** Binance's rule for a local book: what ends at its id or before is in it; what begins after the next id left a hole. */
  placeOf({ first, last }: Diff): Place {
    if (last <= this.id) return 'past';
    return first > this.id + 1 ? 'gap' : 'next';
  }

  /** Throws on a level that is none. */
  apply({ bids, asks, last }: Diff): void {
    this.bids.apply(bids);
    this.asks.apply(asks);
    this.id = last;
  }

  levels = (): Levels => ({ bids: this.bids.top(DEPTH), asks: this.asks.top(DEPTH) });

  /** The price has gone so far that what is told no longer fills its depth, and more may be there. */
  isShort = (): boolean => this.bids.isShort(DEPTH) || this.asks.isShort(DEPTH);
}
