import type { Redis } from 'ioredis';
import type { InstrumentId } from '../../domain/kernel/ids';
import type { Book } from '../../domain/market/book';
import { kindOf } from '../../domain/market/instrument';
import { listingOf, type Primary } from '../../domain/market/listing';
import { type ListedBook, markedBook } from '../../domain/market/mark';
import {
  type BookSink,
  type BookSource,
  Overtaken,
  type ToldBooks,
} from '../../usecases/ports/market-data/market-data';
import { decodeBook, encodeBook, encodeHeld, heldBook } from './book-codec';
import { makeConfirmed } from './confirmed-books';
import { keepTop } from './past/told-prices';
import { answered } from './redis-errors';
import { runScript, scriptOf } from './script';

/**
 * Instruments that left the catalogue disappear by themselves. A market that has closed is told of no more, and what
 * was last good of it values its holders until it is resolved.
 */
const BOOK_KEPT_SECONDS = 60 * 24 * 3_600;
/** Longer than a book is fresh. */
const HELD_KEPT_SECONDS = 60;

/**
 * Puts an instrument's state and what belongs to it, unless what stands there has the same sequence or a higher one: a
 * process that stood still may write long after its successor. To say the same again does no harm. KEYS the instrument
 * and what is beside it; ARGV[1] for how many seconds, ARGV[2] the sequence, then a text for each key.
 */
const PUT = scriptOf(`
  local known = redis.call('GET', KEYS[1])
  if known and known ~= ARGV[3] then
    local sequence = tonumber(string.match(known, '"n":(%d+)'))
    if sequence and sequence >= tonumber(ARGV[2]) then return 0 end
  end
  for at, key in ipairs(KEYS) do redis.call('SET', key, ARGV[at + 2], 'EX', ARGV[1]) end
  return 1`);

/**
 * What was told last of each instrument, one key each; of a coin that is its mark, and each of its venues' books has a
 * key of its own. Beside a venue's book stands until when the venue is known to have had it.
 */
export const makeBookStore = (redis: Redis): BookSink & BookSource & ToldBooks => {
  const current: BookSource['current'] = async (ids, primary) => {
    if (ids.length === 0) return new Map();
    const listings = ids.map((id) => listingOf(id, primary));
    const keys = [...ids.map(bookKey), ...listings.map(depthKey), ...listings.map(heldKey)];
    const texts = await answered(redis.mget(keys));
    const textAt = (part: number, index: number) => texts[part * ids.length + index] ?? null;
    const books = ids.flatMap((id, index): [InstrumentId, Book][] => {
      const told = textAt(0, index);
      if (!told) return [];
      const held = (text: string) => heldBook(decodeBook(text), textAt(2, index));
      return [[id, kindOf(id) === 'outcome' ? held(told) : bookAt(primary, decodeBook(told), textAt(1, index), held)]];
    });
    return new Map(books);
  };
  return {
    put: async (book, beside = []) => {
      // What is told can be judged: its top is kept before anybody may decide by it.
      const kept = keepTop(redis, book);
      const keys = [bookKey(book.instrument), ...beside.map((venue) => depthKey(nameOf(venue)))];
      const given = [BOOK_KEPT_SECONDS, book.sequence, ...[book, ...beside].map(encodeBook)];
      const [, isPut] = await Promise.all([kept, runScript<number>(redis, PUT, keys, given)]);
      if (!isPut) throw new Overtaken(`a newer state of ${book.instrument} was told than ${book.sequence}`);
    },
    hold: async (books) => {
      const pipeline = redis.pipeline();
      for (const book of books) pipeline.set(heldKey(nameOf(book)), encodeHeld(book), 'EX', HELD_KEPT_SECONDS);
      await answered(pipeline.exec());
    },
    current,
    told: async (ids) => {
      const texts = ids.length === 0 ? [] : await answered(redis.mget(ids.map(bookKey)));
      return new Map(
        ids.flatMap((id, index): [InstrumentId, Book][] => (texts[index] ? [[id, decodeBook(texts[index])]] : [])),
      );
    },
    confirmed: makeConfirmed(current),
  };
};

/** A coin's book at one venue, as its mark has it; of a venue that nothing was heard of there is no book to fill from. */
function bookAt(primary: Primary, told: Book, text: string | null, held: (text: string) => Book): Book {
  const { mark } = told;
  if (!mark || !text) return { ...told, venue: primary, quality: 'stale', bids: [], asks: [] };
  return markedBook(held(text) as ListedBook, mark);
}

const nameOf = ({ instrument, venue }: Book): InstrumentId =>
  venue === 'composite' ? instrument : listingOf(instrument, venue);

const heldKey = (instrument: InstrumentId): string => `held:${instrument}`;
const depthKey = (listing: InstrumentId): string => `depth:${listing}`;
const bookKey = (instrument: InstrumentId): string => `book:${instrument}`;
