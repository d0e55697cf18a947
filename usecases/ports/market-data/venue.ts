import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import type { ListedBook } from '../../../domain/market/mark';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import type { UnreadableFrame } from './unreadable-frames';
import type { VenueFrame } from './venue-frames';

export type VenueListener = {
  /**
   * A new state of a book, or the news that it can no longer be trusted. `sequence` rises per instrument. `mark`: where
   * the venue has this state among all of the book, the same on any of its connections, where it says so.
   */
  readonly onBook: (book: ListedBook, mark?: number) => void;
  /**
   * The book that was told last still holds: the venue gave a sign of life on the connection that carries it. The same
   * `sequence`, and a later `venueAt`.
   */
  readonly onHeld: (book: ListedBook) => void;
  /** A trade that happened while the feed was followed, once, however often the venue says it. */
  readonly onTrade: (trade: VenueTrade) => void;
  /** What the venue trades now; again whenever a status, a payout or a step changed. */
  readonly onInstruments: (instruments: readonly Instrument[]) => void;
  /** Something that could not be read, to be kept as it came; of a flood only a part. */
  readonly onUnreadable: (frame: UnreadableFrame) => void;
  /** Each frame and answer before anybody reads it; absent where nothing is archived. It must take no time. */
  readonly onFrame?: ((frame: VenueFrame) => void) | undefined;
  /** What an operator should read: a refused subscription, a market that cannot be followed, why one is halted. */
  readonly onTrouble: (what: string) => void;
  /** What an operator should be called for: the venue speaks in a form that cannot be read. */
  readonly onAlarm: (what: string) => void;
};

/** Counts since the start, for the metrics. */
export type VenueHealth = {
  readonly isConnected: boolean;
  /** How many of its connections are open. */
  readonly connections: number;
  readonly reconnects: number;
  /** Losses that were found: books failed their venue's check, or frames never came, and they were asked for anew. */
  readonly gaps: number;
  /** Frames that could not be read, or that were too large to be. */
  readonly framesDropped: number;
  /** Messages of a kind that the connector does not know, and passes over. */
  readonly framesUnknown: number;
  /** Runs of those that could not be read: the venue has changed its form, and its books are not to be had. */
  readonly unreadableRuns: number;
  /** Whole books, and catalogues, from before what was known: they changed nothing. */
  readonly answersOld: number;
  /** Events whose time cannot be right, and that are dated by their receipt. */
  readonly clockFaults: number;
  /** Times that the venue's count of trades jumped: what it counted meanwhile is not made up for. */
  readonly tradeGaps: number;
  /** Trades that cannot have happened as they were told. */
  readonly tradesDropped: number;
  readonly lastFrameAt: Instant | undefined;
};

/** One venue's live market data. It reconnects by itself until it is stopped. */
export type VenueFeed = {
  readonly name: string;
  readonly start: (listener: VenueListener) => void;
  readonly stop: () => Promise<void>;
  readonly health: () => VenueHealth;
};
