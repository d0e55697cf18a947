import * as z from 'zod';
import { DAY_MS, type Instant, instant } from '../../../domain/kernel/instant';
import { bucketAt, type Resolution } from '../../../domain/market/candles/resolution';
import type { CandleHistory } from '../../../usecases/ports/market-data/candles';
import { VenueRest, type VenueRestParts } from '../rest';
import { historyAt, NO_HISTORY, venueAnswer, type WireCandle } from './candle-of';

/** One price a minute makes minutes, one in ten minutes makes hours: a longer question may not be finer. */
const FIDELITY: Partial<Readonly<Record<Resolution, number>>> = { '1m': 1, '1h': 10 };

const point = z.object({ t: z.int(), p: z.number() });
const answer = z.object({ history: z.array(z.unknown()) });

type Point = { readonly at: Instant; readonly price: number };

/**
 * Polymarket's `GET /prices-history` of its CLOB: prices at moments, and nothing of what traded. A bucket goes from the
 * price before it over those within it.
 */
export function polymarketHistory(url: string, parts: VenueRestParts): CandleHistory {
  const rest = new VenueRest(url, parts);
  return {
    venue: 'polymarket',
    reach: [
      { resolution: '1m', backMs: 15 * DAY_MS, perAnswer: 1_440 },
      { resolution: '1h', backMs: 90 * DAY_MS, perAnswer: 168 },
    ],
    paceMs: 250,
    read: async (instrument, { resolution }, range) => {
      const query = new URLSearchParams({
        market: instrument.venueSymbol,
        startTs: `${Math.floor(range.from / 1_000)}`,
        endTs: `${Math.floor(range.to / 1_000)}`,
        fidelity: `${FIDELITY[resolution] ?? 1}`,
      });
      const json = await historyAt(rest, `/prices-history?${query}`);
      if (json === undefined) return NO_HISTORY;
      const { history } = answer.parse(json);
      const points = history.map(pointOf);
      const read = points.flatMap((each) => each ?? []).sort((a, b) => a.at - b.at);
      const unread = points.filter((each) => !each).map(() => undefined);
      return venueAnswer([...wiresOf(read, resolution), ...unread], {
        instrument,
        resolution,
        range,
        now: parts.clock.now(),
      });
    },
  };
}

function pointOf(item: unknown): Point | undefined {
  const { data } = point.safeParse(item);
  return data && { at: instant(data.t * 1_000), price: data.p };
}

function wiresOf(points: readonly Point[], resolution: Resolution): readonly WireCandle[] {
  const buckets = new Map<Instant, number[]>();
  for (const [index, { at, price }] of points.entries()) {
    const start = bucketAt(at, resolution);
    const before = points[index - 1]?.price;
    const prices = buckets.get(start) ?? (before === undefined ? [] : [before]);
    buckets.set(start, [...prices, price]);
  }
  return [...buckets].map(([at, prices]) => ({
    at,
    open: text(prices[0]),
    high: text(Math.max(...prices)),
    low: text(Math.min(...prices)),
    close: text(prices.at(-1)),
  }));
}

/** A JSON number that the venue's own arithmetic may have left with more decimals than it means. */
const text = (price = Number.NaN): string => price.toFixed(8);
