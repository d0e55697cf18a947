import { type Instant, instant } from '../kernel/instant';

const BUCKET_MS = 60_000;
/** The quickest frame of these many buckets counts: a connection that falls behind is found out for so long. */
const BUCKETS = 10;

type Bucket = { readonly number: number; leastMs: number };

/**
 * When a venue did something, by our clock. The difference of the two clocks, with the shortest way of a frame in it,
 * is the least that lay between a stamp and its receipt in the last minutes; what a frame took beyond it, it was late.
 */
export class VenueClock {
  private buckets: Bucket[] = [];

  /** A frame that the venue sent as it stamped it. Not one that repeats what was stamped long ago. */
  see(venueMs: number, receivedAt: Instant): void {
    const [number, tookMs] = [Math.floor(receivedAt / BUCKET_MS), receivedAt - Math.trunc(venueMs)];
    const last = this.buckets.at(-1);
    if (last?.number === number) last.leastMs = Math.min(last.leastMs, tookMs);
    else this.buckets = [...this.buckets.filter((each) => isKept(each, number)), { number, leastMs: tookMs }];
  }

  /** Never later than its receipt. Before a frame was seen the venue's clock is taken for ours. */
  at(venueMs: number, receivedAt: Instant): Instant {
    const leastMs = this.buckets.reduce((least, each) => Math.min(least, each.leastMs), Number.POSITIVE_INFINITY);
    const by = Math.trunc(venueMs) + (leastMs === Number.POSITIVE_INFINITY ? 0 : leastMs);
    return instant(Math.min(by, receivedAt));
  }
}

/** A bucket of the future is from before our clock was set back. */
const isKept = (each: Bucket, now: number): boolean => each.number <= now && each.number > now - BUCKETS;
