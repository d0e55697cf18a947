import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Book } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import type { Primary } from '../../../domain/market/listing';
import type { ListedBook } from '../../../domain/market/mark';
import type { VenueTrade } from '../../../domain/market/venue-trade';

/** Another copy has told the instrument since, or may tell it now: this state must reach nobody. */
export class Overtaken extends Error {}

/** The latest book of each instrument; rebuilt from the venues when lost. */
export type BookSink = {
  /**
   * An outcome's book, or a coin's mark with those books of its venues that changed: all of it at once. Throws
   * `Overtaken` where what stands there is newer: nothing goes back.
   */
  readonly put: (book: Book, beside?: readonly ListedBook[]) => Promise<void>;
  /** States that were put before, known to hold for longer now. One that has been replaced meanwhile stays so. */
  readonly hold: (books: readonly Book[]) => Promise<void>;
};

export type BookSource = {
  /**
   * Those that are known, whatever their quality and age: the decision checks both. Of a coin it is the book of
   * `primary`, marked by what all its venues agree on.
   */
  readonly current: (ids: readonly InstrumentId[], primary: Primary) => Promise<ReadonlyMap<InstrumentId, Book>>;
  /** Those that are known as well, as soon as those of `wait.of` are known to have held after an instant, or else when the time is over. */
  readonly confirmed: (ids: readonly InstrumentId[], wait: Confirmation) => Promise<ConfirmedBooks>;
};

/** What was told last of each instrument: an outcome's book, a coin's mark. */
export type ToldBooks = {
  readonly told: (ids: readonly InstrumentId[]) => Promise<ReadonlyMap<InstrumentId, Book>>;
};

/** The venue must be known to have had a good book of each `of` after `after`; that may be awaited for `withinMs`. */
export type Confirmation = {
  readonly of: readonly InstrumentId[];
  readonly primary: Primary;
  readonly after: Instant;
  readonly withinMs: number;
};

export type ConfirmedBooks = {
  readonly books: ReadonlyMap<InstrumentId, Book>;
  /** Those of `of` whose book held. */
  readonly held: ReadonlySet<InstrumentId>;
};

/** What traded at the venues, as far as somebody follows it. */
export type TapeSource = {
  /** Oldest first, received at `from` or later; an instrument that nobody follows is absent. */
  readonly since: (
    ids: readonly InstrumentId[],
    from: Instant,
  ) => Promise<ReadonlyMap<InstrumentId, readonly VenueTrade[]>>;
};

/** Nobody follows the venues' trades here: what they would fill, the risk-engine fills. */
export const NO_TAPE: TapeSource = { since: async () => new Map() };

/** The catalogue, kept in the database because orders and positions refer to it. */
export type InstrumentSource = {
  readonly find: (ids: readonly InstrumentId[]) => Promise<ReadonlyMap<InstrumentId, Instrument>>;
  readonly list: () => Promise<readonly Instrument[]>;
};

export type InstrumentStore = InstrumentSource & {
  /** Adds instruments and updates those that changed. */
  readonly upsert: (instruments: readonly Instrument[]) => Promise<void>;
};

export type QuotePublisher = {
  /** Publishes the state of a book on the `market-data` topic, key = instrument. */
  readonly publish: (book: Book) => Promise<void>;
};
