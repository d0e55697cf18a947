import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Qty } from '../kernel/money';
import { type Doubts, undoubted } from './doubt';
import type { Venue } from './instrument';
import type { Level } from './level';

/** `good` passed every integrity check of its venue; anything else never fills and never judges. */
export type BookQuality = 'good' | 'gapped' | 'crossed' | 'stale';

/** A venue's order book, best level first on both sides. */
export type Book = {
  readonly instrument: InstrumentId;
  readonly venue: Venue;
  /** Counts the states of this book since the connector began to follow it: newer is larger. */
  readonly sequence: number;
  /** The venue's own proof of this state where it has one: Kraken's checksum, Polymarket's book hash, Binance's update id. */
  readonly venueProof: string;
  /** Until when the venue is known to have had this state, by our clock (`VenueClock`). */
  readonly venueAt: Instant;
  readonly receivedAt: Instant;
  readonly quality: BookQuality;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** The sides whose prices are not believed; absent where none is in doubt. */
  readonly doubts?: Doubts;
  /** What was good before, of what this state lacks: absent where it lacks nothing, or nothing was known. */
  readonly last?: LastLevels;
};

/** Which state of a book something is of, with the venue's own proof of it. */
export type BookState = Pick<Book, 'sequence' | 'venueProof' | 'venueAt' | 'receivedAt'>;

/** The best level of a side in the latest good state that had one, however old. */
export type LastLevel = Level & BookState;

/** Each side for itself; null: never seen. */
export type LastLevels = { readonly bid: LastLevel | null; readonly ask: LastLevel | null };

/**
 * The top of a good book: what marks positions and judges accounts. Each side is a quote of its own, null while nobody
 * quotes it: a long leaves at the bid and needs nothing of the ask, a short the other way round. Of a book that is not
 * good, or old, both are null and `last` says what was.
 */
export type Quote = {
  readonly instrument: InstrumentId;
  readonly venue: Venue;
  readonly sequence: number;
  readonly venueProof: string;
  readonly venueAt: Instant;
  readonly receivedAt: Instant;
  readonly bid: Level | null;
  readonly ask: Level | null;
  /** The last good levels, where a side is missing and they are known. They value, and fill nothing. */
  readonly last?: LastLevels;
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

/** The quote of a good book that has a side at least which is not in doubt; otherwise nothing. */
export function quoteOf(book: Book): Quote | undefined {
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
  const { instrument, venue, last } = book;
  const state = latestOf(last);
  if (!last || !state) return undefined;
  const { sequence, venueProof, venueAt, receivedAt } = state;
  return { instrument, venue, sequence, venueProof, venueAt, receivedAt, bid: null, ask: null, last };
}

/** A quote that is no price any more: its levels, and those that it lacked, are the last good ones. */
export function pastOf(quote: Quote): Quote {
  const { bid, ask, last, sequence, venueProof, venueAt, receivedAt } = quote;
  if (!bid && !ask) return quote;
  const proven = (level: Level | null): LastLevel | null =>
    level && { price: level.price, qty: level.qty, sequence, venueProof, venueAt, receivedAt };
  const levels = { bid: proven(bid) ?? last?.bid ?? null, ask: proven(ask) ?? last?.ask ?? null };
  return { ...quote, bid: null, ask: null, last: levels };
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
