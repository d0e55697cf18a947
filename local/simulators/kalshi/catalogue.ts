import type { Lens } from '../lens/lens';
import type { OutcomeListing } from '../truth/listing';
import { isTrading } from '../truth/market-life';
import type { Candlesticks } from './candlesticks';
import { type MarketView, namesOf } from './market-view';
import type { Quirks } from './quirks';

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

const ROOT = '/trade-api/v2';
const NOT_FOUND: Answer = { status: 404, body: { error: { code: 'not_found', message: 'not found' } } };
const ok = (body: unknown): Answer => ({ status: 200, body });

/** Kalshi's REST: markets, events, series, books, and whether the exchange trades. */
export class CatalogueServer {
  constructor(
    private readonly lens: Lens,
    private readonly view: MarketView,
    private readonly quirks: Quirks,
    private readonly candlesticks: Candlesticks,
  ) {}

  answer({ pathname, searchParams }: URL): Answer {
    const { refusal, isResting, isCancelOnly } = this.quirks;
    if (refusal) {
      const { status, retryAfter } = refusal;
      return { status, body: { error: 'refused' }, headers: { ...(retryAfter && { 'retry-after': retryAfter }) } };
    }
    const [, list = '', name, part, ticker, last] = pathname.replace(ROOT, '').split('/');
    if (list === 'exchange') return ok({ exchange_active: !isResting, trading_active: !isResting && !isCancelOnly });
    if (list === 'series' && part === 'markets' && last === 'candlesticks')
      return this.sticks(name, ticker, searchParams);
    if (list === 'series') return this.one(name, 'series', (names) => names.series, this.view.series.bind(this.view));
    if (list === 'events' && name)
      return this.one(name, 'event', (names) => names.event, this.view.event.bind(this.view));
    if (list === 'events') return this.page('events', this.events(searchParams), searchParams);
    if (list === 'markets' && part === 'orderbook') return this.book(name);
    if (list === 'markets' && name)
      return this.one(name, 'market', ({ ticker }) => ticker, this.view.market.bind(this.view));
    return list === 'markets' ? this.page('markets', this.markets(searchParams), searchParams) : NOT_FOUND;
  }

  private one(
    name: string | undefined,
    field: string,
    nameOf: (names: ReturnType<typeof namesOf>) => string,
    shown: (listing: OutcomeListing) => object,
  ): Answer {
    const listing = this.view.listed().find((each) => nameOf(namesOf(each)) === decodeURIComponent(name ?? ''));
    return listing ? ok({ [field]: shown(listing) }) : NOT_FOUND;
  }

  private book(ticker: string | undefined): Answer {
    const listing = this.view.ofTicker(decodeURIComponent(ticker ?? ''));
    if (!listing) return NOT_FOUND;
    const { yes_dollars_fp: yes_dollars = [], no_dollars_fp: no_dollars = [] } = this.view.book(listing);
    return ok({ orderbook_fp: { yes_dollars, no_dollars } });
  }

  private sticks(series: string | undefined, ticker: string | undefined, query: URLSearchParams): Answer {
    const listing = this.view.ofTicker(decodeURIComponent(ticker ?? ''));
    if (!listing || namesOf(listing).series !== series) return NOT_FOUND;
    return this.candlesticks.answer(listing, namesOf(listing).ticker, query);
  }

  private events(query: URLSearchParams): readonly object[] {
    return this.filtered(query).map((listing) => ({
      ...this.view.event(listing),
      ...(query.get('with_nested_markets') === 'true' && { markets: [this.view.market(listing)] }),
    }));
  }

  private markets(query: URLSearchParams): readonly object[] {
    return this.filtered(query).map((listing) => this.view.market(listing));
  }

  private filtered(query: URLSearchParams): readonly OutcomeListing[] {
    const [series, tickers] = [query.get('series_ticker'), query.get('tickers')?.split(',')];
    return this.view.listed().filter((listing) => {
      const names = namesOf(listing);
      const isOpen = isTrading(this.lens.status(listing.id));
      return (
        (series === null || names.series === series) &&
        (tickers === undefined || tickers.includes(names.ticker)) &&
        (query.get('status') !== 'open' || isOpen)
      );
    });
  }

  /** The cursor is the place of the next one. */
  private page(name: string, all: readonly object[], query: URLSearchParams): Answer {
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Math.min(Number(query.get('limit') ?? 100), this.quirks.pageMax);
    return ok({ [name]: all.slice(from, to), cursor: to < all.length ? `${to}` : '' });
  }
}
