import type { Book, Quote } from '../../domain/market/book';

/** A book as it is shown, with what made the mark of a coin. */
export const bookView = ({ mark, bids, asks, ...book }: Book) => ({
  ...book,
  bids: [...bids],
  asks: [...asks],
  ...(mark && { mark: markView(mark) }),
});

const markView = ({ sequence, receivedAt, bid, ask, sources = [] }: Quote) => ({
  sequence,
  receivedAt,
  bid,
  ask,
  venues: sources.map(({ rate: _, venueAt: __, receivedAt: ___, ...venue }) => venue),
});
