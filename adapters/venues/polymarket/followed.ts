import { isDeepStrictEqual } from 'node:util';
import { type Instant, instant } from '../../../domain/kernel/instant';
import { parsePrice } from '../../../domain/kernel/money';
import { type Book, type BookQuality, isCrossed } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import type { Level } from '../../../domain/market/level';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import type { Clock } from '../../../usecases/ports/edge';
import type { Counts } from '../counts';
import { venueTime } from '../venue-time';
import { PolymarketBook } from './book';
import type { BookEvent, LastTrade, PriceChange } from './frames';
import { advanced, isTrading } from './lifecycle';
import { Tape } from './tape';

export type Change = PriceChange['price_changes'][number];

export type FollowedParts = {
  readonly clock: Clock;
  readonly counts: Counts;
  readonly fetchBook: (token: string) => Promise<BookEvent>;
  readonly onBook: (book: Book) => void;
  /** The socket is open and yet says nothing of changes that REST knows. */
  readonly onFrozen: () => void;
};

type Pending = { readonly changes: readonly Change[]; readonly venueMs: number };

/** A book without news is compared with REST this often: silent freezes of single tokens are common. */
export const CONFIRM_MS = 4_000;
const ASK_AGAIN_MS = 500;
const PENDING_MAX = 1_000;
/** So many times in a row REST knew something that the socket had not said. */
const FROZEN_AFTER = 2;

/**
 * One outcome token: its book, and whether it can be trusted. The channel has no sequence, so the venue's own best
 * prices prove each change, and REST proves a silence.
 */
export class Followed {
  private readonly book = new PolymarketBook();
  private emitted: Book | undefined;
  private sequence: number;
  private isTrusted = false;
  private isAsking = false;
  private askedAt = Number.NEGATIVE_INFINITY;
  /** Changes that came while a whole book was awaited: those younger than it are applied on top of it. */
  private pending: Pending[] = [];
  private snapshotMs = 0;
  private news = 0;
  private surprises = 0;
  private readonly tape: Tape;
  /** As it is told: halted while its tick changes. */
  instrument: Instrument;
  /** A book with the new tick is awaited. */
  private isChanging = false;

  constructor(
    /** As the venue said it last. */
    public read: Instrument,
    private readonly parts: FollowedParts,
  ) {
    this.instrument = read;
    this.tape = new Tape(parts.counts);
    // Counting from the clock keeps the sequence rising over a restart.
    this.sequence = parts.clock.now();
  }

  /** Takes what the venue says of the instrument now; whether that is news. */
  change(read: Instrument): boolean {
    const before = this.instrument;
    this.read = advanced(this.read, read);
    const isNewTick = this.read.priceTick !== before.priceTick;
    this.isChanging ||= isNewTick;
    this.instrument = this.isChanging && this.read.status === 'open' ? { ...this.read, status: 'halted' } : this.read;
    if (!isTrading(this.instrument)) this.distrust('stale');
    else if (isNewTick) this.resync();
    return !isDeepStrictEqual(this.instrument, before);
  }

  /** A good book has come; whether that ends a change of the tick. */
  confirm(): boolean {
    const wasChanging = this.isChanging;
    this.isChanging = false;
    this.instrument = this.read;
    return wasChanging;
  }

  takeTrade(trade: LastTrade): VenueTrade | undefined {
    return isTrading(this.instrument) ? this.tape.take(trade, this.instrument, this.parts.clock.now()) : undefined;
  }

  /** A whole book from the socket. After the close the venue empties it, and nothing of that counts. */
  takeBook(event: BookEvent): void {
    if (!isTrading(this.instrument)) return;
    this.news += 1;
    this.surprises = 0;
    this.adopt(event);
  }

  /** All changes of one frame: the best prices that it names are those after the last of them. */
  takeChanges(changes: readonly Change[], venueMs: number): void {
    if (!isTrading(this.instrument)) return;
    this.news += 1;
    this.surprises = 0;
    if (!this.isTrusted) {
      this.pending.push({ changes, venueMs });
      if (this.pending.length > PENDING_MAX) this.pending.shift();
      return;
    }
    if (venueMs < this.snapshotMs) return; // The whole book that we have is younger.
    const last = changes.at(-1);
    if (this.apply(changes) && this.isProved(last)) this.tell(last?.hash ?? '', venueMs);
    else this.resync();
  }

  /** The book and the venue disagree: REST is asked for the whole book, and nothing is trusted until it is there. */
  resync(): void {
    if (this.isTrusted) this.parts.counts.gaps += 1;
    this.distrust('gapped');
    void this.ask();
  }

  /** What was told last no longer counts, because of `quality`. */
  distrust(quality: BookQuality): void {
    this.isTrusted = false;
    this.pending = [];
    const { emitted } = this;
    if (emitted && emitted.quality !== quality) this.emit(quality, emitted.venueProof, emitted.venueAt);
  }

  /** Now and then, while the socket is open: asks REST for a book that is missing or has been quiet. */
  check(): void {
    const now = this.parts.clock.now();
    const isQuiet = !this.emitted || now - this.emitted.receivedAt >= CONFIRM_MS || this.emitted.quality === 'crossed';
    if (!this.isTrusted || isQuiet) void this.ask();
  }

  private async ask(): Promise<void> {
    const now = this.parts.clock.now();
    if (this.isAsking || !isTrading(this.instrument) || now - this.askedAt < ASK_AGAIN_MS) return;
    this.isAsking = true;
    this.askedAt = now;
    const newsBefore = this.news;
    try {
      const event = await this.parts.fetchBook(this.instrument.venueSymbol);
      // The socket spoke meanwhile, and its word is younger than REST's.
      const isNewest = !this.isTrusted || this.news === newsBefore;
      if (isNewest && isTrading(this.instrument)) this.takeAnswer(event);
    } catch {
      // The next check asks again; until then the book grows stale.
    } finally {
      this.isAsking = false;
    }
  }

  private takeAnswer(event: BookEvent): void {
    const wasTrusted = this.isTrusted;
    const before = wordsOf(this.book);
    this.adopt(event);
    if (!this.isTrusted || !wasTrusted || wordsOf(this.book) === before) return;
    this.parts.counts.gaps += 1;
    this.surprises += 1;
    if (this.surprises < FROZEN_AFTER) return;
    this.surprises = 0;
    this.parts.onFrozen();
  }

  private adopt({ bids, asks, timestamp, hash }: BookEvent): void {
    const venueMs = Number(timestamp);
    const since = this.pending.filter((pending) => pending.venueMs >= venueMs);
    this.pending = [];
    try {
      this.book.snapshot(bids, asks);
    } catch {
      this.parts.counts.framesDropped += 1;
      this.resync();
      return;
    }
    this.isTrusted = true;
    this.snapshotMs = venueMs;
    if (since.every(({ changes }) => this.apply(changes))) this.tell(hash, venueMs);
    else this.resync();
  }

  private apply(changes: readonly Change[]): boolean {
    try {
      for (const change of changes) this.book.change(change.side, change);
      return true;
    } catch {
      this.parts.counts.framesDropped += 1;
      return false;
    }
  }

  private isProved(last: Change | undefined): boolean {
    const { bids, asks } = this.book.levels();
    return isBest(bids[0], last?.best_bid) && isBest(asks[0], last?.best_ask);
  }

  private tell(venueProof: string, venueMs: number): void {
    const { at, isOff } = venueTime(venueMs, this.parts.clock.now());
    if (isOff) this.parts.counts.clockFaults += 1;
    const { bids, asks } = this.book.levels();
    // A book without a single level is that of a market at its end, or of a venue in trouble.
    const isEmpty = bids.length + asks.length === 0;
    this.emit(isCrossed(bids, asks) ? 'crossed' : isEmpty ? 'stale' : 'good', venueProof, at);
  }

  private emit(quality: BookQuality, venueProof: string, venueAt: Instant): void {
    this.sequence += 1;
    this.emitted = {
      instrument: this.instrument.id,
      venue: 'polymarket',
      sequence: this.sequence,
      venueProof,
      venueAt: instant(venueAt),
      receivedAt: this.parts.clock.now(),
      quality,
      ...this.book.levels(),
    };
    this.parts.onBook(this.emitted);
  }
}

/** The venue's word for its best price: absent says nothing; an empty side is an empty text, or a price of 0 or 1. */
function isBest(level: Level | undefined, said: string | undefined): boolean {
  if (said === undefined) return true;
  if (said === '' || said === '0' || said === '1') return level === undefined;
  return level?.price === parsePrice(said);
}

function wordsOf(book: PolymarketBook): string {
  const { bids, asks } = book.levels();
  return [...bids, 0n, ...asks]
    .map((level) => (typeof level === 'bigint' ? '/' : `${level.price}:${level.qty}`))
    .join();
}
