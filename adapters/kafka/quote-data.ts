import type { EventData } from '../../contracts/topics/events';
import type { Book } from '../../domain/market/book';

/** The top of a book as `market-data.quote` tells it. A book with both sides empty is no quote, however good it is. */
export const quoteDataOf = (book: Book): EventData<'market-data.quote'> => {
  const { instrument, venue, sequence, venueProof, venueAt, receivedAt, bids, asks, doubts } = book;
  const [bid = null, ask = null] = [bids[0], asks[0]];
  const quality = book.quality === 'good' && !bid && !ask ? 'stale' : book.quality;
  return {
    instrument,
    venue,
    sequence,
    venueProof,
    quality,
    venueAt,
    receivedAt,
    bid,
    ask,
    ...(doubts && { doubts }),
  };
};
