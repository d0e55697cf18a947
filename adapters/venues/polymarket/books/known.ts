import type { Instant } from '../../../../domain/kernel/instant';
import { venueTime } from '../../venue-time';
import type { PolymarketBook } from './book';
import { STAMP_MS } from './pending';
import { agrees, type Word } from './word';

/** So many times in a row that cannot be right: the venue's clock is off, and cannot say what is older. */
const OFF_MAX = 3;
/** No stamp of the venue is this far from the moment that it means. */
export const LONG_PAST_MS = 2 * STAMP_MS;

/**
 * How far one token is known by the venue's own time. What is older than that never replaces it, whichever way it came;
 * REST has been seen to answer with the book of an hour ago.
 */
export class Known {
  private ms: number | undefined;
  private offs = 0;
  private word: Word | undefined;
  private wordMs = Number.NEGATIVE_INFINITY;

  /** Something of this time was heard: it may show that the venue's clock is off. */
  hear(venueMs: number, receivedAt: Instant): void {
    this.offs = venueTime(venueMs, receivedAt).isOff ? this.offs + 1 : 0;
    if (this.offs >= OFF_MAX) this.ms = undefined;
  }

  /** Something of this time was applied. */
  take(venueMs: number, receivedAt: Instant): void {
    if (!venueTime(venueMs, receivedAt).isOff) this.ms = Math.max(this.ms ?? venueMs, venueMs);
  }

  /** The venue's clock stands elsewhere now. */
  restart(venueMs: number, receivedAt: Instant): void {
    this.ms = undefined;
    this.take(venueMs, receivedAt);
  }

  /** The best prices that the venue named last, or that its last event named none. */
  say(word: Word | undefined, venueMs: number): void {
    this.word = word;
    this.wordMs = venueMs;
  }

  /** A whole book is the venue's word as well: what was named before it says nothing of it. */
  silence(): void {
    this.word = undefined;
  }

  hasWord = (): boolean => this.word !== undefined;
  isAgreedBy = (book: PolymarketBook): boolean => agrees(book, this.word);
  isBeforeWord = (venueMs: number): boolean => venueMs <= this.wordMs;

  /**
   * Whether a whole book of this time is from before what is known. Within one second, unless it has to be exact, the
   * best prices that the venue named last decide, since some of its stamps are whole seconds.
   */
  isOlder(venueMs: number, book: PolymarketBook, receivedAt: Instant, isExact: boolean): boolean {
    if (this.ms === undefined) return false;
    if (venueTime(venueMs, receivedAt).isOff) return true;
    if (venueMs >= this.ms) return false;
    return isExact || this.ms - venueMs >= STAMP_MS || this.word === undefined || !agrees(book, this.word);
  }

  isLongPast = (venueMs: number): boolean => this.ms !== undefined && venueMs < this.ms - LONG_PAST_MS;
}
