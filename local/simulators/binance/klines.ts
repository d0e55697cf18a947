import type { Candle, CandleLog } from '../lens/candle-log';
import type { SpotListing } from '../truth/listing';
import { fullText } from './diffs';

/** In minutes. */
const INTERVALS: Readonly<Record<string, number>> = {
  '1m': 1,
  '3m': 3,
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '2h': 120,
  '4h': 240,
  '6h': 360,
  '8h': 480,
  '12h': 720,
  '1d': 1_440,
};
const [LIMIT_DEFAULT, LIMIT_MAX] = [500, 1_000] as const;

type Answer = { readonly status: number; readonly body: unknown };

/** `GET /api/v3/klines`: oldest first, by the time of opening; without a start, the latest ones. */
export function klinesOf(listing: SpotListing, query: URLSearchParams, log: CandleLog): Answer {
  const minutes = INTERVALS[query.get('interval') ?? ''];
  if (minutes === undefined) return { status: 400, body: { code: -1120, msg: 'Invalid interval.' } };
  const limit = Math.min(Number(query.get('limit') ?? LIMIT_DEFAULT), LIMIT_MAX);
  const [start, end] = ['startTime', 'endTime'].map((name) => (query.has(name) ? Number(query.get(name)) : undefined));
  if (!(limit >= 1) || Number.isNaN(start) || Number.isNaN(end)) {
    return { status: 400, body: { code: -1100, msg: 'Illegal characters found in a parameter.' } };
  }
  const from = Math.ceil((start ?? 0) / 1_000);
  const to = end === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(end / 1_000) + 1;
  const all = log.filled(listing, { minutes, from, to });
  const wanted = start === undefined ? all.slice(-limit) : all.slice(0, limit);
  return { status: 200, body: wanted.map((candle) => klineOf(listing, candle, minutes)) };
}

function klineOf({ priceDecimals, qtyDecimals }: SpotListing, candle: Candle, minutes: number): readonly unknown[] {
  const { at, open, high, low, close, volume, trades, cost } = candle;
  const price = (tick: number): string => fullText(tick, priceDecimals);
  const qty = (units: number): string => fullText(Math.round(units), qtyDecimals);
  const quote = (share: number): string => ((cost * share) / 10 ** (priceDecimals + qtyDecimals)).toFixed(8);
  // Buyers and sellers take alike.
  const bought = [qty(volume / 2), quote(1 / 2)];
  const [opens, closes] = [at * 1_000, (at + minutes * 60) * 1_000 - 1];
  return [opens, price(open), price(high), price(low), price(close), qty(volume), closes, quote(1), trades].concat(
    bought,
    '0',
  );
}
