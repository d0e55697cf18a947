import type { Level } from '../../../domain/market/level';
import { SortedSide } from '../books/sorted-side';
import { priceOf, qtyOf, unitsOf } from '../reading/units';
import type { WireLevel } from './frames';

/** So many levels of a side are kept at most; those that nobody has come near are cut off a thousand at a time. */
const LEVELS_MAX = 10_000;
const CUT = 1_000;

/** One side of a book. */
export class Side {
  private readonly levels: SortedSide<Level>;
  /** Levels that are worse than this are not all known. */
  private edge: number | undefined;
  private told: readonly Level[] | undefined;

  /** `best`: which way is better, 1 for bids and -1 for asks. */
  constructor(private readonly best: 1 | -1) {
    this.levels = new SortedSide(best);
  }

  /** Throws on what is no price and no size. */
  apply(changes: readonly WireLevel[]): void {
    for (const change of changes) this.set(change);
    if (changes.length > 0) this.told = undefined;
    if (this.levels.length > LEVELS_MAX) this.cut();
  }

  /** What is there now is the best of a longer side. */
  endHere(): void {
    this.edge = this.worst();
    this.told = undefined;
  }

  /** The best levels, best first; fewer than `count` where the rest is not known or not there. */
  top(count: number): readonly Level[] {
    if (this.told) return this.told;
    const { edge } = this;
    const top = this.levels.top(count);
    const isKnown = ({ price }: Level) => edge === undefined || !this.isBetter(edge, Number(price));
    this.told = top.every(isKnown) ? top : top.filter(isKnown);
    return this.told;
  }

  /** Whether there may be more than `top` tells. */
  isShort = (count: number): boolean => this.edge !== undefined && this.top(count).length < count;

  private set([price, qty]: WireLevel): void {
    const [at, units] = [unitsOf(price), unitsOf(qty)];
    const size = units === 0 ? undefined : qtyOf(qty, units);
    if (!(at > 0) || (units !== 0 && size === undefined)) {
      throw new Error(`level ${price} × ${qty} is not a price and a quantity`);
    }
    if (size === undefined || size === 0n) this.levels.remove(at);
    else this.levels.put(at, { price: priceOf(at), qty: size });
  }

  private cut(): void {
    this.levels.cutTo(LEVELS_MAX - CUT);
    const worst = this.worst();
    if (worst !== undefined && (this.edge === undefined || this.isBetter(worst, this.edge))) this.edge = worst;
  }

  private worst(): number | undefined {
    const [worst] = this.levels.items;
    return worst && Number(worst.price);
  }

  private isBetter = (a: number, b: number): boolean => (this.best === 1 ? a > b : a < b);
}
