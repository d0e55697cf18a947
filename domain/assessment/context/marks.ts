import type { Marks } from '../../account/account';
import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { type Book, isFresh, pastQuoteOf, type Quote, quoteOf } from '../../market/book';
import { STALE_AFTER_MS } from './decision-context';

export const marksOf = (quotes: readonly Quote[]): Marks => new Map(quotes.map((quote) => [quote.instrument, quote]));

/**
 * The tops of these books: the sides that are good and fresh at `at`, which fill orders and judge accounts, and of the
 * others what was good last, which bounds what has no price.
 */
export function marksAt(books: ReadonlyMap<InstrumentId, Book>, at: Instant): Marks {
  const marks = new Map<InstrumentId, Quote>();
  for (const [instrument, book] of books) {
    const told = quoteOf(book);
    const quote = told && isFresh(told.receivedAt, at, STALE_AFTER_MS) ? told : pastQuoteOf(book);
    if (quote) marks.set(instrument, quote);
  }
  return marks;
}
