import * as z from 'zod';
import { formatPrice, formatQty, type Price, type Qty } from '../../domain/kernel/money';
import type { resolution } from '../market';
import { text } from '../text';
import { route } from './route';

/**
 * TradingView's Universal Data Feed: candles in the form that chart libraries read (charting_library's documentation,
 * "UDF"). Its times are seconds, its prices JSON numbers: they are drawn, and nothing is decided by them.
 */
export const UDF_RESOLUTIONS = {
  '1S': '1s',
  '1': '1m',
  '5': '5m',
  '15': '15m',
  '60': '1h',
  '240': '4h',
  '1D': '1d',
} as const satisfies Readonly<Record<string, z.output<typeof resolution>>>;

const names = Object.keys(UDF_RESOLUTIONS);
/** Libraries write a day in two ways. */
const ALIASES: Readonly<Record<string, string>> = { D: '1D', S: '1S' };

const drawnNumber = <T extends bigint>(format: (value: T) => string) =>
  z.codec(
    z.number(),
    z.custom<T>((value) => typeof value === 'bigint'),
    { decode: () => z.NEVER, encode: (value) => Number(format(value)) },
  );
const drawnPrice = drawnNumber<Price>(formatPrice);
const drawnQty = drawnNumber<Qty>(formatQty);

const BARS_MAX = 5_000;
const LAST_S = 253_402_300_799;

/** Seconds; some libraries send fractions. */
const seconds = (rule: string) =>
  z
    .string(rule)
    .regex(/^-?\d{1,12}(\.\d+)?$/, rule)
    .transform((text) => Math.min(Math.max(Math.floor(Number(text)), 0), LAST_S));

const resolutionName = z
  .string(`resolution must be one of ${names.join(', ')}`)
  .transform((text) => ALIASES[text] ?? text)
  .pipe(z.enum(names as [keyof typeof UDF_RESOLUTIONS], `resolution must be one of ${names.join(', ')}`));

/** `to` is not part of the range; `countback`, where it is given, goes before `from`. */
const question = z
  .object({
    symbol: text('symbol must be given').min(1, 'symbol must be given').max(240, 'symbol must be a listed symbol'),
    resolution: resolutionName,
    from: seconds('from must be a time in seconds'),
    to: seconds('to must be a time in seconds'),
    countback: z
      .string()
      .regex(/^\d{1,9}$/, 'countback must be a whole number')
      .transform((text) => Math.min(Number(text), BARS_MAX))
      .optional(),
  })
  .refine(({ from, to }) => from <= to, 'from must not be after to');

export type UdfQuestion = z.output<typeof question>;

/** What a chart asks for, or what is wrong with it in a sentence: UDF answers faults in a form of its own. */
export function udfQuestion(query: unknown): UdfQuestion | { readonly errmsg: string } {
  const { data, error } = question.safeParse(query);
  return data ?? { errmsg: error?.issues[0]?.message ?? 'the question cannot be read' };
}

const symbolType = z.enum(['crypto', 'prediction']);

const symbolInfo = z.object({
  name: z.string(),
  ticker: z.string(),
  description: z.string(),
  type: symbolType,
  session: z.literal('24x7'),
  timezone: z.literal('Etc/UTC'),
  exchange: z.string(),
  listed_exchange: z.string(),
  'exchange-traded': z.string(),
  'exchange-listed': z.string(),
  format: z.literal('price'),
  /** A step of the price is `minmov` ÷ `pricescale`. */
  minmov: z.int(),
  minmov2: z.literal(0),
  pointvalue: z.literal(1),
  pricescale: z.int(),
  has_seconds: z.literal(true),
  seconds_multipliers: z.array(z.string()),
  has_intraday: z.literal(true),
  intraday_multipliers: z.array(z.string()),
  has_daily: z.literal(true),
  daily_multipliers: z.array(z.string()),
  has_weekly_and_monthly: z.literal(false),
  supported_resolutions: z.array(z.string()),
  visible_plots_set: z.literal('ohlcv'),
  volume_precision: z.literal(8),
  data_status: z.literal('streaming'),
});

const fault = z.object({ s: z.literal('error'), errmsg: z.string() });

/** One array a column. */
const bars = z.object({
  s: z.literal('ok'),
  t: z.array(z.int()),
  o: z.array(drawnPrice),
  h: z.array(drawnPrice),
  l: z.array(drawnPrice),
  c: z.array(drawnPrice),
  /** Nought where nobody knows. */
  v: z.array(drawnQty),
});

/** `nextTime`: of the nearest bar before the range; absent where there is none. */
const noBars = z.object({ s: z.literal('no_data'), nextTime: z.int().optional() });

const free = text().max(240).optional();

export const udfRoutes = {
  udfConfig: route({
    method: 'GET',
    path: '/udf/config',
    access: 'session',
    summary: 'UDF: what this feed can do',
    status: 200,
    response: z.object({
      supported_resolutions: z.array(z.string()),
      supports_group_request: z.literal(false),
      supports_marks: z.literal(false),
      supports_search: z.literal(true),
      supports_timescale_marks: z.literal(false),
      supports_time: z.literal(true),
      exchanges: z.array(z.object({ value: z.string(), name: z.string(), desc: z.string() })),
      symbols_types: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  }),
  udfTime: route({
    method: 'GET',
    path: '/udf/time',
    access: 'session',
    summary: 'UDF: the time of the server in seconds, as a bare number',
    status: 200,
    response: z.int(),
  }),
  udfSymbol: route({
    method: 'GET',
    path: '/udf/symbols',
    access: 'session',
    summary: 'UDF: what is to be known of a symbol',
    query: z.object({ symbol: free }),
    status: 200,
    response: z.union([symbolInfo, fault]),
  }),
  udfSearch: route({
    method: 'GET',
    path: '/udf/search',
    access: 'session',
    summary: 'UDF: symbols that hold a text in their name or title',
    query: z.object({ query: free, type: free, exchange: free, limit: free }),
    status: 200,
    response: z.array(
      z.object({
        symbol: z.string(),
        full_name: z.string(),
        description: z.string(),
        exchange: z.string(),
        ticker: z.string(),
        type: symbolType,
      }),
    ),
  }),
  udfHistory: route({
    method: 'GET',
    path: '/udf/history',
    access: 'session',
    summary: 'UDF: bars of a symbol, one array a column',
    // Read by `udfQuestion`: a fault is answered in the form that a chart library understands.
    query: z.looseObject({}),
    status: 200,
    response: z.discriminatedUnion('s', [bars, noBars, fault]),
  }),
};

export type UdfSymbol = z.output<typeof symbolInfo>;
export type UdfHistory = z.output<typeof udfRoutes.udfHistory.response>;
