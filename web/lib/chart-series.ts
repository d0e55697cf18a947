import { formatDecimal } from '../../domain/kernel/decimal';
import { PRICE_SCALE } from '../../domain/kernel/money';
import type { Candle } from './contract';
import type { Quote } from './quotes';
import { readPrice } from './read-decimal';

const MINUTE_MS = 60_000;

/** Halfway between bid and ask; undefined while a side is empty, or may be wrong. A thin one is real, only small. */
export function midOf({ bid, ask, doubts }: Pick<Quote, 'bid' | 'ask' | 'doubts'>): string | undefined {
  if (!bid || !ask || mayBeWrong(doubts?.bid) || mayBeWrong(doubts?.ask)) return undefined;
  return formatDecimal((readPrice(bid[0]) + readPrice(ask[0])) / 2n, PRICE_SCALE);
}

const mayBeWrong = (doubt: NonNullable<Quote['doubts']>['bid']): boolean => doubt !== undefined && doubt.why !== 'thin';

/**
 * The minute that a mid price at `at` belongs to: `last` grown by it, or a new one; undefined when it comes too late.
 */
export function growCandle(last: Candle | undefined, at: number, mid: string): Candle | undefined {
  const start = at - (at % MINUTE_MS);
  if (last && start < last.at) return undefined;
  if (!last || start > last.at) return { at: start, open: mid, high: mid, low: mid, close: mid };
  const price = readPrice(mid);
  return {
    ...last,
    high: price > readPrice(last.high) ? mid : last.high,
    low: price < readPrice(last.low) ? mid : last.low,
    close: mid,
  };
}

/** Decimals become floats here and only here: a chart draws pixels. */
export const drawn = (text: string): number => Number.parseFloat(text);

/** Charts want strictly rising seconds; of several points in one second the last one counts. */
export function bySecond<T extends { readonly at: number }>(points: readonly T[]): readonly (T & { time: number })[] {
  const latest = new Map<number, T>();
  for (const point of points) latest.set(Math.floor(point.at / 1000), point);
  return [...latest].sort(([a], [b]) => a - b).map(([time, point]) => ({ ...point, time }));
}

export const drawnCandle = ({ at, open, high, low, close }: Candle) => ({
  time: Math.floor(at / 1000),
  open: drawn(open),
  high: drawn(high),
  low: drawn(low),
  close: drawn(close),
});
