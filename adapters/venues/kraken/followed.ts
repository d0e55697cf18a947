import type { Instant } from '../../../domain/kernel/instant';
import { type Book, type BookQuality, isCrossed } from '../../../domain/market/book';
import type { VenueClock } from '../../../domain/market/venue-clock';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { Counts } from '../counts';
import { Pace } from '../pace';
import { liveTime, venueTime } from '../venue-time';
import { KrakenBook } from './book';
import { epochMsOf, type KrakenFrame } from './frames';
import { instrumentOf } from './instruments';

export type BookUpdate = Extract<KrakenFrame, { channel: 'book' }>['data'][number];

export type FollowedParts = {
  readonly symbol: string;
  readonly clock: Clock;
  readonly counts: Counts;
  readonly venueClock: VenueClock;
  /** Unsubscribes the book and subscribes it again, which brings a snapshot. */
  readonly askAgain: () => void;
  readonly onBook: (book: Book) => void;
  readonly onHeld: (book: Book) => void;
};

export const DEPTH = 25;
/** A quiet book is confirmed this often while frames, heartbeats included, keep coming. */
export const CONFIRM_MS = 2_000;
const SNAPSHOT_MS_MAX = 5_000;
/** Books that fail one after the other are asked for less and less often. */
const PACE_MS = { first: 500, max: 5_000, calm: 10_000 } as const;

/** One symbol: its book, what was told of it last, and whether a snapshot is awaited. */
export class Followed {
  private book = new KrakenBook(DEPTH);
  private emitted: Book | undefined;
  private sequence: number;
  private isWaiting = true;
  /** When a new snapshot is to be asked for, while one is awaited. */
  private askAt = Number.POSITIVE_INFINITY;
  private readonly pace = new Pace(PACE_MS);
  /** The venue's own time of what it said last. */
  private knownMs: number | undefined;

  constructor(private readonly parts: FollowedParts) {
    // Counting from the clock keeps the sequence rising over a restart.
    this.sequence = parts.clock.now();
  }

  /** It was subscribed; nothing counts before the snapshot. */
  await(): void {
    this.book = new KrakenBook(DEPTH);
    this.isWaiting = true;
    this.askAt = this.parts.clock.now() + SNAPSHOT_MS_MAX;
  }

  take(type: 'snapshot' | 'update', update: BookUpdate): void {
    const venueMs = epochMsOf(update.timestamp);
    if (type === 'update' && this.isWaiting) {
      this.note(venueMs);
      return;
    }
    if (type === 'snapshot' && this.isOld(venueMs)) {
      this.parts.counts.answersOld += 1;
      if (this.isWaiting) this.askLater();
      return;
    }
    if (!this.isApplied(type, update)) {
      this.resync();
      return;
    }
    this.isWaiting = false;
    // A snapshot carries the stamp of the last change, however long ago that was.
    const timeOf = type === 'update' ? liveTime : venueTime;
    const { at, isOff } = timeOf(venueMs, this.parts.clock.now(), this.parts.venueClock);
    if (isOff) this.parts.counts.clockFaults += 1;
    this.note(venueMs);
    const { bids, asks } = this.book.levels();
    this.tell(isCrossed(bids, asks) ? 'crossed' : 'good', `${update.checksum}`, at);
  }

  /** The connection that carries the book has delivered all that the venue sent until then. */
  hold(at: Instant): void {
    const { emitted } = this;
    if (this.isWaiting || emitted?.quality !== 'good' || at <= emitted.venueAt) return;
    this.emitted = { ...emitted, venueAt: at };
    this.parts.onHeld(this.emitted);
  }

  /** Its steps changed: nothing of it counts until a new snapshot has come. */
  renew(): void {
    this.distrust('gapped');
    this.ask(this.parts.clock.now());
  }

  /** Something was said of this book that could not be read. */
  lose(): void {
    if (!this.isWaiting) this.resync();
  }

  /** What was told last no longer counts, because of `quality`. */
  distrust(quality: BookQuality): void {
    this.isWaiting = true;
    if (this.emitted && this.emitted.quality !== quality) {
      this.tell(quality, this.emitted.venueProof, this.emitted.venueAt);
    }
  }

  /** Now and then: asks again for what does not come, gives up a book that stays crossed, confirms a quiet one. */
  check(lastFrameAt: Instant): void {
    const now = this.parts.clock.now();
    if (this.isWaiting) {
      if (now >= this.askAt) this.ask(now);
      return;
    }
    const { emitted } = this;
    if (!emitted || now - emitted.receivedAt < CONFIRM_MS) return;
    if (emitted.quality === 'crossed') this.resync();
    else if (now - lastFrameAt < CONFIRM_MS) this.tell('good', emitted.venueProof, emitted.venueAt);
  }

  /** Whether the levels could be read, and the book that they make is the one that the venue has. */
  private isApplied(type: 'snapshot' | 'update', { bids, asks, checksum }: BookUpdate): boolean {
    try {
      this.book[type](bids, asks);
      return this.book.checksum() === checksum;
    } catch {
      this.parts.counts.framesDropped += 1;
      return false;
    }
  }

  /** The socket's order is younger than its stamps: where the venue's clock was set, this follows it. */
  private note(venueMs: number | undefined): void {
    const { isOff } = venueTime(venueMs, this.parts.clock.now());
    this.knownMs = isOff ? undefined : (venueMs ?? this.knownMs);
  }

  /** A snapshot from before what was said last, or without a time that could be, is the book of another day. */
  private isOld(venueMs: number | undefined): boolean {
    if (this.knownMs === undefined || venueMs === undefined) return false;
    return venueMs < this.knownMs || venueTime(venueMs, this.parts.clock.now()).isOff;
  }

  /** The book missed something: it is not to be trusted until a new snapshot has come. */
  private resync(): void {
    this.parts.counts.gaps += 1;
    this.distrust('gapped');
    this.askLater();
  }

  private askLater(): void {
    const now = this.parts.clock.now();
    this.askAt = this.pace.failed(now);
    if (this.askAt <= now) this.ask(now);
  }

  private ask(now: Instant): void {
    this.askAt = now + SNAPSHOT_MS_MAX;
    this.parts.askAgain();
  }

  private tell(quality: BookQuality, venueProof: string, venueAt: Instant): void {
    const receivedAt = this.parts.clock.now();
    this.sequence += 1;
    const instrument = instrumentOf(this.parts.symbol);
    const { sequence } = this;
    const levels = this.book.levels();
    this.emitted = { instrument, venue: 'kraken', sequence, venueProof, venueAt, receivedAt, quality, ...levels };
    this.parts.onBook(this.emitted);
  }
}
