import type { Marks } from '../../account/account';
import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { type Book, isFresh, type Quote, quoteOf } from '../../market/book';
import { STALE_AFTER_MS } from './decision-context';

export const marksOf = (quotes: readonly Quote[]): Marks => new Map(quotes.map((quote) => [quote.instrument, quote]));

/** The tops of those books that are good and fresh at `at`: what fills orders and judges accounts. */
export function marksAt(books: ReadonlyMap<InstrumentId, Book>, at: Instant): Marks {
  const marks = new Map<InstrumentId, Quote>();
  for (const [instrument, book] of books) {
    const quote = isFresh(book.receivedAt, at, STALE_AFTER_MS) ? quoteOf(book) : undefined;
    if (quote) marks.set(instrument, quote);
  }
  return marks;
}

/** The last good prices, however old: what an account is valued at when a day begins and no price is fresh. */
export function lastMarks(books: ReadonlyMap<InstrumentId, Book>): Marks {
  const marks = new Map<InstrumentId, Quote>();
  for (const [instrument, book] of books) {
    const quote = quoteOf(book);
    if (quote) marks.set(instrument, quote);
  }
  return marks;
}
