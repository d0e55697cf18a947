import type { EventData } from '../../contracts/topics/events';
import type { Book } from '../../domain/market/book';

/**
 * The top of a book as `market-data.quote` tells it, a coin's with what its mark was made of. A book with both sides
 * empty is no quote, however good it is.
 */
export const quoteDataOf = (book: Book): EventData<'market-data.quote'> => {
  const { instrument, venue, sequence, venueProof, venueAt, receivedAt, bids, asks, doubts, mark } = book;
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
    ...(mark?.sources && { sources: mark.sources.map(sourceData) }),
    ...(mark?.confirmedSince !== undefined && { confirmedSince: mark.confirmedSince }),
  };
};

type SourceData = NonNullable<EventData<'market-data.quote'>['sources']>[number];

function sourceData({ rate, ...own }: NonNullable<NonNullable<Book['mark']>['sources']>[number]): SourceData {
  if (!rate) return own;
  return {
    ...own,
    rate: { bid: rate.bid, ask: rate.ask, sources: rate.sources.map(({ rate: _, ...source }) => source) },
  };
}
