import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { type Book, type BookQuality, isCrossed } from '../../domain/market/book';
import type { Venue } from '../../domain/market/instrument';
import type { ListedBook } from '../../domain/market/mark';
import type { VenueClock } from '../../domain/market/venue-clock';
import type { Clock } from '../../usecases/ports/clock-and-ids';
import type { Counts } from './counts';
import { liveTime, venueTime } from './venue-time';

export type TellerParts = {
  readonly clock: Clock;
  readonly counts: Counts;
  readonly venueClock: VenueClock;
  readonly onBook: (book: ListedBook, mark?: number) => void;
  readonly onHeld: (book: ListedBook) => void;
};

export type Levels = Pick<Book, 'bids' | 'asks'>;

/** Whose book it is. */
export type Told = { readonly venue: Venue; readonly instrument: () => InstrumentId };

/** Tells the states of one book, and remembers the last of them. */
export class Teller {
  last: ListedBook | undefined;
  /** Where the venue has the last state among its own. */
  private mark: number | undefined;
  private sequence: number;

  constructor(
    private readonly told: Told,
    private readonly parts: TellerParts,
  ) {
    // Counting from the clock keeps the sequence rising over a restart.
    this.sequence = parts.clock.now();
  }

  /**
   * When the venue had what it dates `venueMs`. `live`: it was sent then; `past`: it repeats what was, and `heldAt` is
   * when it was asked for and still so.
   */
  date(venueMs: number | undefined, sent: 'live' | 'past', heldAt?: Instant): Instant {
    const timeOf = sent === 'live' ? liveTime : venueTime;
    const { at, isOff } = timeOf(venueMs, this.parts.clock.now(), this.parts.venueClock);
    if (isOff) this.parts.counts.clockFaults += 1;
    return heldAt !== undefined && heldAt > at ? heldAt : at;
  }

  /** A book that can be trusted, as the venue had it then. `mark`: as the listener is told. */
  tell(levels: Levels, venueProof: string, venueAt: Instant, mark?: number): void {
    const { bids, asks } = levels;
    this.mark = mark;
    // A book without a single level is that of a market at its end, or of a venue in trouble.
    const isEmpty = bids.length + asks.length === 0;
    this.emit(levels, isCrossed(bids, asks) ? 'crossed' : isEmpty ? 'stale' : 'good', venueProof, venueAt);
  }

  /** The venue still has what was told last. */
  hold(at: Instant): void {
    const { last } = this;
    if (last?.quality !== 'good' || at <= last.venueAt) return;
    this.last = { ...last, venueAt: at };
    this.parts.onHeld(this.last);
  }

  /** What was told last is told again: nothing of it has changed. */
  repeat(): void {
    if (this.last) this.tell(this.last, this.last.venueProof, this.last.venueAt, this.mark);
  }

  /** What was told last no longer counts. */
  withdraw(levels: Levels, quality: BookQuality): void {
    const { last } = this;
    if (last && last.quality !== quality) this.emit(levels, quality, last.venueProof, last.venueAt);
  }

  private emit({ bids, asks }: Levels, quality: BookQuality, venueProof: string, venueAt: Instant): void {
    const { venue, instrument } = this.told;
    const receivedAt = this.parts.clock.now();
    this.sequence += 1;
    const { sequence } = this;
    this.last = { instrument: instrument(), venue, sequence, venueProof, venueAt, receivedAt, quality, bids, asks };
    this.parts.onBook(this.last, this.mark);
  }
}
