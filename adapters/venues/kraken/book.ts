import type { Qty } from '../../../domain/kernel/money';
import type { Level } from '../../../domain/market/level';
import type { FrameType, VenueBook } from '../book-subscription';
import { SortedSide } from '../books/sorted-side';
import { priceOf, qtyOf, unitsOf } from '../reading/units';
import type { Levels } from '../teller';
import { JoinedCrc, type Piece, pieceOf } from './crc32';

/** A level as Kraken wrote it: the checksum is over the digits of the wire, trailing zeros included. */
export type WireLevel = { readonly price: string; readonly qty: string };

export type BookFrame = {
  readonly bids: readonly WireLevel[];
  readonly asks: readonly WireLevel[];
  readonly checksum: number;
  readonly timestamp?: string | undefined;
};

/** A level, and what its digits do to the checksum. */
type Entry = { readonly level: Level; readonly piece: Piece };

const CHECKSUM_LEVELS = 10;

/** One symbol's book: a snapshot, then absolute sizes per level, cut to the depth that was subscribed. */
export class KrakenBook implements VenueBook<BookFrame> {
  private bids = new SortedSide<Entry>(1);
  private asks = new SortedSide<Entry>(-1);
  private told: Levels = { bids: [], asks: [] };

  constructor(private readonly depth: number) {}

  apply(type: FrameType, { bids, asks, checksum }: BookFrame): string | undefined {
    this[type](bids, asks);
    return this.checksum() === checksum ? `${checksum}` : undefined;
  }

  snapshot(bids: readonly WireLevel[], asks: readonly WireLevel[]): void {
    this.bids = new SortedSide(1);
    this.asks = new SortedSide(-1);
    this.told = { bids: [], asks: [] };
    this.update(bids, asks);
  }

  /** Applies all levels of a frame, then drops what fell out of the depth: no delete is sent for it. */
  update(bids: readonly WireLevel[], asks: readonly WireLevel[]): void {
    for (const level of bids) place(this.bids, level);
    for (const level of asks) place(this.asks, level);
    this.bids.cutTo(this.depth);
    this.asks.cutTo(this.depth);
    this.told = {
      bids: bids.length > 0 ? levelsOf(this.bids) : this.told.bids,
      asks: asks.length > 0 ? levelsOf(this.asks) : this.told.asks,
    };
  }

  /** Over the ten best levels: asks from low to high, then bids from high to low (Kraken's book checksum guide, v2). */
  checksum(): number {
    const crc = new JoinedCrc();
    for (const side of [this.asks, this.bids]) {
      const count = Math.min(side.length, CHECKSUM_LEVELS);
      for (let rank = 0; rank < count; rank++) crc.add((side.best(rank) as Entry).piece);
    }
    return crc.value();
  }

  levels = (): Levels => this.told;
}

/** Best first. */
function levelsOf(side: SortedSide<Entry>): readonly Level[] {
  const levels: Level[] = [];
  const { items } = side;
  for (let at = items.length - 1; at >= 0; at--) levels.push((items[at] as Entry).level);
  return levels;
}

/** Throws on a number that is no plain decimal: the frame is then not to be trusted. */
function place(side: SortedSide<Entry>, { price: at, qty }: WireLevel): void {
  const price = unitsOf(at);
  const units = unitsOf(qty);
  const size = units === 0 ? 0n : qtyOf(qty, units);
  if (!(price > 0) || size === undefined) throw new Error(`level ${at} × ${qty} is not a price and a quantity`);
  if (size === 0n) side.remove(price);
  else side.put(price, { level: { price: priceOf(price), qty: size as Qty }, piece: pieceOf(at, qty) });
}
