import { ALWAYS, NEVER } from './edge-heap';
import { Ladder } from './ladder';
import type { Positions } from './positions';
import type { Prices } from './prices';

const NONE = 0;

/** All ladders by their numbers, and what is done to all positions of one account: `first` and those that follow it. */
export class Ladders {
  private readonly ladders: Ladder[] = [];

  constructor(
    private readonly positions: Positions,
    private readonly prices: Prices,
  ) {}

  /** Makes room for ladders below `end`. */
  reserve(end: number): void {
    while (this.ladders.length < end) this.ladders.push(new Ladder(this.positions));
    this.prices.reserve(end);
  }

  at(number: number): Ladder {
    return this.ladders[number] as Ladder;
  }

  of(row: number): Ladder {
    return this.ladders[this.positions.ladderOf(row)] as Ladder;
  }

  heat(first: number): void {
    for (let row = first; row !== NONE; row = this.positions.nextOf(row)) this.of(row).heat(row);
  }

  remove(first: number): void {
    for (let row = first; row !== NONE; row = this.positions.nextOf(row)) this.of(row).remove(row);
  }

  /** Gives every position the band in which its price may move by these rates: losing, and gaining. */
  band(first: number, loseRate: number, gainRate: number): void {
    const { positions } = this;
    for (let row = first; row !== NONE; row = positions.nextOf(row)) {
      const stop = positions.stopOf(row);
      const price = this.prices.of(positions.ladderOf(row));
      if (positions.isLong(row)) {
        const low = price - price * loseRate;
        this.of(row).band(row, stop > low ? -stop : -low, price + price * gainRate);
      } else {
        const high = price + price * loseRate;
        this.of(row).band(row, price * gainRate - price, stop < high ? stop : high);
      }
    }
  }

  /** Beyond an edge, but unpriced: the next quote of what has no price looks at it, nothing else needs to. */
  park(first: number, now: number): void {
    for (let row = first; row !== NONE; row = this.positions.nextOf(row)) {
      const key = this.prices.isFresh(this.positions.ladderOf(row), now) ? NEVER : ALWAYS;
      this.of(row).band(row, key, key);
    }
  }
}
