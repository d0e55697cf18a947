import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { type Book, followed } from '../../domain/market/book';
import type { ListedBook } from '../../domain/market/mark';
import { type Around, type PriceMemory, plausible } from '../../domain/market/plausibility';
import { type BookSink, Overtaken, type QuotePublisher, type ToldBooks } from '../ports/market-data/market-data';

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
  /** What an earlier run or another copy told last is known, and `latest` follows it. */
  readonly isAsked?: boolean;
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
 * whoever counted it: it follows what another copy, or an earlier run, left in Redis.
 * `around`: what the book is held against. A book that lacks something is told with what was last good of it.
 */
export const publishBook =
  (parts: PublishBookParts) =>
  async (given: Book, around: Around, memory: BookMemory): Promise<Published> => {
    const { book: judged, memory: price } = plausible(given, memory.price, around);
    const { before, isAsked } = await beforeOf(parts.books, judged.instrument, memory);
    const sequence = Math.max(judged.sequence, memory.sequence + 1, (before?.sequence ?? 0) + 1);
    const book = followed({ ...judged, sequence }, before);
    const failures = await tell(parts, book);
    return { book, memory: { ...memory, sequence, price, latest: book, isAsked }, failures };
  };

/**
 * What the next state follows: what was told last, by whomever. While Redis cannot be asked that is what is known here,
 * and it is asked again the next time.
 */
export async function beforeOf(
  books: ToldBooks,
  instrument: InstrumentId,
  { latest, isAsked = false }: BookMemory,
): Promise<{ readonly before: Book | undefined; readonly isAsked: boolean }> {
  if (isAsked) return { before: latest, isAsked };
  try {
    const told = (await books.told([instrument])).get(instrument);
    return { before: latest && latest.sequence > (told?.sequence ?? 0) ? latest : told, isAsked: true };
  } catch {
    return { before: latest, isAsked };
  }
}

/**
 * Redis first, then the topic; answers what could not be reached. Throws where another copy has told a newer state:
 * then nobody is told this one.
 */
export async function tell(
  { books, quotes }: PublishBookParts,
  book: Book,
  beside?: readonly ListedBook[],
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const noted = (error: unknown) => {
    if (error instanceof Overtaken) throw error;
    failures.push(error);
  };
  await books.put(book, beside).catch(noted);
  await quotes.publish(book).catch(noted);
  return failures;
}

/** The books that have been silent for `staleAfterMs`, as the news that they no longer count. */
export const grownStale = (
  latest: ReadonlyMap<InstrumentId, Book>,
  now: Instant,
  staleAfterMs: number,
): readonly Book[] =>
  [...latest.values()]
    .filter((book) => book.quality === 'good' && now - book.receivedAt > staleAfterMs)
    .map((book) => ({ ...book, quality: 'stale' }));
