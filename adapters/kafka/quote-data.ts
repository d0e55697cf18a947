import type { EventData } from '../../contracts/topics/events';
import type { Book } from '../../domain/market/book';

/** The top of a book as `market-data.quote` tells it. */
export const quoteDataOf = (book: Book): EventData<'market-data.quote'> => {
  const { instrument, venue, sequence, venueProof, quality, venueAt, receivedAt, bids, asks } = book;
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
