import { formatDecimal } from '../../domain/kernel/decimal';
import { PRICE_SCALE } from '../../domain/kernel/money';
import type { Candle, Resolution } from './contract';
import type { Quote } from './quotes';
import { readPrice } from './read-decimal';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long a candle lasts, from short to long. */
export const RESOLUTION_MS: Readonly<Record<Resolution, number>> = {
  '1s': 1_000,
  '1m': MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '1h': HOUR_MS,
  '4h': 4 * HOUR_MS,
  '1d': 24 * HOUR_MS,
};

/** Halfway between bid and ask; undefined while a side is empty, or may be wrong. A thin one is real, only small. */
export function midOf({ bid, ask, doubts }: Pick<Quote, 'bid' | 'ask' | 'doubts'>): string | undefined {
  if (!bid || !ask || mayBeWrong(doubts?.bid) || mayBeWrong(doubts?.ask)) return undefined;
  return formatDecimal((readPrice(bid[0]) + readPrice(ask[0])) / 2n, PRICE_SCALE);
}

const mayBeWrong = (doubt: NonNullable<Quote['doubts']>['bid']): boolean => doubt !== undefined && doubt.why !== 'thin';

/**
 * The candle that a mid price at `at` belongs to: `last` grown by it, or a new one; undefined when it comes too late.
 * One that follows at once opens with the price that stood. What was grown here knows no volume until it is read.
 */
export function growCandle(last: Candle | undefined, at: number, mid: string, ms: number): Candle | undefined {
  const start = at - (at % ms);
  if (last && start < last.at) return undefined;
  if (last && start === last.at) return grown(last, mid);
  const open = last && start === last.at + ms ? last.close : mid;
  const unknown = { volume: null, trades: null, isWhole: false, source: 'mark' } as const;
  return grown({ at: start, open, high: open, low: open, close: open, ...unknown }, mid);
}

function grown(candle: Candle, mid: string): Candle {
  const price = readPrice(mid);
  return {
    ...candle,
    high: price > readPrice(candle.high) ? mid : candle.high,
    low: price < readPrice(candle.low) ? mid : candle.low,
    close: mid,
    isWhole: false,
  };
}

/** Candles by their time, oldest first; where two are of one time that of `over` counts. */
export function joined(candles: readonly Candle[], over: readonly Candle[]): readonly Candle[] {
  const byStart = new Map([...candles, ...over].map((candle) => [candle.at, candle]));
  return [...byStart.values()].sort((a, b) => a.at - b.at);
}

/** What is to be known of a candle beside its prices, in words; nothing of a plain one. */
export function candleNotes({ at, isWhole, volume, source }: Candle, ms: number, now: number): readonly string[] {
  const isOpen = at + ms > now;
  const isLive = source === 'mark' && volume === null;
  return [
    ...(isOpen ? ['so far'] : isWhole || isLive ? [] : ['not whole: a part of it was not watched']),
    ...(source === 'venue' ? ['as the venue tells it'] : []),
    ...(source === 'mixed' ? ['in part as the venue tells it'] : []),
  ];
}

/** Decimals become floats here and only here: a chart draws pixels. */
export const drawn = (text: string): number => Number.parseFloat(text);

/** Charts want strictly rising seconds; of several points in one second the last one counts. */
export function bySecond<T extends { readonly at: number }>(points: readonly T[]): readonly (T & { time: number })[] {
  const latest = new Map<number, T>();
  for (const point of points) latest.set(Math.floor(point.at / 1000), point);
  return [...latest].sort(([a], [b]) => a - b).map(([time, point]) => ({ ...point, time }));
}

export const drawnCandle = ({ at, open, high, low, close, volume }: Candle) => ({
  time: Math.floor(at / 1000),
  open: drawn(open),
  high: drawn(high),
  low: drawn(low),
  close: drawn(close),
  volume: volume === null ? undefined : drawn(volume),
});
