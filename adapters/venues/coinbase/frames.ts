import * as z from 'zod';
import { parsePrice, parseQty } from '../../../domain/kernel/money';
import type { FrameType } from '../book-subscription';
import { epochMsOf } from '../reading/epoch-ms';
import { PRICE_MAX } from '../reading/units';
import type { CountedTrade } from '../tape';
import type { Change } from './book';

type Fields = Readonly<Record<string, unknown>>;

export type ProductTrade = CountedTrade & { readonly product: string };

/** What the `status` channel says of a product. */
export type ProductStatus = { readonly product: string; readonly status: string; readonly message: string };

export type CoinbaseEvent =
  | { readonly is: 'book'; readonly type: FrameType; readonly product: string; readonly changes: readonly Change[] }
  | { readonly is: 'trades'; readonly type: FrameType; readonly trades: readonly ProductTrade[] }
  | { readonly is: 'heartbeat'; readonly count: number | undefined }
  | { readonly is: 'status'; readonly products: readonly ProductStatus[] }
  | { readonly is: 'refusal'; readonly error: string }
  /** Something that cannot be read, and the products whose books it may have changed. */
  | { readonly is: 'lost'; readonly products: readonly string[] | 'all' };

export type CoinbaseFrame = {
  /** The place of the frame among all of its connection; undefined where it has none that can be read. */
  readonly number: number | undefined;
  /** When the venue sent it. */
  readonly venueMs: number | undefined;
  readonly isUnknown: boolean;
  readonly events: readonly CoinbaseEvent[];
};

/** Channels that are known and say nothing to us. */
const IGNORED: readonly unknown[] = ['subscriptions', 'ticker', 'ticker_batch', 'candles'];
const TRADE_ID = /^\d{1,15}$/;
const LOST_ALL = { is: 'lost', products: 'all' } as const;

/** A frame of the Advanced Trade feed (docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket). */
export function readAnyFrame(text: string): CoinbaseFrame {
  const frame = objectOf(text);
  if (!frame) return { number: undefined, venueMs: undefined, isUnknown: false, events: [LOST_ALL] };
  const { channel, type, message } = frame;
  if (channel === undefined && type === 'error') {
    return { number: undefined, venueMs: undefined, isUnknown: false, events: [refusal(message)] };
  }
  const number = wholeOf(frame.sequence_num);
  const venueMs = epochMsOf(frame.timestamp);
  const read = Object.hasOwn(READERS, String(channel)) ? READERS[String(channel)] : undefined;
  if (read) {
    // Without its number nobody knows what else is missing.
    const events: CoinbaseEvent[] = number === undefined ? [LOST_ALL] : [];
    for (const event of eventsOf(frame.events)) for (const said of read(event)) events.push(said);
    return { number, venueMs, isUnknown: false, events };
  }
  const isText = typeof channel === 'string';
  const isUnknown = isText && !IGNORED.includes(channel);
  return { number, venueMs, isUnknown, events: isText ? [] : [LOST_ALL] };
}

const refusal = (message: unknown): CoinbaseEvent => ({ is: 'refusal', error: `${message}`.slice(0, 200) });

type Reader = (event: unknown) => readonly CoinbaseEvent[];

const READERS: Readonly<Record<string, Reader>> = {
  l2_data: (event) => [bookOf(event)],
  market_trades: tradesOf,
  heartbeats: (event) => [{ is: 'heartbeat', count: wholeOf(Object(event).heartbeat_counter) }],
  status: statusOf,
};

/** Something that is no list reads as one event that is none. */
const eventsOf = (events: unknown): readonly unknown[] => (Array.isArray(events) ? events : [undefined]);

/** The levels of one product. By hand, since a snapshot has tens of thousands. */
function bookOf(event: unknown): CoinbaseEvent {
  const { type, product_id: product, updates } = Object(event) as Fields;
  if (typeof product !== 'string') return LOST_ALL;
  if ((type !== 'snapshot' && type !== 'update') || !Array.isArray(updates)) return { is: 'lost', products: [product] };
  const changes: Change[] = [];
  for (const update of updates) {
    const { side, price_level, new_quantity } = Object(update) as Fields;
    const change = changeOf(side, price_level, new_quantity);
    if (!change) return { is: 'lost', products: [product] };
    changes.push(change);
  }
  return { is: 'book', type, product, changes };
}

export function changeOf(side: unknown, level: unknown, quantity: unknown): Change | undefined {
  if (typeof level !== 'string' || typeof quantity !== 'string') return undefined;
  const [price, qty] = [parsePrice(level), parseQty(quantity)];
  if (price === undefined || qty === undefined || price <= 0n || price > PRICE_MAX || qty < 0n) return undefined;
  if (side !== 'bid' && side !== 'offer') return undefined;
  return { isBid: side === 'bid', price, qty };
}

/** Trades are read one by one: a bad one costs itself, and no book. */
function tradesOf(event: unknown): readonly CoinbaseEvent[] {
  const { type, trades } = Object(event) as Fields;
  if ((type !== 'snapshot' && type !== 'update') || !Array.isArray(trades)) return [{ is: 'lost', products: [] }];
  const good: ProductTrade[] = [];
  for (const item of trades) {
    const trade = tradeFrom(item);
    if (trade) good.push(trade);
  }
  const told: CoinbaseEvent = { is: 'trades', type, trades: good };
  return good.length < trades.length ? [told, { is: 'lost', products: [] }] : [told];
}

export function tradeFrom(item: unknown): ProductTrade | undefined {
  const { trade_id: id, product_id: product, price, size: qty, side, time } = Object(item) as Fields;
  if (typeof id !== 'string' || !TRADE_ID.test(id) || typeof product !== 'string') return undefined;
  if (typeof price !== 'string' || typeof qty !== 'string' || typeof time !== 'string') return undefined;
  if (side !== 'BUY' && side !== 'SELL') return undefined;
  const taker = side === 'BUY' ? 'buy' : 'sell';
  return { product, count: Number(id), price, qty, taker, venueMs: epochMsOf(time) };
}

const product = z.object({ id: z.string(), status: z.string(), status_message: z.string().default('') });

function statusOf(event: unknown): readonly CoinbaseEvent[] {
  const { products } = Object(event) as Fields;
  if (!Array.isArray(products)) return [{ is: 'lost', products: [] }];
  const read = products.flatMap((item): ProductStatus[] => {
    const { data } = product.safeParse(item);
    return data ? [{ product: data.id, status: data.status, message: data.status_message }] : [];
  });
  return [{ is: 'status', products: read }];
}

function objectOf(text: string): Fields | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Fields) : undefined;
  } catch {
    return undefined;
  }
}

/** A whole number, which some captures have as text. */
function wholeOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
