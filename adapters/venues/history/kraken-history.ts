import * as z from 'zod';
import { DAY_MS, type Instant, instant } from '../../../domain/kernel/instant';
import { RESOLUTION_MS, type Resolution } from '../../../domain/market/candles/resolution';
import type { CandleHistory, HistoryReach } from '../../../usecases/ports/market-data/candles';
import { VenueRest, type VenueRestParts } from '../rest';
import { historyAt, NO_HISTORY, venueAnswer, type WireCandle } from './candle-of';

/**
 * Kraken's `GET /0/public/OHLC` (docs.kraken.com, "Get OHLC Data"): the last 720 buckets of each length, whatever is
 * asked, the one that is not over at the end. So its minutes reach back twelve hours, its days two years.
 */
const ENTRIES = 720;
const MINUTES: readonly Resolution[] = ['1m', '5m', '15m', '1h', '4h', '1d'];

/** Time, open, high, low, close, average price, volume, trades. */
const row = z.tuple(
  [z.int(), z.string(), z.string(), z.string(), z.string(), z.string(), z.string(), z.int()],
  z.unknown(),
);
const answer = z.object({
  error: z.array(z.string()).default([]),
  result: z.record(z.string(), z.unknown()).optional(),
});

/** Kraken's REST has names of its own for some coins. */
const NAMES: Readonly<Record<string, string>> = { BTC: 'XBT', DOGE: 'XDG' };

export function krakenHistory(url: string, parts: VenueRestParts): CandleHistory {
  const rest = new VenueRest(url, parts);
  return {
    venue: 'kraken',
    reach: MINUTES.map(
      (resolution): HistoryReach => ({
        resolution,
        backMs: Math.min(ENTRIES * RESOLUTION_MS[resolution], 730 * DAY_MS),
        perAnswer: ENTRIES,
      }),
    ),
    // Its public calls are counted by address and pair: about one a second is what its guide asks for.
    paceMs: 1_200,
    read: async (instrument, { resolution }, range) => {
      const interval = RESOLUTION_MS[resolution] / 60_000;
      const since = Math.floor(range.from / 1_000) - 1;
      const pair = pairOf(instrument.venueSymbol);
      const query = new URLSearchParams({ pair, interval: `${interval}`, since: `${since}` });
      const json = await historyAt(rest, `/0/public/OHLC?${query}`);
      if (json === undefined) return NO_HISTORY;
      const { error, result } = answer.parse(json);
      if (error.length > 0 || !result) throw new Error(`kraken: ${pair}: ${error.join(', ') || 'no result'}`);
      const rows = Object.entries(result).find(([name]) => name !== 'last')?.[1];
      if (!Array.isArray(rows)) throw new Error(`kraken: ${pair}: its answer has no candles`);
      return venueAnswer(rows.map(wireOf), { instrument, resolution, range, now: parts.clock.now() });
    },
  };
}

/** `BTC/USD` is XBTUSD there. */
const pairOf = (symbol: string): string =>
  symbol
    .split('/')
    .map((name) => NAMES[name] ?? name)
    .join('');

function wireOf(item: unknown): WireCandle | undefined {
  const { data } = row.safeParse(item);
  if (!data) return undefined;
  const [seconds, open, high, low, close, , volume, trades] = data;
  return { at: atSecond(seconds), open, high, low, close, volume, trades };
}

const atSecond = (seconds: number): Instant => instant(seconds * 1_000);
