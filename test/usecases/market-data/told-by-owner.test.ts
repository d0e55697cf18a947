import type { InstrumentId } from '../../../domain/kernel/ids';
import { booksByOwner, topicByOwner } from '../../../usecases/market-data/told-by-owner';
import { type BookSink, Overtaken } from '../../../usecases/ports/market-data/market-data';
import { BTC, bookAt, TEN, tradeAt } from '../../fixtures/book-story';

/** Goal: whoever lost an instrument while it stood still writes nothing of it, wherever it had got to. */
test.each([true, false])('whether it is told here is asked at each writing: %s', async (isMine) => {
  const told: string[] = [];
  const asked: InstrumentId[] = [];
  const tell = (what: string) => async () => void told.push(what);
  const owner = (instrument: InstrumentId) => {
    asked.push(instrument);
    return isMine;
  };
  const sink: BookSink = { put: tell('book'), hold: tell('held') };
  const books = booksByOwner(sink, owner);
  const parts = { publish: tell('quote'), publishTrade: tell('trade'), publishStates: tell('state') };
  const topic = topicByOwner(parts, owner);
  const change = { instrument: BTC, venue: 'kraken', state: 'fresh', reason: null, at: TEN } as never;
  const writings = [
    () => books.put(bookAt(91_000)),
    () => topic.publish(bookAt(91_000)),
    () => topic.publishTrade(tradeAt(91_000)),
    () => topic.publishStates([change]),
  ];
  for (const write of writings) {
    if (isMine) await write();
    else await expect(write()).rejects.toThrow(Overtaken);
  }
  await books.hold([bookAt(91_000)]);
  expect(told).toEqual(isMine ? ['book', 'quote', 'trade', 'state', 'held'] : []);
  expect(asked).toEqual(Array(5).fill(BTC));
});
