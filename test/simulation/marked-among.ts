import type { Instant } from '../../domain/kernel/instant';
import { price } from '../../domain/kernel/money';
import type { Book } from '../../domain/market/book';
import type { Level } from '../../domain/market/level';
import { type ListedBook, markedBook, markOf, sourceOf } from '../../domain/market/mark';
import type { Quote } from '../../domain/market/quote';
import type { SeededRandom } from '../../local/simulators/truth/random';

const VENUES = ['binance', 'coinbase', 'kraken'] as const;
const MAD_CHANCE = 0.08;

/**
 * A coin's book at the venue that fills, marked by three venues that show nearly the same; now and then one of them,
 * perhaps that one, goes mad or is lost. `before`: its mark until now.
 */
export function markedAmong(random: SeededRandom, book: ListedBook, before: Quote | undefined, at: Instant): Book {
  const mad = random.next() < MAD_CHANCE ? random.whole(0, VENUES.length - 1) : undefined;
  const books = VENUES.map((venue, place) => {
    const shown = venue === book.venue ? book : { ...moved(book, random.between(0.9995, 1.0005)), venue };
    if (place !== mad) return shown;
    return random.next() < 0.5 ? moved(shown, random.between(0.5, 1.5)) : { ...shown, quality: 'gapped' as const };
  });
  const own = books.find(({ venue }) => venue === book.venue) ?? book;
  const sources = books.map((each) => sourceOf(each, at));
  return markedBook(own, markOf(book.instrument, sources, at, before));
}

/** Its depth at other prices. */
function moved(book: ListedBook, factor: number): ListedBook {
  const scaled = ({ price: at, qty }: Level) => ({
    price: price((at * BigInt(Math.round(factor * 1e6))) / 1_000_000n),
    qty,
  });
  return { ...book, bids: book.bids.map(scaled), asks: book.asks.map(scaled) };
}
