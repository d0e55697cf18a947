import type { InstrumentId } from '../../domain/kernel/ids';
import type { TradePublisher } from '../ports/market-data/catalogue';
import { type BookSink, Overtaken, type QuotePublisher } from '../ports/market-data/market-data';
import type { StatePublisher } from '../ports/market-data/market-state';

type IsMine = (instrument: InstrumentId) => boolean;

function check(isMine: IsMine, instrument: InstrumentId): void {
  if (!isMine(instrument)) throw new Overtaken(`${instrument} is told by another copy now`);
}

/** Redis for whoever still has the instrument at the moment of writing: the process may have stood still before. */
export const booksByOwner = <Books extends BookSink>(books: Books, isMine: IsMine): Books => ({
  ...books,
  put: async (book, beside) => {
    check(isMine, book.instrument);
    await books.put(book, beside);
  },
  hold: async (held) => {
    const mine = held.filter(({ instrument }) => isMine(instrument));
    if (mine.length > 0) await books.hold(mine);
  },
});

/** The topic, in the same way. */
export const topicByOwner = (
  topic: QuotePublisher & TradePublisher & StatePublisher,
  isMine: IsMine,
): QuotePublisher & TradePublisher & StatePublisher => ({
  publish: async (book) => {
    check(isMine, book.instrument);
    await topic.publish(book);
  },
  publishTrade: async (trade) => {
    check(isMine, trade.instrument);
    await topic.publishTrade(trade);
  },
  publishStates: async (changes) => {
    for (const { instrument } of changes) check(isMine, instrument);
    await topic.publishStates(changes);
  },
});
