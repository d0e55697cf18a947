import { type Instant, instant } from '../../../domain/kernel/instant';
import { parsePrice } from '../../../domain/kernel/money';
import { type Book, type BookQuality, isCrossed, type Level } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/edge';
import type { Counts } from '../counts';
import { venueTime } from '../venue-time';
import { PolymarketBook } from './book';
import type { BookEvent, PriceChange } from './frames';

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

  constructor(
    public instrument: Instrument,
    private readonly parts: FollowedParts,
  ) {
    // Counting from the clock keeps the sequence rising over a restart.
    this.sequence = parts.clock.now();
  }

  /** A whole book from the socket. */
  takeBook(event: BookEvent): void {
    this.news += 1;
    this.surprises = 0;
    this.adopt(event);
  }

  /** All changes of one frame: the best prices that it names are those after the last of them. */
  takeChanges(changes: readonly Change[], venueMs: number): void {
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
    if (this.isAsking || this.instrument.status === 'closed' || now - this.askedAt < ASK_AGAIN_MS) return;
    this.isAsking = true;
    this.askedAt = now;
    const newsBefore = this.news;
    try {
      const event = await this.parts.fetchBook(this.instrument.venueSymbol);
      // The socket spoke meanwhile, and its word is younger than REST's.
      if (!this.isTrusted || this.news === newsBefore) this.takeAnswer(event);
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
    this.emit(isCrossed(bids, asks) ? 'crossed' : 'good', venueProof, at);
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
