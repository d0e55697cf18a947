import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../../domain/kernel/instant';

import type { Instrument } from '../../../domain/market/instrument';
import type { ListedBook } from '../../../domain/market/mark';
import type { PriceGrid } from '../../../domain/market/price-grid';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import { BookSubscription } from '../book-subscription';
import { advanced, isTrading } from '../outcomes/outcome-life';
import type { TellerParts } from '../teller';
import { type BookFrame, KalshiBook, mirrored } from './book';
import type { Pair } from './markets/instruments';
import { Tape } from './tape';
import type { MessageOf } from './wire/frames';

export type MarketParts = TellerParts & {
  readonly onInstruments: (instruments: readonly Instrument[]) => void;
  readonly onTrouble: (what: string) => void;
  readonly askAgain: () => void;
};

/** One market: its two outcomes, and the one book that both are seen in. */
export class Market {
  readonly book: BookSubscription<BookFrame>;
  private readonly tape: Tape;
  private told: Pair;
  /** The steps of its price changed: a book with the new ones is awaited. */
  private isChanging = false;
  /** Why the venue does not tell its book. */
  private refused: string | undefined;
  private last: ListedBook | undefined;
  private levels = new KalshiBook();

  constructor(
    /** As the venue said it last. */
    private read: Pair,
    private readonly parts: MarketParts,
  ) {
    this.told = read;
    const [yes, no] = read;
    this.tape = new Tape({ yes: yes.id, no: no.id }, { ...parts, venue: 'kalshi' });
    this.book = new BookSubscription<BookFrame>({
      ...parts,
      venue: 'kalshi',
      instrument: () => yes.id,
      emptyBook: () => {
        this.levels = new KalshiBook();
        return this.levels;
      },
      onBook: (book) => {
        this.last = book;
        parts.onBook(book);
        parts.onBook(mirrored(book, no.id, this.levels));
        if (book.quality === 'good' && this.isChanging) {
          this.isChanging = false;
          this.tell();
        }
      },
      onHeld: (book) => {
        parts.onHeld(book);
        parts.onHeld(mirrored(book, no.id, this.levels));
      },
    });
    parts.onInstruments(read);
  }

  isTrading = (): boolean => isTrading(this.read[0]);

  /** Takes what the catalogue says, or the socket. */
  change([yes, no]: Pair): void {
    const before = this.read;
    this.read = [advanced(before[0], yes), advanced(before[1], no)];
    const isNewGrid = this.isTrading() && !isDeepStrictEqual(gridOf(this.read[0]), gridOf(before[0]));
    this.isChanging ||= isNewGrid;
    if (isNewGrid) this.parts.onTrouble(`kalshi: ${yes.venueSymbol} is halted: the steps of its price change`);
    this.tell();
    if (!this.isTrading()) this.book.distrust('stale');
    else if (isNewGrid) this.book.renew();
  }

  /** The venue does not tell its book. */
  refuse(why: string): void {
    if (this.refused === undefined) {
      this.parts.onTrouble(`kalshi: ${this.read[0].venueSymbol} is halted: the venue refused it: ${why}`);
    }
    this.refused = why;
    this.tell();
  }

  get isRefused(): boolean {
    return this.refused !== undefined;
  }

  /** A whole book, asked for at `askedAt`; whether it could be read. */
  takeSnapshot(frame: BookFrame, askedAt: Instant | undefined): boolean {
    if (!this.isTrading() || this.contradicts(frame)) return true;
    return this.book.take('snapshot', frame, undefined, askedAt);
  }

  takeDeltas(frame: BookFrame, venueMs: number | undefined): boolean {
    return !this.isTrading() || this.book.take('update', frame, venueMs);
  }

  takeTrade(trade: MessageOf<'trade'>, now: Instant): readonly VenueTrade[] {
    return this.isTrading() ? this.tape.take(trade, now) : [];
  }

  /**
   * A whole book that is not ours, although we lack no message: one of the two is wrong, and none is believed before it
   * was said again.
   */
  private contradicts(frame: BookFrame): boolean {
    if (this.last?.quality !== 'good') return false;
    const fresh = new KalshiBook();
    try {
      fresh.apply('snapshot', frame);
    } catch {
      return false;
    }
    const { bids, asks } = this.last;
    if (isDeepStrictEqual(fresh.levels(), { bids, asks })) return false;
    this.book.lose();
    return true;
  }

  private tell(): void {
    const isHalted = this.isChanging || this.isRefused;
    const shown = (one: Instrument): Instrument =>
      isHalted && one.status === 'open' ? { ...one, status: 'halted' } : one;
    const now: Pair = [shown(this.read[0]), shown(this.read[1])];
    const isNews = !isDeepStrictEqual(now, this.told);
    this.told = now;
    if (isNews) this.parts.onInstruments(now);
  }
}

const gridOf = ({ priceTick, priceBands }: Instrument): PriceGrid => ({ priceTick, ...(priceBands && { priceBands }) });
