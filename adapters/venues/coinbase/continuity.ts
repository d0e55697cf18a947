import type { Instant } from '../../../domain/kernel/instant';

/** `again`: it was counted before, or comes late. `gap`: something before it never came. `lost`: the count is no guide. */
export type Step = 'next' | 'again' | 'gap' | 'lost';

/** So many in a row that count behind: the venue began its count anew, or we took a wrong number for it. */
const BEHIND_MAX = 5;

/**
 * Whether one connection has brought every frame that was sent on it: the venue counts them all together, and its
 * heartbeats once more. Each loss is told once.
 */
export class Continuity {
  /** When the venue last said that it lives. */
  beatAt: Instant;
  private expected: number | undefined;
  /** Frames since the last one that counted whose number could not be read. */
  private unread = 0;
  private behind = 0;
  private beat: number | undefined;
  private hasGapSinceBeat = false;

  constructor(now: Instant) {
    this.beatAt = now;
  }

  frame(number: number): Step {
    const { expected, unread } = this;
    if (expected !== undefined && number < expected) {
      this.behind += 1;
      return this.behind > BEHIND_MAX ? 'lost' : 'again';
    }
    this.behind = 0;
    this.unread = 0;
    this.expected = number + 1;
    if (expected === undefined || number <= expected + unread) return 'next';
    this.hasGapSinceBeat = true;
    return 'gap';
  }

  /** A frame came whose number cannot be read: the next one may leave out one number. Its loss is known already. */
  skip(): void {
    this.unread += 1;
    this.hasGapSinceBeat = true;
  }

  /** A heartbeat with its own count, where that can be read. One that is missing is a gap that no number showed. */
  heartbeat(count: number | undefined, now: Instant): Step {
    const { beat, hasGapSinceBeat } = this;
    this.beatAt = now;
    this.beat = count;
    this.hasGapSinceBeat = false;
    const isNext = beat === undefined || count === undefined || count === beat + 1;
    return isNext || hasGapSinceBeat ? 'next' : 'gap';
  }
}
