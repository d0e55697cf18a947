import type { Instant } from '../../domain/kernel/instant';
import type { Book, BookQuality } from '../../domain/market/book';
import { Pace } from './pace';
import { type Levels, Teller, type TellerParts, type Told } from './teller';
import { venueTime } from './venue-time';

export type FrameType = 'snapshot' | 'update';

/** The levels of one instrument, as its venue sends them. */
export type VenueBook<Frame> = {
  /** Applies a frame; the venue's proof of what follows, or undefined where it contradicts. Throws on what is no level. */
  readonly apply: (type: FrameType, frame: Frame) => string | undefined;
  readonly levels: () => Levels;
};

export type SubscriptionParts<Frame> = TellerParts &
  Told & {
    readonly emptyBook: () => VenueBook<Frame>;
    /** Where the venue has the state after this frame among all of the book; absent where it does not say. */
    readonly markOf?: (frame: Frame) => number | undefined;
    /** Asks the venue for the whole book anew. */
    readonly askAgain: () => void;
    /** A book that says nothing for so long is asked for anew; absent where its proof makes that needless. */
    readonly quietMs?: number;
  };

/** A quiet book is told again this often while frames, heartbeats included, keep coming. */
export const CONFIRM_MS = 2_000;
const SNAPSHOT_MS_MAX = 5_000;
const HURRIED_MS = 1_000;
/** Books that fail one after the other are asked for less and less often. */
const PACE_MS = { first: 500, max: 5_000, calm: 10_000 } as const;

/**
 * The book of one instrument that a venue sends whole once it is subscribed, and its changes after that: what was told
 * of it last, and whether a whole one is awaited.
 */
export class BookSubscription<Frame> {
  private book: VenueBook<Frame>;
  private readonly teller: Teller;
  private isWaiting = true;
  /** When a new snapshot is to be asked for, while one is awaited. */
  private askAt = Number.POSITIVE_INFINITY;
  private readonly pace = new Pace(PACE_MS);
  /** The venue's own time of what it said last. */
  private knownMs: number | undefined;
  /** When something was said of it last, by our clock. */
  private heardAt: Instant;

  constructor(private readonly parts: SubscriptionParts<Frame>) {
    this.book = parts.emptyBook();
    this.teller = new Teller(parts, parts);
    this.heardAt = parts.clock.now();
  }

  /** It was subscribed; nothing counts before the snapshot. */
  await(): void {
    this.book = this.parts.emptyBook();
    this.isWaiting = true;
    this.askAt = this.parts.clock.now() + SNAPSHOT_MS_MAX;
  }

  /**
   * A frame of this book, which the venue dates `venueMs`; whether its levels could be read. A whole book that the venue
   * does not date is as it was when it was asked for, at `askedAt`.
   */
  take(type: FrameType, frame: Frame, venueMs: number | undefined, askedAt?: Instant): boolean {
    this.heardAt = this.parts.clock.now();
    if (type === 'update' && this.isWaiting) {
      this.note(venueMs);
      return true;
    }
    if (type === 'snapshot' && this.isOld(venueMs)) {
      this.parts.counts.answersOld += 1;
      if (this.isWaiting) this.askLater();
      return true;
    }
    const applied = this.apply(type, frame);
    if (applied.proof === undefined) {
      this.resync();
      return applied.isReadable;
    }
    this.isWaiting = false;
    // A snapshot may carry the stamp of the last change, however long ago that was.
    const dated = this.teller.date(venueMs, type === 'update' ? 'live' : 'past');
    const at = venueMs === undefined ? (askedAt ?? dated) : dated;
    this.note(venueMs);
    this.teller.tell(this.book.levels(), applied.proof, at, this.parts.markOf?.(frame));
    return true;
  }

  /** What was told last; undefined while that is not good. */
  good(): Book | undefined {
    return this.teller.last?.quality === 'good' ? this.teller.last : undefined;
  }

  /** The connection that carries the book has delivered all that the venue sent until then. */
  hold(at: Instant): void {
    if (!this.isWaiting) this.teller.hold(at);
  }

  /** Its steps changed: nothing of it counts until a new snapshot has come. */
  renew(): void {
    this.distrust('gapped');
    this.ask(this.parts.clock.now());
  }

  /** Something was said of this book that could not be read. */
  lose(): void {
    if (!this.isWaiting) this.resync();
    else this.hurry();
  }

  /** Something never came, of this book or of another on its connection, and was counted there. */
  missed(): void {
    if (this.isWaiting) {
      this.hurry();
      return;
    }
    this.distrust('gapped');
    this.askLater();
  }

  /** What was told last no longer counts, because of `quality`. */
  distrust(quality: BookQuality): void {
    this.isWaiting = true;
    this.teller.withdraw(this.book.levels(), quality);
  }

  /** Now and then: asks again for what does not come, gives up a book that stays crossed, confirms a quiet one. */
  check(lastFrameAt: Instant): void {
    const now = this.parts.clock.now();
    if (this.isWaiting) {
      if (now >= this.askAt) this.ask(now);
      return;
    }
    if (now - this.heardAt >= (this.parts.quietMs ?? Number.POSITIVE_INFINITY)) {
      this.distrust('stale');
      this.ask(now);
      return;
    }
    const { last } = this.teller;
    if (!last || now - last.receivedAt < CONFIRM_MS) return;
    if (last.quality === 'crossed') this.resync();
    else if (now - lastFrameAt < CONFIRM_MS) this.teller.repeat();
  }

  private apply(type: FrameType, frame: Frame): { readonly proof: string | undefined; readonly isReadable: boolean } {
    try {
      return { proof: this.book.apply(type, frame), isReadable: true };
    } catch {
      return { proof: undefined, isReadable: false };
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

  /** What was lost may have been the snapshot that is awaited. */
  private hurry(): void {
    this.askAt = Math.min(this.askAt, this.parts.clock.now() + HURRIED_MS);
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
}
