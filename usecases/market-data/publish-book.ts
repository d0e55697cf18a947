import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { type Book, followed, isWhole, type Quote, quoteOf } from '../../domain/market/book';
import { type Candle, midOf, withMid } from '../../domain/market/candle';
import { believed } from '../../domain/market/doubt';
import { type Around, type PriceMemory, plausible } from '../../domain/market/plausibility';
import type { BookSink, CandleStore, QuotePublisher, ToldBooks } from '../ports/market-data/market-data';

export type PublishBookParts = {
  readonly books: Pick<BookSink, 'put'> & ToldBooks;
  readonly candles: CandleStore;
  readonly quotes: QuotePublisher;
};

/** What one instrument's earlier books left behind. */
export type BookMemory = {
  readonly sequence: number;
  readonly price?: PriceMemory;
  /** What was told last: it, or what it followed, says what was last good. */
  readonly latest?: Book;
  readonly candle?: Candle;
  /** The time of the last mid that is in the stored candle. */
  readonly candleWrittenAt?: Instant;
};

export type Published = {
  readonly book: Book;
  readonly memory: BookMemory;
  /** What could not be reached. The rest was told all the same, and the next book tells it anew. */
  readonly failures: readonly unknown[];
};

export const NO_MEMORY: BookMemory = { sequence: 0 };
const CANDLE_EVERY_MS = 500;

/**
 * Checks an outcome's book against what is plausible and tells it: to Redis for orders, on the topic for everyone else,
 * into the minute's candle when it is good. Redis comes first, so that who reads the event finds a book at least as
 * new. The sequence of what is told rises, whoever counted it. `around`: what the book is held against. A book that
 * lacks something is told with what was last good of it, which an earlier run may have left in Redis.
 */
export const publishBook = (parts: PublishBookParts) => {
  const keepCandle = candleKeeper(parts.candles);
  return async (given: Book, around: Around, memory: BookMemory): Promise<Published> => {
    const { book: judged, memory: price } = plausible(given, memory.price, around);
    const sequence = Math.max(judged.sequence, memory.sequence + 1);
    const failures: unknown[] = [];
    const noted = (error: unknown) => void failures.push(error);
    const earlier = async () => (await parts.books.told([judged.instrument])).get(judged.instrument);
    const before = memory.latest ?? (isWhole(judged) ? undefined : await earlier().catch(() => undefined));
    const book = followed({ ...judged, sequence }, before);
    await parts.books.put(book).catch(noted);
    await parts.quotes.publish(book).catch(noted);
    // What is shown in a thin market is drawn all the same.
    const { doubts: _, ...shown } = believed(book);
    const quote = quoteOf(shown);
    const told: BookMemory = { ...memory, sequence, price, latest: book };
    if (!quote) return { book, memory: told, failures };
    const kept = await keepCandle(quote, told).catch(noted);
    return { book, memory: kept ?? told, failures };
  };
};

/** Stores the candle of a mid, now and then within its minute and whenever a minute ends. */
export const candleKeeper =
  (candles: CandleStore) =>
  async (quote: Quote, memory: BookMemory): Promise<BookMemory> => {
    const { instrument, receivedAt } = quote;
    const mid = midOf(quote);
    if (mid === undefined) return memory;
    // After a restart the minute goes on from what was stored of it.
    const before = memory.candle ?? (await candles.latest(instrument, 1))[0];
    const candle = withMid(before, mid, receivedAt);
    const isNewMinute = memory.candle !== undefined && memory.candle.at !== candle.at;
    if (isNewMinute && memory.candle) await candles.put(instrument, memory.candle);
    const writtenAt = memory.candleWrittenAt;
    const isDue = isNewMinute || writtenAt === undefined || receivedAt - writtenAt >= CANDLE_EVERY_MS;
    if (!isDue) return { ...memory, candle };
    await candles.put(instrument, candle);
    return { ...memory, candle, candleWrittenAt: receivedAt };
  };

/** The books that have been silent for `staleAfterMs`, as the news that they no longer count. */
export const grownStale = (
  latest: ReadonlyMap<InstrumentId, Book>,
  now: Instant,
  staleAfterMs: number,
): readonly Book[] =>
  [...latest.values()]
    .filter((book) => book.quality === 'good' && now - book.receivedAt > staleAfterMs)
    .map((book) => ({ ...book, quality: 'stale' }));
