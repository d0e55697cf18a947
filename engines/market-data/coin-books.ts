import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import { type Instrument, quoteCurrencyOf, type Venue } from '../../domain/market/instrument';
import { coinOf, TETHER_RATE } from '../../domain/market/listing';
import { compositeOf, type ListedBook, markedBook, sourceOf } from '../../domain/market/mark';
import type { MarkSource } from '../../domain/market/quote';
import type { CoinBooks } from '../../usecases/market-data/publish-mark';

/** The latest books of all venues, coin by coin, the rate of the tether among them. */
export class CoinBooksByVenue {
  private readonly coins = new Map<InstrumentId, Map<Venue, ListedBook>>();
  private readonly changed = new Map<InstrumentId, Set<Venue>>();
  /** Pairs that their venue does not trade now, as `id venue`. */
  private readonly halted = new Set<string>();

  /** Answers the coin whose mark it may change; undefined: a rate, which its coins meet with their next book. */
  put(book: ListedBook): InstrumentId | undefined {
    const coin = coinOf(book.instrument);
    const venues = this.coins.get(coin) ?? new Map<Venue, ListedBook>();
    this.coins.set(coin, venues.set(book.venue, book));
    if (coin === TETHER_RATE) return undefined;
    // Nothing fills in tethers: such a book only takes part in the mark.
    const changed = this.changed.get(coin) ?? new Set<Venue>();
    this.changed.set(coin, quoteCurrencyOf(book.instrument) === 'USD' ? changed.add(book.venue) : changed);
    return coin;
  }

  /** What a venue says of one of its pairs. */
  list({ id, venue, status }: Instrument): void {
    if (status === 'open') this.halted.delete(`${id} ${venue}`);
    else this.halted.add(`${id} ${venue}`);
  }

  /** The book is known to hold for longer; answers it, if it is still the state that was put. */
  hold(held: ListedBook): ListedBook | undefined {
    const venues = this.coins.get(coinOf(held.instrument));
    const known = venues?.get(held.venue);
    if (known?.sequence !== held.sequence || known.receivedAt !== held.receivedAt) return undefined;
    const book = { ...known, venueAt: held.venueAt };
    venues?.set(held.venue, book);
    return book;
  }

  coinsHeard(): readonly InstrumentId[] {
    return [...this.changed.keys()];
  }

  /** What the venues say of a coin now, with the books that have changed since this was last asked. */
  take(coin: InstrumentId, now: Instant): CoinBooks {
    const venues = this.coins.get(coin) ?? new Map<Venue, ListedBook>();
    const changed = [...(this.changed.get(coin) ?? [])].flatMap((venue) => venues.get(venue) ?? []);
    this.changed.set(coin, new Set());
    return { instrument: coin, sources: this.sources(coin, now), changed, at: now };
  }

  /** They did not reach everybody: they go with the next mark. */
  untold({ instrument, changed }: CoinBooks): void {
    const waiting = this.changed.get(instrument) ?? [];
    this.changed.set(instrument, new Set([...changed.map(({ venue }) => venue), ...waiting]));
  }

  /** The states of a coin's venues as they are by now: one that fell silent changes without a word. */
  sources(coin: InstrumentId, now: Instant): readonly MarkSource[] {
    const books = [...(this.coins.get(coin)?.values() ?? [])];
    const rate = books.some(isInTethers) ? compositeOf(this.sources(TETHER_RATE, now)) : undefined;
    return books.map((book) => {
      const source = sourceOf(book, now, isInTethers(book) ? rate : undefined);
      return this.halted.has(`${book.instrument} ${book.venue}`) ? { ...source, state: 'halted' } : source;
    });
  }

  /** The book of one venue as its trades are held against it; `mark` as it was told last. */
  at(coin: InstrumentId, venue: Venue, told: Book | undefined): Book | undefined {
    const book = this.coins.get(coin)?.get(venue);
    return book && told?.mark ? markedBook(book, told.mark) : undefined;
  }

  /** All of the coin's books are told again by whoever goes on. */
  forgetTold(coin: InstrumentId): void {
    const inDollars = [...(this.coins.get(coin)?.values() ?? [])].filter((book) => !isInTethers(book));
    this.changed.set(coin, new Set(inDollars.map(({ venue }) => venue)));
  }
}

const isInTethers = ({ instrument }: ListedBook): boolean => quoteCurrencyOf(instrument) === 'USDT';
