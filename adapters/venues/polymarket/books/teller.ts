import type { InstrumentId } from '../../../../domain/kernel/ids';
import { type Instant, instant } from '../../../../domain/kernel/instant';
import { type Book, type BookQuality, isCrossed } from '../../../../domain/market/book';
import type { VenueClock } from '../../../../domain/market/venue-clock';
import type { Clock } from '../../../../usecases/ports/clock-and-ids';
import type { Counts } from '../../counts';
import { venueTime } from '../../venue-time';
import type { PolymarketBook } from './book';

export type TellerParts = {
  readonly clock: Clock;
  readonly counts: Counts;
  readonly venueClock: VenueClock;
  readonly onBook: (book: Book) => void;
  readonly onHeld: (book: Book) => void;
};

/** Tells the states of one token's book, and remembers the last of them. */
export class Teller {
  last: Book | undefined;
  private sequence: number;

  constructor(
    private readonly instrument: () => InstrumentId,
    private readonly parts: TellerParts,
  ) {
    // Counting from the clock keeps the sequence rising over a restart.
    this.sequence = parts.clock.now();
  }

  /** A book that can be trusted, as the venue had it at `venueMs`; `heldAt`: when it was asked for and still so. */
  tell(book: PolymarketBook, venueProof: string, venueMs: number, heldAt?: Instant): void {
    const { at: madeAt, isOff } = venueTime(venueMs, this.parts.clock.now(), this.parts.venueClock);
    const at = heldAt !== undefined && heldAt > madeAt ? heldAt : madeAt;
    if (isOff) this.parts.counts.clockFaults += 1;
    const { bids, asks } = book.levels();
    // A book without a single level is that of a market at its end, or of a venue in trouble.
    const isEmpty = bids.length + asks.length === 0;
    this.emit(book, isCrossed(bids, asks) ? 'crossed' : isEmpty ? 'stale' : 'good', venueProof, at);
  }

  /** The venue still has what was told last. */
  hold(at: Instant): void {
    const { last } = this;
    if (last?.quality !== 'good' || at <= last.venueAt) return;
    this.last = { ...last, venueAt: at };
    this.parts.onHeld(this.last);
  }

  /** What was told last no longer counts. */
  withdraw(book: PolymarketBook, quality: BookQuality): void {
    const { last } = this;
    if (last && last.quality !== quality) this.emit(book, quality, last.venueProof, last.venueAt);
  }

  private emit(book: PolymarketBook, quality: BookQuality, venueProof: string, venueAt: Instant): void {
    this.sequence += 1;
    this.last = {
      instrument: this.instrument(),
      venue: 'polymarket',
      sequence: this.sequence,
      venueProof,
      venueAt: instant(venueAt),
      receivedAt: this.parts.clock.now(),
      quality,
      ...book.levels(),
    };
    this.parts.onBook(this.last);
  }
}
