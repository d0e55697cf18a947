import * as z from 'zod';
import { DAY_MS, instant } from '../../../domain/kernel/instant';
import type { Resolution } from '../../../domain/market/candles/resolution';
import type { CandleHistory } from '../../../usecases/ports/market-data/candles';
import { Weights } from '../binance/weights';
import { VenueRest, type VenueRestParts } from '../rest';
import { historyAt, NO_HISTORY, venueAnswer, type WireCandle } from './candle-of';

const PER_ANSWER = 1_000;
const WEIGHT = 2;

/** Open time, open, high, low, close, volume, close time, quote volume, trades, and more. */
const row = z.tuple(
  [z.int(), z.string(), z.string(), z.string(), z.string(), z.string(), z.int(), z.string(), z.int()],
  z.unknown(),
);

/** Binance's `GET /api/v3/klines`, within the same request weight as everything else that is asked of it. */
export function binanceHistory(url: string, parts: VenueRestParts): CandleHistory {
  const weights = new Weights(parts.clock);
  const rest = new VenueRest(url, { ...parts, onAnswer: (headers) => weights.hear(headers) });
  const reach = (resolution: Resolution, days: number) => ({
    resolution,
    backMs: days * DAY_MS,
    perAnswer: PER_ANSWER,
  });
  return {
    venue: 'binance',
    reach: [reach('1m', 365), reach('1h', 365), reach('1d', 1_825)],
    paceMs: 250,
    read: async (instrument, { resolution }, range) => {
      const query = new URLSearchParams({
        symbol: instrument.venueSymbol,
        interval: resolution,
        startTime: `${range.from}`,
        endTime: `${range.to - 1}`,
        limit: `${PER_ANSWER}`,
      });
      weights.spend(WEIGHT);
      const json = await historyAt(rest, `/api/v3/klines?${query}`);
      if (json === undefined) return NO_HISTORY;
      const rows = z.array(z.unknown()).parse(json);
      return venueAnswer(rows.map(wireOf), { instrument, resolution, range, now: parts.clock.now() });
    },
  };
}

function wireOf(item: unknown): WireCandle | undefined {
  const { data } = row.safeParse(item);
  if (!data) return undefined;
  const [at, open, high, low, close, volume, , , trades] = data;
  return { at: instant(at), open, high, low, close, volume, trades };
}
