import { type Instant, instant } from '../../kernel/instant';
import { type Price, type Qty, qty } from '../../kernel/money';
import type { CandlePart, CandlePrices } from './candle';
import { bucketAt, RESOLUTION_MS, type Resolution } from './resolution';

/** Why a trade is in no candle: it is dated too far ahead of its receipt, or told too long after it happened. */
export type TradeLeftOut = 'dated_ahead' | 'too_late';

/** What has changed of a bucket since it was last asked; of several of one bucket the highest revision counts. */
export type Changed = {
  readonly resolution: Resolution;
  readonly revision: number;
  readonly isClosed: boolean;
  /** Nothing but the price that stood when it began. */
  readonly isStill: boolean;
  readonly part: CandlePart;
};

type Bucket = {
  readonly at: Instant;
  readonly resolution: Resolution;
  prices: CandlePrices | undefined;
  /** The only price so far is the one that stood when the bucket began. */
  isCarried: boolean;
  /** Some instant of it was not watched. */
  isBroken: boolean;
  volume: bigint;
  trades: number;
};

/** A trade lands in its own bucket for so long after it happened. */
export const LATE_MS = 120_000;
/** Clocks differ by less, networks being what they are. */
export const AHEAD_MS = 5_000;
/** Who says nothing for longer did not watch: the process slept, or the clock was set ahead. */
export const UNWATCHED_MS = 5_000;
/** Clocks are set right by less than this all the time. */
export const SET_BACK_MS = 1_000;

/**
 * Makes candles of one instrument: what its mid was from the first to the last instant of each bucket, and what traded.
 * A mid holds until the next one, or until it is lost; a bucket that begins meanwhile opens with it. Its time only goes
 * on: whoever learns that the clock was set back begins anew with another maker, and the parts of both are joined.
 */
export class CandleMaker {
  private now: Instant | undefined;
  private held: Price | undefined;
  private revision = 0;
  private readonly buckets = new Map<Resolution, Map<Instant, Bucket>>();
  private readonly changes = new Map<Bucket, number>();

  constructor(private readonly resolutions: readonly Resolution[]) {
    for (const resolution of resolutions) this.buckets.set(resolution, new Map());
  }

  isSetBack = (at: Instant): boolean => this.now !== undefined && at < this.now - SET_BACK_MS;

  /** The mid from `at` on. */
  take(mid: Price, at: Instant): void {
    this.pass(at);
    const now = this.now ?? at;
    for (const resolution of this.resolutions) {
      const bucket = this.bucketOf(resolution, now);
      if (!bucket.prices) bucket.isBroken = bucket.at !== now;
      const isFirst = bucket.isCarried && bucket.at === now;
      bucket.prices = isFirst ? openedAt(mid, now) : withMid(bucket.prices, mid, now);
      bucket.isCarried = false;
      this.note(bucket);
    }
    this.held = mid;
  }

  /** There is no price from `at` on: the book is not good, or nobody looks. */
  lose(at: Instant): void {
    this.pass(at);
    if (this.held === undefined) return;
    this.held = undefined;
    this.breakOff(this.now ?? at);
  }

  /** Time has gone on; what is held has been watched meanwhile. */
  pass(to: Instant): void {
    const from = this.now;
    if (from !== undefined && to <= from) return;
    this.now = to;
    if (from === undefined) return;
    if (this.held !== undefined && to - from > UNWATCHED_MS) {
      this.held = undefined;
      this.breakOff(from);
    }
    for (const resolution of this.resolutions) this.close(resolution, from, to);
  }

  /** A trade that happened at `at`: late ones still land where they belong. */
  trade(amount: Qty, at: Instant, receivedAt: Instant): TradeLeftOut | undefined {
    if (at > receivedAt + AHEAD_MS) return 'dated_ahead';
    const latest = Math.max(receivedAt, this.now ?? receivedAt);
    if (latest - at > LATE_MS) return 'too_late';
    for (const resolution of this.resolutions) {
      const bucket = this.bucketOf(resolution, at);
      bucket.volume += amount;
      bucket.trades += 1;
      this.note(bucket);
    }
    return undefined;
  }

  /** All that has changed since this was last called. */
  changed(): readonly Changed[] {
    const changed = [...this.changes].map(([bucket, revision]): Changed => {
      const { resolution, at, prices = null, isCarried, isBroken, volume, trades } = bucket;
      const isClosed = (this.now ?? at) >= endOf(bucket);
      const isWhole = isClosed && prices !== null && !isBroken;
      const part = { at, source: 'mark', prices, volume: qty(volume), trades, isWhole } as const;
      return { resolution, revision, isClosed, isStill: isCarried && trades === 0, part };
    });
    this.changes.clear();
    return changed;
  }

  private note(bucket: Bucket): void {
    this.revision += 1;
    this.changes.set(bucket, this.revision);
  }

  private bucketOf(resolution: Resolution, at: Instant): Bucket {
    const kept = this.keptOf(resolution);
    const start = bucketAt(at, resolution);
    const known = kept.get(start);
    if (known) return known;
    const nothing = { prices: undefined, isCarried: false, isBroken: true, volume: 0n, trades: 0 };
    const bucket: Bucket = { at: start, resolution, ...nothing };
    kept.set(start, bucket);
    return bucket;
  }

  private keptOf = (resolution: Resolution): Map<Instant, Bucket> =>
    this.buckets.get(resolution) ?? new Map<Instant, Bucket>();

  private breakOff(at: Instant): void {
    for (const resolution of this.resolutions) {
      const bucket = this.keptOf(resolution).get(bucketAt(at, resolution));
      if (!bucket) continue;
      bucket.isBroken = true;
      this.note(bucket);
    }
  }

  /** Ends the buckets that end by `to`, and opens those that begin with what is held; forgets what no trade can change. */
  private close(resolution: Resolution, from: Instant, to: Instant): void {
    const ms = RESOLUTION_MS[resolution];
    const last = bucketAt(to, resolution);
    if (bucketAt(from, resolution) === last) return;
    const kept = this.keptOf(resolution);
    for (const bucket of kept.values()) {
      if (endOf(bucket) > from && endOf(bucket) <= to) this.note(bucket);
      if (endOf(bucket) + LATE_MS <= to) kept.delete(bucket.at);
    }
    if (this.held === undefined) return;
    for (let start = bucketAt(from, resolution) + ms; start <= last; start += ms)
      this.carry(resolution, instant(start));
  }

  private carry(resolution: Resolution, start: Instant): void {
    const bucket = this.bucketOf(resolution, start);
    bucket.prices = this.held === undefined ? undefined : openedAt(this.held, start);
    bucket.isCarried = true;
    bucket.isBroken = false;
    this.note(bucket);
  }
}

const endOf = ({ at, resolution }: Bucket): number => at + RESOLUTION_MS[resolution];

const openedAt = (mid: Price, at: Instant): CandlePrices => ({
  open: mid,
  high: mid,
  low: mid,
  close: mid,
  openAt: at,
  closeAt: at,
});

function withMid(prices: CandlePrices | undefined, mid: Price, at: Instant): CandlePrices {
  if (!prices) return openedAt(mid, at);
  const high = mid > prices.high ? mid : prices.high;
  const low = mid < prices.low ? mid : prices.low;
  return { ...prices, high, low, close: mid, closeAt: at };
}
