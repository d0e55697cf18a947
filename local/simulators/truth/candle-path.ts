import { cornersOf } from '../../candles/corners';
import type { Candle, CandleFile } from '../../candles/read-candles';

const MINUTE_MS = 60_000;
const SECONDS = 60;
/** So much of a long tape is history when it begins: no chart starts empty, and none of it is made up. */
const HISTORY_MS = 8 * 1_440 * MINUTE_MS;

/**
 * Prices at whole seconds from the beginning on, before it where the tape holds some; none once the candles have ended.
 */
export type PricePath = {
  readonly priceAt: (second: number) => number | undefined;
  /** The candle of the minute that ended so many minutes before the beginning: 0 is the one right before it. */
  readonly candleBefore: (minutes: number) => Omit<Candle, 'at'> | undefined;
};

/**
 * The minute at which a tape begins: the one that is wanted, or, where the tape is long enough to play at least as much
 * as it then has behind it, the one after more than a week, or its first. Throws where the tape does not reach.
 */
export function beginningOf({ candles }: CandleFile, wanted?: number): number {
  const [first, last] = [candles[0].at, candles.at(-1)?.at ?? candles[0].at];
  if (wanted === undefined) return last - first >= 2 * HISTORY_MS ? first + HISTORY_MS : first;
  if (wanted >= first && wanted <= last) return wanted - (wanted % MINUTE_MS);
  const [from, to] = [first, last].map((at) => new Date(at).toISOString().slice(0, 16));
  throw new Error(`--replay-from must be a time of the tape, from ${from} to ${to} UTC`);
}

/**
 * One price a second, from each minute's open over its extremes to its close. A minute that is missing stands still at
 * the close before it. `from` is the minute at which it begins, the tape's first where it is not given.
 */
export function pathOf({ candles }: CandleFile, from: number = candles[0].at): PricePath {
  const last = candles.at(-1) ?? candles[0];
  const candleAt = (at: number): Omit<Candle, 'at'> | undefined => {
    const candle = at > last.at ? undefined : latestAt(candles, at);
    if (!candle || candle.at === at) return candle;
    return { open: candle.close, high: candle.close, low: candle.close, close: candle.close };
  };
  return {
    priceAt: (second) => {
      const minute = Math.floor(second / SECONDS);
      const candle = candleAt(from + minute * MINUTE_MS);
      return candle && within(candle, second - minute * SECONDS);
    },
    candleBefore: (minutes) => candleAt(from - (minutes + 1) * MINUTE_MS),
  };
}

/** The last candle that began by then. */
function latestAt(candles: readonly Candle[], at: number): Candle | undefined {
  let [low, high] = [0, candles.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candles[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return candles[low - 1];
}

function within(candle: Omit<Candle, 'at'>, second: number): number {
  const corners = cornersOf(candle);
  const legs = corners.length - 1;
  const position = (second / (SECONDS - 1)) * legs;
  const leg = Math.min(Math.floor(position), legs - 1);
  const [from, to] = [corners[leg] ?? candle.open, corners[leg + 1] ?? candle.close];
  return from + (to - from) * (position - leg);
}
