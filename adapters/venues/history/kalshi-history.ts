import * as z from 'zod';
import { DAY_MS, instant } from '../../../domain/kernel/instant';
import { formatPrice, ONE_DOLLAR_PRICE, type Price, parsePrice, price } from '../../../domain/kernel/money';
import { RESOLUTION_MS } from '../../../domain/market/candles/resolution';
import type { Instrument } from '../../../domain/market/instrument';
import type { CandleHistory } from '../../../usecases/ports/market-data/candles';
import { VenueRest, type VenueRestParts } from '../rest';
import { historyAt, NO_HISTORY, venueAnswer, type WireCandle } from './candle-of';

const dollars = z.string().transform((text, context): Price => {
  const value = parsePrice(text);
  if (value !== undefined) return value;
  context.issues.push({ code: 'custom', message: 'must be dollars', input: text });
  return z.NEVER;
});
const side = z.object({ open_dollars: dollars, high_dollars: dollars, low_dollars: dollars, close_dollars: dollars });
const stick = z.object({
  /** The end of the period, which belongs to it. */
  end_period_ts: z.int(),
  yes_bid: side,
  yes_ask: side,
  volume_fp: z.string().optional(),
});
const answer = z.object({ candlesticks: z.array(z.unknown()) });

type Side = z.output<typeof side>;
const FIELDS = ['open_dollars', 'high_dollars', 'low_dollars', 'close_dollars'] as const;

/**
 * Kalshi's `GET /series/{series}/markets/{ticker}/candlesticks`: bids and asks of YES by period, of which the mid is
 * made; the mid's extremes are those of both sides, as nobody says when each was. NO is a dollar less YES.
 */
export function kalshiHistory(url: string, parts: VenueRestParts): CandleHistory {
  const rest = new VenueRest(url, parts);
  return {
    venue: 'kalshi',
    reach: [
      { resolution: '1m', backMs: 90 * DAY_MS, perAnswer: 1_440 },
      { resolution: '1h', backMs: 365 * DAY_MS, perAnswer: 720 },
      { resolution: '1d', backMs: 1_825 * DAY_MS, perAnswer: 720 },
    ],
    paceMs: 300,
    read: async (instrument, { resolution }, range) => {
      const periodMs = RESOLUTION_MS[resolution];
      const ticker = instrument.outcome?.marketId ?? instrument.venueSymbol.split(' ')[0] ?? '';
      const query = new URLSearchParams({
        start_ts: `${Math.floor(range.from / 1_000) + 1}`,
        end_ts: `${Math.floor(range.to / 1_000)}`,
        period_interval: `${periodMs / 60_000}`,
      });
      const path = `/series/${encodeURIComponent(seriesOf(ticker))}/markets/${encodeURIComponent(ticker)}/candlesticks`;
      const json = await historyAt(rest, `${path}?${query}`);
      if (json === undefined) return NO_HISTORY;
      const { candlesticks } = answer.parse(json);
      const wires = candlesticks.map((item) => wireOf(item, instrument, periodMs)).filter((wire) => wire !== null);
      return venueAnswer(wires, { instrument, resolution, range, now: parts.clock.now() });
    },
  };
}

/** A market's ticker begins with that of its series. */
const seriesOf = (ticker: string): string => ticker.split('-')[0] ?? ticker;

/** Undefined where it cannot be read, null where a side was empty at its ends: then there was no mid. */
function wireOf(item: unknown, { outcome }: Instrument, periodMs: number): WireCandle | undefined | null {
  const { data } = stick.safeParse(item);
  if (!data) return undefined;
  const { yes_bid: bid, yes_ask: ask, volume_fp: volume, end_period_ts } = data;
  if (isEmpty(bid.open_dollars, ask.open_dollars) || isEmpty(bid.close_dollars, ask.close_dollars)) return null;
  const [open, high, low, close] = FIELDS.map((field) => mid(bid, ask, field));
  if (open === undefined || high === undefined || low === undefined || close === undefined) return undefined;
  const at = instant(end_period_ts * 1_000 - periodMs);
  return outcome?.side === 'no'
    ? { at, open: other(open), high: other(low), low: other(high), close: other(close), volume }
    : {
        at,
        open: formatPrice(open),
        high: formatPrice(high),
        low: formatPrice(low),
        close: formatPrice(close),
        volume,
      };
}

const isEmpty = (bid: Price, ask: Price): boolean => bid <= 0n || ask <= 0n || ask >= ONE_DOLLAR_PRICE;
const mid = (bid: Side, ask: Side, field: (typeof FIELDS)[number]): Price => price((bid[field] + ask[field]) / 2n);
const other = (yes: Price): string => formatPrice(price(ONE_DOLLAR_PRICE - yes));
