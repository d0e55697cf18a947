import { cornersOf } from '../../candles/corners';
import type { Candle, CandleFile } from '../../candles/read-candles';

const MINUTE_MS = 60_000;
const SECONDS = 60;

/** Prices at whole seconds from the beginning on; none once the candles have ended. */
export type PricePath = { readonly priceAt: (second: number) => number | undefined };

/**
 * One price a second, from each minute's open over its extremes to its close. A minute that is missing stands still at
 * the close before it.
 */
export function pathOf({ candles }: CandleFile): PricePath {
  const [first] = candles;
  return {
    priceAt: (second) => {
      const at = first.at + Math.floor(second / SECONDS) * MINUTE_MS;
      const candle = latestAt(candles, at);
      if (!candle || at > (candles.at(-1)?.at ?? 0)) return undefined;
      return candle.at === at ? within(candle, second % SECONDS) : candle.close;
    },
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

function within(candle: Candle, second: number): number {
  const corners = cornersOf(candle);
  const legs = corners.length - 1;
  const position = (second / (SECONDS - 1)) * legs;
  const leg = Math.min(Math.floor(position), legs - 1);
  const [from, to] = [corners[leg] ?? candle.open, corners[leg + 1] ?? candle.close];
  return from + (to - from) * (position - leg);
}
