import { UDF_RESOLUTIONS, type UdfHistory, type UdfSymbol } from '../../contracts/http/udf';
import type { Qty } from '../../domain/kernel/money';
import type { ChartSymbol } from '../../usecases/market-data/chart-symbols';
import type { Bars } from '../../usecases/market-data/read-bars';

const NAMES = Object.keys(UDF_RESOLUTIONS);
const VENUES = ['kraken', 'coinbase', 'binance', 'polymarket', 'kalshi'] as const;
const KINDS = { crypto: 'spot', prediction: 'outcome' } as const;
const FOUND_MAX = 100;

type Answer<T> = { -readonly [K in keyof T]: T[K] };

export const configAnswer = () => ({
  supported_resolutions: NAMES,
  supports_group_request: false as const,
  supports_marks: false as const,
  supports_search: true as const,
  supports_timescale_marks: false as const,
  supports_time: true as const,
  exchanges: [
    { value: '', name: 'All venues', desc: '' },
    ...VENUES.map((venue) => ({ value: venue, name: venue, desc: venue })),
  ],
  symbols_types: [
    { name: 'All', value: '' },
    { name: 'Crypto', value: 'crypto' },
    { name: 'Predictions', value: 'prediction' },
  ],
});

const typeOf = ({ kind }: ChartSymbol) => (kind === 'spot' ? 'crypto' : 'prediction');

export const symbolAnswer = (symbol: ChartSymbol): Answer<UdfSymbol> => ({
  name: symbol.id,
  ticker: symbol.id,
  description: symbol.title,
  type: typeOf(symbol),
  session: '24x7',
  timezone: 'Etc/UTC',
  exchange: symbol.venue,
  listed_exchange: symbol.venue,
  'exchange-traded': symbol.venue,
  'exchange-listed': symbol.venue,
  format: 'price',
  minmov: Number(symbol.minmov),
  minmov2: 0,
  pointvalue: 1,
  pricescale: Number(symbol.pricescale),
  has_seconds: true,
  seconds_multipliers: ['1'],
  has_intraday: true,
  intraday_multipliers: ['1', '5', '15', '60', '240'],
  has_daily: true,
  daily_multipliers: ['1'],
  has_weekly_and_monthly: false,
  supported_resolutions: NAMES,
  visible_plots_set: 'ohlcv',
  volume_precision: 8,
  data_status: 'streaming',
});

export const foundAnswer = (symbol: ChartSymbol) => ({
  symbol: symbol.id,
  full_name: `${symbol.venue}:${symbol.id}`,
  description: symbol.title,
  exchange: symbol.venue,
  ticker: symbol.id,
  type: typeOf(symbol) as 'crypto' | 'prediction',
});

/** What a library leaves out, or leaves empty, is not asked for. */
export const searchOf = (query: Readonly<Partial<Record<'query' | 'type' | 'exchange' | 'limit', string>>>) => ({
  text: query.query ?? '',
  venue: query.exchange || undefined,
  kind: query.type ? (KINDS[query.type as keyof typeof KINDS] ?? undefined) : undefined,
  limit: Math.min(Math.max(Math.floor(Number(query.limit)) || FOUND_MAX, 1), FOUND_MAX),
});

export function historyAnswer({ candles, nextAt }: Bars): UdfHistory {
  if (candles.length === 0) return { s: 'no_data', ...(nextAt !== undefined && { nextTime: secondsOf(nextAt) }) };
  return {
    s: 'ok',
    t: candles.map(({ at }) => secondsOf(at)),
    o: candles.map(({ open }) => open),
    h: candles.map(({ high }) => high),
    l: candles.map(({ low }) => low),
    c: candles.map(({ close }) => close),
    v: candles.map(({ volume }) => volume ?? NONE),
  };
}

const NONE = 0n as Qty;
const secondsOf = (at: number): number => Math.floor(at / 1_000);
