import * as z from 'zod';
import { DAY_MS, instant } from '../../../domain/kernel/instant';
import { RESOLUTION_MS, type Resolution } from '../../../domain/market/candles/resolution';
import type { CandleHistory } from '../../../usecases/ports/market-data/candles';
import { VenueRest, type VenueRestParts } from '../rest';
import { historyAt, NO_HISTORY, venueAnswer, type WireCandle } from './candle-of';

/** Coinbase's names of the lengths that are ours as well; it has no four hours. */
const GRANULARITY: Partial<Readonly<Record<Resolution, string>>> = {
  '1m': 'ONE_MINUTE',
  '1h': 'ONE_HOUR',
  '1d': 'ONE_DAY',
};

/** It gives 350 at most; its end is part of the range. */
const PER_ANSWER = 300;

const candle = z.object({
  start: z.string().regex(/^\d{1,12}$/),
  open: z.string(),
  high: z.string(),
  low: z.string(),
  close: z.string(),
  volume: z.string(),
});
const answer = z.object({ candles: z.array(z.unknown()) });

/** Coinbase Advanced Trade's public `GET /market/products/{id}/candles`; a bucket without a trade is not there. */
export function coinbaseHistory(url: string, parts: VenueRestParts): CandleHistory {
  const rest = new VenueRest(url, parts);
  const reach = (resolution: Resolution, days: number) => ({
    resolution,
    backMs: days * DAY_MS,
    perAnswer: PER_ANSWER,
  });
  return {
    venue: 'coinbase',
    reach: [reach('1m', 365), reach('1h', 365), reach('1d', 1_825)],
    paceMs: 250,
    read: async (instrument, { resolution }, range) => {
      const query = new URLSearchParams({
        start: `${Math.floor(range.from / 1_000)}`,
        end: `${Math.floor((range.to - RESOLUTION_MS[resolution]) / 1_000)}`,
        granularity: GRANULARITY[resolution] ?? '',
      });
      const product = encodeURIComponent(instrument.venueSymbol);
      const json = await historyAt(rest, `/products/${product}/candles?${query}`);
      if (json === undefined) return NO_HISTORY;
      const { candles } = answer.parse(json);
      return venueAnswer(candles.map(wireOf), { instrument, resolution, range, now: parts.clock.now() });
    },
  };
}

function wireOf(item: unknown): WireCandle | undefined {
  const { data } = candle.safeParse(item);
  if (!data) return undefined;
  const { start, ...rest } = data;
  return { at: instant(Number(start) * 1_000), ...rest };
}
