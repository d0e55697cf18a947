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
  /** The venue's own proof of this state where it has one: Kraken's checksum, Polymarket's book hash. */
  readonly venueProof: string;
  readonly venueAt: Instant;
  readonly receivedAt: Instant;
  readonly quality: BookQuality;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** The sides whose prices are not believed; absent where none is in doubt. */
  readonly doubts?: Doubts;
};

/**
 * The top of a good book: what marks positions and judges accounts. Each side is a quote of its own, null while nobody
 * quotes it: a long leaves at the bid and needs nothing of the ask, a short the other way round. One of the two is there.
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
  const { instrument, venue, sequence, venueProof, venueAt, receivedAt } = book;
  return { instrument, venue, sequence, venueProof, venueAt, receivedAt, bid, ask };
}

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
