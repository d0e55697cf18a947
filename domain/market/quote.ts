import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Venue } from './instrument';
import type { Level } from './level';

/**
 * `good` passed every integrity check of its venue; anything else never fills and never judges. A composite is
 * `unconfirmed` while too few venues agree.
 */
export type BookQuality = 'good' | 'gapped' | 'crossed' | 'stale' | 'unconfirmed';

/** Who shows a price: one venue, or several that agree. */
export type QuotedBy = Venue | 'composite';

/** Which state of a book something is of, with the venue's own proof of it. */
export type BookState = {
  /** Counts the states of this book since the connector began to follow it: newer is larger. */
  readonly sequence: number;
  /**
   * The venue's own proof of this state where it has one: Kraken's checksum, Polymarket's book hash, Binance's update
   * id. A composite's proofs are those of its sources.
   */
  readonly venueProof: string;
  /** Until when the venue is known to have had this state, by our clock (`VenueClock`). */
  readonly venueAt: Instant;
  readonly receivedAt: Instant;
};

/** The best level of a side in the latest good state that had one, however old. */
export type LastLevel = Level & BookState;

/** Each side for itself; null: never seen. */
export type LastLevels = { readonly bid: LastLevel | null; readonly ask: LastLevel | null };

/**
 * Why a venue's book is no part of a mark, or `good`. What its connector found: `gapped`, `crossed`, `stale`, and
 * `halted` where the venue trades it not. What the mark found: `silent` (older than a source may be), `one_sided`,
 * `thin`, `unconverted` (it quotes in a currency whose own rate is unconfirmed), `disagrees` (its bid or its ask lies
 * too far from the median).
 */
export type SourceState =
  | Exclude<BookQuality, 'unconfirmed'>
  | 'halted'
  | 'silent'
  | 'one_sided'
  | 'thin'
  | 'unconverted'
  | 'disagrees';

/** The top of one venue's book, as a mark was made of it. Prices are those that the venue showed. */
export type MarkSource = BookState & {
  readonly venue: Venue;
  readonly state: SourceState;
  readonly bid: Level | null;
  readonly ask: Level | null;
  /** The rate by which a price in another currency becomes dollars; absent of one in dollars. */
  readonly rate?: Composite;
};

/** Made of what several venues show: both sides or none. `sources` stand in the order of their venues' names. */
export type Composite = {
  readonly bid: Level | null;
  readonly ask: Level | null;
  readonly sources: readonly MarkSource[];
};

/**
 * What marks positions and judges accounts: the top of an outcome's good book, or of a coin what its venues agree on.
 * Each side is a quote of its own, null while nobody quotes it: a long leaves at the bid and needs nothing of the ask,
 * a short the other way round. Of a book that is not good, or old, both are null and `last` says what was.
 */
export type Quote = BookState & {
  readonly instrument: InstrumentId;
  readonly venue: QuotedBy;
  readonly bid: Level | null;
  readonly ask: Level | null;
  /** The last good levels, where a side is missing and they are known. They value, and fill nothing. */
  readonly last?: LastLevels;
  /** What a composite was made of. */
  readonly sources?: readonly MarkSource[];
  /** Since when a composite has been confirmed without a break; absent while it is not. */
  readonly confirmedSince?: Instant;
};
