import type { CandleLog } from '../lens/candle-log';
import type { Lens } from '../lens/lens';
import type { SpotListing } from '../truth/listing';
import { decimalText } from '../truth/truth';
import { type Diffs, fullText, symbolOf } from './diffs';
import { klinesOf } from './klines';

export const STATUSES = ['TRADING', 'BREAK', 'HALT'] as const;
export type SymbolStatus = (typeof STATUSES)[number];

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
};

const MINUTE_MS = 60_000;
/** What a request for the book costs, by its number of levels. */
const DEPTH_WEIGHTS = [
  [100, 5],
  [500, 25],
  [1_000, 50],
  [5_000, 250],
] as const;
const INVALID_SYMBOL = { code: -1121, msg: 'Invalid symbol.' };

/** Binance's REST: books, what is listed, and the weight that each address has spent. */
export class RestDoor {
  /** What every request gets while this is set. */
  refusal: { readonly status: number; readonly retryAfter?: string | undefined } | undefined;
  isInMaintenance = false;
  /** The market data's own host knows nothing of the system. */
  hasSystemStatus = true;
  /** Requests for a book. */
  booksAsked = 0;
  used = 0;
  /** What one address may spend in a minute. */
  limit = 6_000;
  private minute = 0;
  private readonly statuses = new Map<string, SymbolStatus>();
  private readonly ticks = new Map<string, string>();
  private readonly delisted = new Set<string>();

  constructor(
    private readonly lens: Lens,
    private readonly books: ReadonlyMap<string, Diffs>,
    /** The book as it was long ago, when the next answer is to be that. */
    private readonly takeStale: (symbol: string) => object | undefined,
    private readonly candles: CandleLog,
  ) {}

  /** Undefined: as the truth has it. */
  setStatus(listing: SpotListing, status: SymbolStatus | undefined): void {
    if (status) this.statuses.set(listing.id, status);
    else this.statuses.delete(listing.id);
  }

  /** The system says so, where it is asked, and nothing trades. */
  setMaintenance(isOn: boolean): void {
    this.isInMaintenance = isOn;
    for (const { listing } of this.books.values()) this.setStatus(listing, isOn ? 'BREAK' : undefined);
  }

  setTick(listing: SpotListing, tick: string): void {
    this.ticks.set(listing.id, tick);
  }

  delist(listing: SpotListing): void {
    this.delisted.add(listing.id);
  }

  answer(url: URL): Answer {
    if (this.refusal) {
      const { status, retryAfter } = this.refusal;
      const headers: Answer['headers'] = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
      return { status, body: { code: -1003, msg: 'Too many requests.' }, headers };
    }
    const { status, body, weight } = this.found(url);
    const minute = Math.floor(Date.now() / MINUTE_MS);
    if (minute !== this.minute) [this.minute, this.used] = [minute, 0];
    this.used += weight;
    const headers = { 'x-mbx-used-weight-1m': `${this.used}` };
    if (this.used <= this.limit) return { status, body, headers };
    const rest = `${Math.ceil(((minute + 1) * MINUTE_MS - Date.now()) / 1_000)}`;
    return { status: 429, body: { code: -1003, msg: 'Too many requests.' }, headers: { 'retry-after': rest } };
  }

  private found({ pathname, searchParams }: URL): {
    readonly status: number;
    readonly body: unknown;
    readonly weight: number;
  } {
    const symbol = searchParams.get('symbol') ?? '';
    const book = this.books.get(symbol);
    const listing = book && !this.delisted.has(book.listing.id) ? book.listing : undefined;
    if (pathname === '/sapi/v1/system/status' && this.hasSystemStatus) {
      const body = this.isInMaintenance ? { status: 1, msg: 'system_maintenance' } : { status: 0, msg: 'normal' };
      return { status: 200, body, weight: 1 };
    }
    if (pathname === '/api/v3/exchangeInfo') {
      return listing
        ? { status: 200, body: this.info(listing), weight: 20 }
        : { status: 400, body: INVALID_SYMBOL, weight: 20 };
    }
    if (pathname === '/api/v3/klines') {
      return listing
        ? { ...klinesOf(listing, searchParams, this.candles), weight: 2 }
        : { status: 400, body: INVALID_SYMBOL, weight: 2 };
    }
    if (pathname !== '/api/v3/depth') return { status: 404, body: { code: -1, msg: 'not found' }, weight: 1 };
    if (!book || !listing) return { status: 400, body: INVALID_SYMBOL, weight: 1 };
    this.booksAsked += 1;
    const limit = Math.min(Number(searchParams.get('limit') ?? 100), 5_000);
    const weight = DEPTH_WEIGHTS.find(([levels]) => limit <= levels)?.[1] ?? 250;
    return { status: 200, body: this.takeStale(symbol) ?? book.snapshot(limit), weight };
  }

  private info(listing: SpotListing): object {
    const { priceDecimals, qtyDecimals, qtyMin, symbol } = listing;
    const tickSize = this.ticks.get(listing.id) ?? fullText(1, priceDecimals);
    const open = this.lens.status(listing.id) === 'open' ? 'TRADING' : 'HALT';
    return {
      timezone: 'UTC',
      rateLimits: [{ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: this.limit }],
      exchangeFilters: [],
      symbols: [
        {
          symbol: symbolOf(listing),
          status: this.statuses.get(listing.id) ?? open,
          baseAsset: symbol.split('/')[0],
          quoteAsset: 'USDT',
          orderTypes: ['LIMIT', 'MARKET'],
          isSpotTradingAllowed: true,
          filters: [
            { filterType: 'PRICE_FILTER', minPrice: tickSize, maxPrice: '1000000.00000000', tickSize },
            { filterType: 'LOT_SIZE', minQty: qtyMin, maxQty: '9000', stepSize: decimalText(1, qtyDecimals) },
            { filterType: 'NOTIONAL', minNotional: '5.00000000', applyMinToMarket: true },
          ],
        },
      ],
    };
  }
}
