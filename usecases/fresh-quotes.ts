import type { InstrumentId } from '../domain/kernel/ids';
import type { Instant } from '../domain/kernel/instant';
import { type Book, isFresh, type Quote, quoteOf } from '../domain/market/book';

/** The quotes that may judge and mark: of good, two-sided books received within `staleAfterMs`. */
export const freshQuotes = (
  books: ReadonlyMap<InstrumentId, Book>,
  now: Instant,
  staleAfterMs: number,
): readonly Quote[] =>
  [...books.values()].flatMap((book) => {
    const quote = isFresh(book.receivedAt, now, staleAfterMs) ? quoteOf(book) : undefined;
    return quote ? [quote] : [];
  });
