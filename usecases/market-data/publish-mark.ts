import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { bookOfMark, type ListedBook, markOf } from '../../domain/market/mark';
import type { MarkSource } from '../../domain/market/quote';
import { type BookMemory, beforeOf, type PublishBookParts, type Published, tell } from './publish-book';

/** The books of a coin's venues, those among them that have changed, and what they say to its mark. */
export type CoinBooks = {
  readonly instrument: InstrumentId;
  readonly sources: readonly MarkSource[];
  readonly changed: readonly ListedBook[];
  readonly at: Instant;
};

/**
 * Makes the mark of a coin and tells it, with the books that have changed: to Redis for orders, on the topic for
 * everyone else. It follows the mark that was told last, which another copy may have left in Redis. Redis comes first,
 * so that who reads the event finds a mark at least as new.
 */
export const publishMark =
  (parts: PublishBookParts) =>
  async ({ instrument, sources, changed, at }: CoinBooks, memory: BookMemory): Promise<Published> => {
    const { before, isAsked } = await beforeOf(parts.books, instrument, memory);
    const book = bookOfMark(markOf(instrument, sources, at, before?.mark));
    const failures = await tell(parts, book, changed);
    return { book, memory: { ...memory, sequence: book.sequence, latest: book, isAsked }, failures };
  };
