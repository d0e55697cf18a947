import type { Price, Qty } from '../../../domain/kernel/money';
import type { Level } from '../../../domain/market/level';
import type { FrameType, VenueBook } from '../book-subscription';
import type { Levels } from '../teller';

/** A level's new size; 0 where it is gone. */
export type Change = { readonly isBid: boolean; readonly price: Price; readonly qty: Qty };

export type BookFrame = {
  /** The frame's place on its connection: the venue's proof that nothing before it is missing. */
  readonly number: number;
  readonly changes: readonly Change[];
};

/** So many levels a side are told. */
const DEPTH = 25;
/** More than any book of the venue has. */
const LEVELS_MAX = 200_000;

/** One product's book, whole: the venue sends every level once, and then only what changes. */
export class CoinbaseBook implements VenueBook<BookFrame> {
  private bids: Level[] = [];
  private asks: Level[] = [];

  apply(type: FrameType, { number, changes }: BookFrame): string {
    if (type === 'snapshot') this.fill(changes);
    else for (const change of changes) this.place(change);
    if (this.bids.length + this.asks.length > LEVELS_MAX) throw new Error('the book has no end');
    return `${number}`;
  }

  levels = (): Levels => ({ bids: this.bids.slice(0, DEPTH), asks: this.asks.slice(0, DEPTH) });

  private fill(changes: readonly Change[]): void {
    this.bids = [];
    this.asks = [];
    // In the order of the wire, best first or not, each level once: the last word counts.
    const last = new Map(changes.map((change) => [`${change.isBid} ${change.price}`, change]));
    for (const { isBid, price, qty } of last.values()) {
      if (qty > 0n) (isBid ? this.bids : this.asks).push({ price, qty });
    }
    this.bids.sort((a, b) => (a.price > b.price ? -1 : 1));
    this.asks.sort((a, b) => (a.price < b.price ? -1 : 1));
  }

  private place({ isBid, price, qty }: Change): void {
    const side = isBid ? this.bids : this.asks;
    const at = placeOf(side, price, isBid);
    const isThere = side[at]?.price === price;
    if (qty > 0n) side.splice(at, isThere ? 1 : 0, { price, qty });
    else if (isThere) side.splice(at, 1);
  }
}

/** Where a price stands or belongs, best first. */
function placeOf(side: readonly Level[], price: Price, isBid: boolean): number {
  let [low, high] = [0, side.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = side[middle]?.price ?? price;
    if (isBid ? there > price : there < price) low = middle + 1;
    else high = middle;
  }
  return low;
}
