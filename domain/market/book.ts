import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Qty } from '../kernel/money';
import { type Doubts, undoubted } from './doubt';
import type { Level } from './level';
import type { BookQuality, BookState, LastLevel, LastLevels, Quote, QuotedBy } from './quote';

export type { BookQuality, BookState, LastLevel, LastLevels, Quote } from './quote';

/** An order book, best level first on both sides: one venue's, or a composite, which has one level a side. */
export type Book = BookState & {
  readonly instrument: InstrumentId;
  readonly venue: QuotedBy;
  readonly quality: BookQuality;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** The sides whose prices are not believed; absent where none is in doubt. */
  readonly doubts?: Doubts;
  /** What was good before, of what this state lacks: absent where it lacks nothing, or nothing was known. */
  readonly last?: LastLevels;
  /** What its instrument is marked at, where several venues say that: this book only fills. */
  readonly mark?: Quote;
};

export type Walk = {
  readonly levels: readonly Level[];
  readonly filled: Qty;
};

/** A book whose bid meets or passes its ask has lost an update. */
export const isCrossed = (bids: readonly Level[], asks: readonly Level[]): boolean => {
  const [bid, ask] = [bids[0], asks[0]];
  return bid !== undefined && ask !== undefined && bid.price >= ask.price;
};

/** What marks by this book: its mark, or its own top where it is good and a side is not in doubt; else nothing. */
export function quoteOf(book: Book): Quote | undefined {
  if (book.mark) return book.mark.bid || book.mark.ask ? book.mark : undefined;
  const { bids, asks } = undoubted(book);
  const [bid, ask] = [bids[0] ?? null, asks[0] ?? null];
  if (book.quality !== 'good' || (!bid && !ask)) return undefined;
  const { instrument, venue, sequence, venueProof, venueAt, receivedAt, last } = book;
  const quote = { instrument, venue, sequence, venueProof, venueAt, receivedAt, bid, ask };
  return (bid && ask) || !last ? quote : { ...quote, last };
}

/** What is left of a book once it is no price any more; undefined while nothing of it ever was good. */
export function pastQuoteOf(book: Book): Quote | undefined {
  const quote = quoteOf(book);
  if (quote) return pastOf(quote);
  const { instrument, venue, last } = book.mark ?? book;
  const state = latestOf(last);
  if (!last || !state) return undefined;
  const { sequence, venueProof, venueAt, receivedAt } = state;
  return { instrument, venue, sequence, venueProof, venueAt, receivedAt, bid: null, ask: null, last };
}

/** A quote that is no price any more: its levels, and those that it lacked, are the last good ones. */
export function pastOf(quote: Quote): Quote {
  const { sources: _, confirmedSince: __, ...told } = quote;
  const { bid, ask, last, sequence, venueProof, venueAt, receivedAt } = told;
  if (!bid && !ask) return told;
  const proven = (level: Level | null): LastLevel | null =>
    level && { price: level.price, qty: level.qty, sequence, venueProof, venueAt, receivedAt };
  const levels = { bid: proven(bid) ?? last?.bid ?? null, ask: proven(ask) ?? last?.ask ?? null };
  return { ...told, bid: null, ask: null, last: levels };
}

/** Good, with both sides, and neither in doubt. */
export function isWhole(book: Book): boolean {
  const { quality, bids, asks } = undoubted(book);
  return quality === 'good' && bids.length > 0 && asks.length > 0;
}

/** A book with what was good before it, where it lacks something; `before`: the one that it takes the place of. */
export function followed(book: Book, before: Book | undefined): Book {
  const last = before && !isWhole(book) ? pastQuoteOf(before)?.last : undefined;
  return last ? { ...book, last } : book;
}

/** The state that the later of both levels is of. */
const latestOf = (last: LastLevels | undefined): LastLevel | null => {
  const [bid, ask] = [last?.bid ?? null, last?.ask ?? null];
  return bid && ask && ask.receivedAt > bid.receivedAt ? ask : (bid ?? ask);
};

export const isFresh = (receivedAt: Instant, now: Instant, staleAfterMs: number): boolean =>
  now - receivedAt <= staleAfterMs;

/** Takes liquidity from the best level on, until `amount` is filled or the levels end. */
export function walk(levels: readonly Level[], amount: Qty): Walk {
  const taken: Level[] = [];
  let missing: bigint = amount;
  for (const level of levels) {
    if (missing === 0n) break;
    const part = level.qty < missing ? level.qty : missing;
    taken.push({ price: level.price, qty: part as Qty });
    missing -= part;
  }
  return { levels: taken, filled: (amount - missing) as Qty };
}
