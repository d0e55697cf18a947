import { type Price, parsePrice, parseQty, type Qty } from '../../../domain/kernel/money';
import type { Level } from '../../../domain/market/level';
import type { FrameType, VenueBook } from '../book-subscription';
import { crc32 } from './crc32';

/** A level as Kraken wrote it: the checksum is over the digits of the wire, trailing zeros included. */
export type WireLevel = { readonly price: string; readonly qty: string };

export type BookFrame = {
  readonly bids: readonly WireLevel[];
  readonly asks: readonly WireLevel[];
  readonly checksum: number;
};

type Entry = { readonly price: Price; readonly qty: Qty; readonly digits: string };

const CHECKSUM_LEVELS = 10;

/** One symbol's book: a snapshot, then absolute sizes per level, cut to the depth that was subscribed. */
export class KrakenBook implements VenueBook<BookFrame> {
  private bids: Entry[] = [];
  private asks: Entry[] = [];

  constructor(private readonly depth: number) {}

  apply(type: FrameType, { bids, asks, checksum }: BookFrame): string | undefined {
    this[type](bids, asks);
    return this.checksum() === checksum ? `${checksum}` : undefined;
  }

  snapshot(bids: readonly WireLevel[], asks: readonly WireLevel[]): void {
    this.bids = [];
    this.asks = [];
    this.update(bids, asks);
  }

  /** Applies all levels of a frame, then drops what fell out of the depth: no delete is sent for it. */
  update(bids: readonly WireLevel[], asks: readonly WireLevel[]): void {
    for (const level of bids) place(this.bids, entryOf(level), (a, b) => a > b);
    for (const level of asks) place(this.asks, entryOf(level), (a, b) => a < b);
    this.bids.length = Math.min(this.bids.length, this.depth);
    this.asks.length = Math.min(this.asks.length, this.depth);
  }

  /** Over the ten best levels: asks from low to high, then bids from high to low (Kraken's book checksum guide, v2). */
  checksum(): number {
    const digits = (side: readonly Entry[]) => side.slice(0, CHECKSUM_LEVELS).map((entry) => entry.digits);
    return crc32([...digits(this.asks), ...digits(this.bids)].join(''));
  }

  levels(): { readonly bids: readonly Level[]; readonly asks: readonly Level[] } {
    const plain = ({ price, qty }: Entry): Level => ({ price, qty });
    return { bids: this.bids.map(plain), asks: this.asks.map(plain) };
  }
}

/** Throws on a number that is no plain decimal: the frame is then not to be trusted. */
function entryOf({ price, qty }: WireLevel): Entry {
  const [parsedPrice, parsedQty] = [parsePrice(price), parseQty(qty)];
  if (parsedPrice === undefined || parsedQty === undefined || parsedPrice <= 0n || parsedQty < 0n) {
    throw new Error(`level ${price} × ${qty} is not a price and a quantity`);
  }
  return { price: parsedPrice, qty: parsedQty, digits: digitsOf(price) + digitsOf(qty) };
}

const digitsOf = (text: string): string => text.replace('.', '').replace(/^0+/, '');

function place(side: Entry[], entry: Entry, isBetter: (a: Price, b: Price) => boolean): void {
  let index = 0;
  while (index < side.length && isBetter((side[index] as Entry).price, entry.price)) index += 1;
  const isSame = side[index]?.price === entry.price;
  if (entry.qty === 0n) side.splice(index, isSame ? 1 : 0);
  else side.splice(index, isSame ? 1 : 0, entry);
}
