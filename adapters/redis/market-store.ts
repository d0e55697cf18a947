import type { Redis } from 'ioredis';
import type { InstrumentId } from '../../domain/kernel/ids';
import type { Book } from '../../domain/market/book';
import type { BookSink, BookSource, CandleStore } from '../../usecases/ports/market-data/market-data';
import { decodeBook, decodeCandle, encodeBook, encodeCandle, encodeHeld, heldBook } from './book-codec';
import { makeConfirmed } from './confirmed-books';
import { answered } from './redis-errors';
import { keepTop } from './told-prices';

/**
 * Instruments that left the catalogue disappear by themselves. A market that has closed is told of no more, and what
 * was last good of it values its holders until it is resolved.
 */
const BOOK_KEPT_SECONDS = 60 * 24 * 3_600;
/** Longer than a book is fresh. */
const HELD_KEPT_SECONDS = 60;
const CANDLES_KEPT = 1_440;
const CANDLES_KEPT_SECONDS = 2 * 24 * 3_600;

/**
 * Replaces the candle of its minute and keeps the newest ones. KEYS[1] the set, ARGV[1] minute, ARGV[2] candle,
 * ARGV[3] how many to keep, ARGV[4] seconds.
 */
const PUT_CANDLE = `
  redis.call('ZREMRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[1])
  redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
  redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - tonumber(ARGV[3]))
  redis.call('EXPIRE', KEYS[1], ARGV[4])`;

/** The latest book of each instrument, one key each, and beside it until when the venue is known to have had it. */
export const makeBookStore = (redis: Redis): BookSink & BookSource => {
  const current: BookSource['current'] = async (ids) => {
    if (ids.length === 0) return new Map();
    const texts = await answered(redis.mget([...ids.map(bookKey), ...ids.map(heldKey)]));
    const books = ids.flatMap((_, index) => {
      const [text, held] = [texts[index], texts[ids.length + index]];
      return text ? [heldBook(decodeBook(text), held ?? null)] : [];
    });
    return new Map(books.map((book): [InstrumentId, Book] => [book.instrument, book]));
  };
  return {
    put: async (book) => {
      // What is told can be judged: its top is kept before anybody may decide by it.
      const kept = keepTop(redis, book);
      const put = answered(redis.set(bookKey(book.instrument), encodeBook(book), 'EX', BOOK_KEPT_SECONDS));
      await Promise.all([kept, put]);
    },
    hold: async (books) => {
      const pipeline = redis.pipeline();
      for (const book of books) pipeline.set(heldKey(book.instrument), encodeHeld(book), 'EX', HELD_KEPT_SECONDS);
      await answered(pipeline.exec());
    },
    current,
    confirmed: makeConfirmed(current),
  };
};

export const makeCandleStore = (redis: Redis): CandleStore => ({
  put: async (instrument, candle) => {
    const values = [candle.at, encodeCandle(candle), CANDLES_KEPT, CANDLES_KEPT_SECONDS];
    await answered(redis.eval(PUT_CANDLE, 1, candleKey(instrument), ...values));
  },
  latest: async (instrument, limit) => {
    if (limit <= 0) return [];
    return (await answered(redis.zrange(candleKey(instrument), `${-limit}`, '-1'))).map(decodeCandle);
  },
});

const heldKey = (instrument: InstrumentId): string => `held:${instrument}`;
const bookKey = (instrument: InstrumentId): string => `book:${instrument}`;
const candleKey = (instrument: InstrumentId): string => `candles:${instrument}`;
