import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Price } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';

/** So long the top of every book that was told is kept, good or not: whoever is judged late is judged at these. */
export const TOLD_KEPT_MS = 180_000;

/** Longer than a price is fresh: what is fresh in a span was told in it or in the one before. */
export const SPAN_MS = 15_000;

export type ToldRange = { readonly low: Price; readonly high: Price };

/**
 * Between which prices the good tops of an instrument lay within one span of time, each side for itself: null while
 * nobody quoted it. `startsAt` is a whole SPAN_MS.
 */
export type ToldSpan = {
  readonly startsAt: Instant;
  readonly bid: ToldRange | null;
  readonly ask: ToldRange | null;
};

export type ToldLately = {
  /** Since when everything that was told is kept; undefined: nothing is. */
  readonly reach: Instant | undefined;
  /** Oldest first; an instrument of which nothing good was told is absent. */
  readonly spans: ReadonlyMap<InstrumentId, readonly ToldSpan[]>;
};

/** What was told of prices lately, beside the latest books and as soon as they. */
export type ToldPrices = {
  /** The spans of these instruments that `since` lies in or before. */
  readonly lately: (ids: readonly InstrumentId[], since: Instant) => Promise<ToldLately>;
  /**
   * Books of one level a side at most, in the order of their receipt: those received within these instants, both
   * included, and of each instrument the one before.
   */
  readonly tops: (ids: readonly InstrumentId[], from: Instant, until: Instant) => Promise<readonly Book[]>;
};
