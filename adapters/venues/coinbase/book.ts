import type { Price, Qty } from '../../../domain/kernel/money';
import type { Level } from '../../../domain/market/level';
import type { FrameType, VenueBook } from '../book-subscription';
import { SortedSide } from '../books/sorted-side';
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
  private readonly bids = new SortedSide<Level>(1);
  private readonly asks = new SortedSide<Level>(-1);
  private told: Levels = { bids: [], asks: [] };

  apply(type: FrameType, { number, changes }: BookFrame): string {
    if (type === 'snapshot') this.fill(changes);
    else this.change(changes);
    if (this.bids.length + this.asks.length > LEVELS_MAX) throw new Error('the book has no end');
    return `${number}`;
  }

  levels = (): Levels => this.told;

  private fill(changes: readonly Change[]): void {
    const last = { bids: new Map<Price, Change>(), asks: new Map<Price, Change>() };
    // In the order of the wire, best first or not, each level once: the last word counts.
    for (const change of changes) (change.isBid ? last.bids : last.asks).set(change.price, change);
    const present = (side: ReadonlyMap<Price, Change>) =>
      [...side.values()]
        .filter(({ qty }) => qty > 0n)
        .map((change) => [Number(change.price), levelOf(change)] as const);
    this.bids.fill(present(last.bids));
    this.asks.fill(present(last.asks));
    this.told = { bids: this.bids.top(DEPTH), asks: this.asks.top(DEPTH) };
  }

  private change(changes: readonly Change[]): void {
    let [bid, ask] = [DEPTH, DEPTH];
    for (const change of changes) {
      if (change.isBid) bid = Math.min(bid, place(this.bids, change));
      else ask = Math.min(ask, place(this.asks, change));
    }
    const { bids, asks } = this.told;
    this.told = {
      bids: bid < DEPTH ? this.bids.top(DEPTH) : bids,
      asks: ask < DEPTH ? this.asks.top(DEPTH) : asks,
    };
  }
}

/** Which place among the best levels it is about. */
function place(side: SortedSide<Level>, change: Change): number {
  const price = Number(change.price);
  return change.qty > 0n ? side.put(price, levelOf(change)) : side.remove(price);
}

const levelOf = ({ price, qty }: Change): Level => ({ price, qty });
