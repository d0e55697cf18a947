import type { EventData } from '../../contracts/topics/events';
import { type Book, quoteOf } from '../../domain/market/book';

/** The top of a book as `market-data.quote` tells it. A book with both sides empty is no quote, however good it is. */
export const quoteDataOf = (book: Book): EventData<'market-data.quote'> => {
  const { instrument, venue, sequence, venueProof, venueAt, receivedAt, bids, asks } = book;
  const quality = book.quality === 'good' && !quoteOf(book) ? 'stale' : book.quality;
  return {
    instrument,
    venue,
    sequence,
    venueProof,
    quality,
    venueAt,
    receivedAt,
    bid: bids[0] ?? null,
    ask: asks[0] ?? null,
  };
};
