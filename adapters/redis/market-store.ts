import type { Redis } from 'ioredis';
import type { InstrumentId } from '../../domain/kernel/ids';
import type { Book } from '../../domain/market/book';
import type { BookSink, BookSource } from '../../usecases/ports/market-data/market-data';
import { decodeBook, encodeBook, encodeHeld, heldBook } from './book-codec';
import { makeConfirmed } from './confirmed-books';
import { keepTop } from './past/told-prices';
import { answered } from './redis-errors';

/**
 * Instruments that left the catalogue disappear by themselves. A market that has closed is told of no more, and what
 * was last good of it values its holders until it is resolved.
 */
const BOOK_KEPT_SECONDS = 60 * 24 * 3_600;
/** Longer than a book is fresh. */
const HELD_KEPT_SECONDS = 60;

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

const heldKey = (instrument: InstrumentId): string => `held:${instrument}`;
const bookKey = (instrument: InstrumentId): string => `book:${instrument}`;
