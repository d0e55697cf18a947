import { type Price, parsePrice, parseQty } from '../../../domain/kernel/money';
import type { Level } from '../../../domain/market/level';
import type { WireLevel } from './frames';

/** So many levels of a side are kept at most; those that nobody has come near are cut off a thousand at a time. */
const LEVELS_MAX = 10_000;
const CUT = 1_000;

/** One side of a book. */
export class Side {
  /** The best level is the last: there the changes are, and there they are cheap. */
  private readonly levels: Level[] = [];
  /** Levels that are worse than this are not all known. */
  private edge: Price | undefined;

  /** `best`: which way is better, 1 for bids and -1 for asks. */
  constructor(private readonly best: 1 | -1) {}

  /** Throws on what is no price and no size. */
  apply(changes: readonly WireLevel[]): void {
    for (const change of changes) this.set(levelOf(change));
    if (this.levels.length > LEVELS_MAX) this.cut();
  }

  /** What is there now is the best of a longer side. */
  endHere(): void {
    this.edge = this.levels[0]?.price;
  }

  /** The best levels, best first; fewer than `count` where the rest is not known or not there. */
  top(count: number): readonly Level[] {
    const levels: Level[] = [];
    for (let at = this.levels.length - 1; at >= 0 && levels.length < count; at--) {
      const level = this.levels[at] as Level;
      if (this.edge !== undefined && this.isBetter(this.edge, level.price)) break;
      levels.push(level);
    }
    return levels;
  }

  /** Whether there may be more than `top` tells. */
  isShort = (count: number): boolean => this.edge !== undefined && this.top(count).length < count;

  private set(level: Level): void {
    const at = this.indexOf(level.price);
    const isThere = this.levels[at]?.price === level.price;
    if (level.qty > 0n) this.levels.splice(at, isThere ? 1 : 0, level);
    else if (isThere) this.levels.splice(at, 1);
  }

  /** Where the price stands, or would. */
  private indexOf(price: Price): number {
    let [low, high] = [0, this.levels.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.isBetter(price, (this.levels[middle] as Level).price)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private cut(): void {
    this.levels.splice(0, this.levels.length - LEVELS_MAX + CUT);
    const worst = (this.levels[0] as Level).price;
    if (this.edge === undefined || this.isBetter(worst, this.edge)) this.edge = worst;
  }

  private isBetter = (a: Price, b: Price): boolean => (this.best === 1 ? a > b : a < b);
}

function levelOf([price, qty]: WireLevel): Level {
  const [at, size] = [parsePrice(price), parseQty(qty)];
  if (at === undefined || size === undefined || at <= 0n || size < 0n) {
    throw new Error(`level ${price} × ${qty} is not a price and a quantity`);
  }
  return { price: at, qty: size };
}
