import type { Instant } from '../../kernel/instant';
import { type Price, type Qty, qty } from '../../kernel/money';

/** `mark`: made here, of the mids that were told. `venue`: as the venue tells of its own past, for charts and nothing else. */
export type CandleSource = 'mark' | 'venue';

export type CandlePrices = {
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  /** When the first and the last of these prices came to hold: among parts of a bucket they say whose counts. */
  readonly openAt: Instant;
  readonly closeAt: Instant;
};

/** What one run of market-data, or the venue, knows of a bucket, which begins at `at`. */
export type CandlePart = {
  readonly at: Instant;
  readonly source: CandleSource;
  /** Null where there were trades and no price was watched. */
  readonly prices: CandlePrices | null;
  /** Null where the venue does not say. */
  readonly volume: Qty | null;
  readonly trades: number | null;
  /** It is over, and was watched from its first to its last instant; the venue tells of whole ones alone. */
  readonly isWhole: boolean;
};

/** A bucket as it is shown; `mixed`: of some of its time the venue told, of the rest the mark. */
export type Candle = Omit<CandlePrices, 'openAt' | 'closeAt'> &
  Pick<CandlePart, 'at' | 'volume' | 'trades' | 'isWhole'> & { readonly source: CandleSource | 'mixed' };

/** Whichever is given first, they are joined alike; but of two that began or ended together the first counts. */
export function joinedPrices(a: CandlePrices | null, b: CandlePrices | null): CandlePrices | null {
  if (!a || !b) return a ?? b;
  const [first, last] = [b.openAt < a.openAt ? b : a, b.closeAt > a.closeAt ? b : a];
  return {
    open: first.open,
    openAt: first.openAt,
    high: a.high > b.high ? a.high : b.high,
    low: a.low < b.low ? a.low : b.low,
    close: last.close,
    closeAt: last.closeAt,
  };
}

/** Null as soon as one of them is unknown: half a volume is none. */
export const sumQty = (amounts: readonly (Qty | null)[]): Qty | null =>
  amounts.reduce((sum, each) => (sum === null || each === null ? null : qty(sum + each)), qty(0n) as Qty | null);

export const sumCount = (counts: readonly (number | null)[]): number | null =>
  counts.reduce((sum, each) => (sum === null || each === null ? null : sum + each), 0 as number | null);
