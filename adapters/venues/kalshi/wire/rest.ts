import * as z from 'zod';
import type { VenueRest } from '../../rest';

export type PriceRange = z.output<typeof priceRange>;
const priceRange = z.object({ start: z.string(), end: z.string(), step: z.string() });

export const kalshiMarket = z.object({
  ticker: z.string(),
  event_ticker: z.string(),
  title: z.string().nullish(),
  yes_sub_title: z.string().nullish(),
  status: z.string(),
  close_time: z.iso.datetime({ offset: true }),
  result: z.string().default(''),
  settlement_value_dollars: z.string().nullish(),
  price_level_structure: z.string().nullish(),
  price_ranges: z.array(priceRange).nullish(),
  volume_24h_fp: z.string().nullish(),
  /** A combination of other markets. */
  mve_collection_ticker: z.string().nullish(),
  fractional_trading_enabled: z.boolean().nullish(),
});
export type KalshiMarket = z.output<typeof kalshiMarket>;

const event = z.object({
  event_ticker: z.string(),
  series_ticker: z.string(),
  title: z.string().default(''),
  category: z.string().nullish(),
  fee_type_override: z.string().nullish(),
  fee_multiplier_override: z.number().nullish(),
});
export type KalshiEvent = z.output<typeof event>;

export const kalshiSeries = z.object({
  ticker: z.string(),
  title: z.string().default(''),
  category: z.string().nullish(),
  fee_type: z.string(),
  fee_multiplier: z.number(),
});
export type KalshiSeries = z.output<typeof kalshiSeries>;

/** One that is listed in a form that cannot be read, and what is wrong with it. */
export type Unreadable = { readonly ticker: string; readonly why: string };
export type Markets = { readonly markets: readonly KalshiMarket[]; readonly unreadable: readonly Unreadable[] };

const PAGE = 200;
/** A list that goes on for longer than this is not read to its end. */
const PAGES_MAX = 20;
/** So many are named in one question: an address has its length. */
const NAMED_MAX = 50;

/** Throws where there is no such series. */
export async function fetchSeries(rest: VenueRest, ticker: string): Promise<KalshiSeries> {
  const answer = z.object({ series: kalshiSeries }).parse(await rest.json(`/series/${encodeURIComponent(ticker)}`));
  return answer.series;
}

export async function fetchEvent(rest: VenueRest, ticker: string): Promise<KalshiEvent> {
  return z.object({ event }).parse(await rest.json(`/events/${encodeURIComponent(ticker)}`)).event;
}

/** Events of a series that have open markets, and these. */
export async function fetchOpen(
  rest: VenueRest,
  series: string,
): Promise<Markets & { readonly events: readonly KalshiEvent[] }> {
  const query = { series_ticker: series, status: 'open', with_nested_markets: 'true', limit: `${PAGE}` };
  const items = await pages(rest, '/events', query, 'events');
  const events = items.flatMap((item) => event.safeParse(item).data ?? []);
  const nested = items.flatMap((item) => {
    const { markets } = Object(item) as { readonly markets?: unknown };
    return Array.isArray(markets) ? markets : [];
  });
  return { events, ...marketsOf(nested) };
}

/** Markets by their tickers, whatever became of them. */
export async function fetchMarkets(rest: VenueRest, tickers: readonly string[]): Promise<Markets> {
  const markets: unknown[] = [];
  for (let at = 0; at < tickers.length; at += NAMED_MAX) {
    const query = { tickers: tickers.slice(at, at + NAMED_MAX).join(','), limit: `${PAGE}` };
    markets.push(...(await pages(rest, '/markets', query, 'markets')));
  }
  return marketsOf(markets);
}

const exchangeStatus = z.object({ exchange_active: z.boolean(), trading_active: z.boolean() });

/** Whether the exchange trades at all; it rests for some hours each week. */
export async function fetchIsTrading(rest: VenueRest): Promise<boolean> {
  const { exchange_active, trading_active } = exchangeStatus.parse(await rest.json('/exchange/status'));
  return exchange_active && trading_active;
}

/** All items of a list that is given out in pages, each naming the next. */
async function pages(
  rest: VenueRest,
  path: string,
  query: Readonly<Record<string, string>>,
  list: string,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let cursor = '';
  for (let page = 0; page < PAGES_MAX; page++) {
    const asked = new URLSearchParams({ ...query, ...(cursor && { cursor }) });
    const answer = Object(await rest.json(`${path}?${asked}`)) as Readonly<Record<string, unknown>>;
    const found = answer[list];
    if (!Array.isArray(found)) throw new Error(`${path}: the answer has no ${list}`);
    items.push(...found);
    cursor = typeof answer.cursor === 'string' ? answer.cursor : '';
    if (cursor === '') break;
  }
  return items;
}

function marketsOf(items: readonly unknown[]): Markets {
  const markets: KalshiMarket[] = [];
  const unreadable: Unreadable[] = [];
  for (const item of items) {
    const market = kalshiMarket.safeParse(item);
    if (market.success) markets.push(market.data);
    else unreadable.push({ ticker: String((Object(item) as { ticker?: unknown }).ticker), why: wordsOf(market.error) });
  }
  return { markets, unreadable };
}

const wordsOf = ({ issues: [issue] }: z.ZodError): string => `${issue?.path.join('.')}: ${issue?.message}`;
