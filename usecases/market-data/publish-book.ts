import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { type Book, followed, isWhole } from '../../domain/market/book';
import { type Around, type PriceMemory, plausible } from '../../domain/market/plausibility';
import type { BookSink, QuotePublisher, ToldBooks } from '../ports/market-data/market-data';

export type PublishBookParts = {
  readonly books: Pick<BookSink, 'put'> & ToldBooks;
  readonly quotes: QuotePublisher;
};

/** What one instrument's earlier books left behind. */
export type BookMemory = {
  readonly sequence: number;
  readonly price?: PriceMemory;
  /** What was told last: it, or what it followed, says what was last good. */
  readonly latest?: Book;
};

export type Published = {
  readonly book: Book;
  readonly memory: BookMemory;
  /** What could not be reached. The rest was told all the same, and the next book tells it anew. */
  readonly failures: readonly unknown[];
};

export const NO_MEMORY: BookMemory = { sequence: 0 };

/**
 * Checks an outcome's book against what is plausible and tells it: to Redis for orders, on the topic for everyone else.
 * Redis comes first, so that who reads the event finds a book at least as new. The sequence of what is told rises,
 * whoever counted it. `around`: what the book is held against. A book that
 * lacks something is told with what was last good of it, which an earlier run may have left in Redis.
 */
export const publishBook =
  (parts: PublishBookParts) =>
  async (given: Book, around: Around, memory: BookMemory): Promise<Published> => {
    const { book: judged, memory: price } = plausible(given, memory.price, around);
    const sequence = Math.max(judged.sequence, memory.sequence + 1);
    const failures: unknown[] = [];
    const noted = (error: unknown) => void failures.push(error);
    const earlier = async () => (await parts.books.told([judged.instrument])).get(judged.instrument);
    const before = memory.latest ?? (isWhole(judged) ? undefined : await earlier().catch(() => undefined));
    const book = followed({ ...judged, sequence }, before);
    await parts.books.put(book).catch(noted);
    await parts.quotes.publish(book).catch(noted);
    return { book, memory: { ...memory, sequence, price, latest: book }, failures };
  };

/** The books that have been silent for `staleAfterMs`, as the news that they no longer count. */
export const grownStale = (
  latest: ReadonlyMap<InstrumentId, Book>,
  now: Instant,
  staleAfterMs: number,
): readonly Book[] =>
  [...latest.values()]
    .filter((book) => book.quality === 'good' && now - book.receivedAt > staleAfterMs)
    .map((book) => ({ ...book, quality: 'stale' }));
