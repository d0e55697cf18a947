import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { Faults } from '../faults';
import { CandleLog } from '../lens/candle-log';
import { Lens } from '../lens/lens';
import { Line } from '../line';
import type { Listing, OutcomeListing } from '../truth/listing';
import { type Answer, isTrading } from '../truth/market-life';
import type { TrueTrade, Truth } from '../truth/truth';
import type { Change } from '../truth/truth-book';
import { levelOf, MarketView, type Token, tokenId } from './market-view';
import { pricesOf } from './prices';
import { ghostOf, Quirks } from './quirks';

type Request = {
  readonly assets_ids?: readonly string[];
  readonly type?: string;
  readonly operation?: string;
  readonly custom_feature_enabled?: boolean;
};

/** Every event names the condition it is about. */
type VenueEvent = { readonly market: string } & Readonly<Record<string, unknown>>;

type Client = { readonly line: Line; readonly assets: Set<string>; isCustom: boolean };

/** Beyond this the venue keeps the connection and silently sends no books. */
const ASSETS_MAX = 500;

/** Polymarket's CLOB market channel, its REST book and Gamma's catalogue. */
export class PolymarketServer {
  readonly faults = new Faults();
  readonly tradeFaults = new Faults();
  readonly quirks = new Quirks(this.faults);
  readonly lens: Lens;
  private readonly candles: CandleLog;
  /** How far the venue's clock is ahead. */
  skewMs = 0;
  private readonly view: MarketView;
  private readonly delisted = new Set<string>();
  private readonly sockets: WebSocketServer;
  private readonly rest: Server;
  private readonly clients = new Map<WebSocket, Client>();
  private readonly tokens = new Map<string, Token>();

  constructor(truth: Truth, ports: { readonly ws: number; readonly http: number }) {
    this.lens = new Lens(truth);
    this.candles = new CandleLog((listing, minutes) => this.lens.past(listing, minutes), this.now);
    this.view = new MarketView(this.lens, () => this.now(), this.quirks);
    for (const listing of this.markets()) {
      this.tokens.set(listing.yesToken, { listing, side: 'yes' });
      this.tokens.set(listing.noToken, { listing, side: 'no' });
    }
    this.sockets = new WebSocketServer({ port: ports.ws, host: '127.0.0.1', path: '/ws/market' });
    this.sockets.on('connection', (client) => this.welcome(client));
    this.rest = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://polymarket.local');
      const { status, body, headers = {} } = this.quirks.answer(url, () => this.answer(url), this.now());
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    }).listen(ports.http, '127.0.0.1');
    this.lens.listen({
      changed: (listing, changes) => this.tellChanges(listing, changes),
      traded: (trade) => {
        this.candles.add(trade);
        this.tellTrade(trade);
      },
      resolved: (listing, answer) => this.tellResolved(listing, answer),
    });
  }

  setTick(listing: OutcomeListing, new_tick_size: string): void {
    const old_tick_size = this.view.tick(listing);
    this.view.setTick(listing, new_tick_size);
    for (const token of tokensOf(listing)) {
      const event = { event_type: 'tick_size_change', market: listing.conditionId, asset_id: tokenId(token) };
      this.broadcast({ ...event, old_tick_size, new_tick_size, timestamp: `${this.now()}` }, holds(tokenId(token)));
    }
  }

  /** Gamma forgets the market, or knows it by another name. */
  delist(listing: OutcomeListing): void {
    this.delisted.add(listing.id);
  }

  rename(listing: OutcomeListing, slug: string): void {
    this.view.rename(listing, slug);
  }

  nameOutcomes(listing: OutcomeListing, names: readonly [string, string]): void {
    this.view.nameOutcomes(listing, names);
  }

  /** Any frame at all, to everyone: what the venue should never send. */
  inject(frame: string | Buffer): void {
    for (const client of this.clients.keys()) client.send(frame, { binary: false });
  }

  get connections(): number {
    return this.clients.size;
  }

  disconnect(): void {
    for (const client of this.clients.keys()) client.terminate();
  }

  async stop(): Promise<void> {
    this.lens.stop();
    this.disconnect();
    await new Promise((resolve) => this.sockets.close(resolve));
    const closed = new Promise((resolve) => this.rest.close(resolve));
    this.rest.closeAllConnections();
    await closed;
  }

  private now = (): number => Date.now() + this.skewMs;

  private markets = (): readonly OutcomeListing[] =>
    this.lens.listings.filter((listing): listing is OutcomeListing => listing.kind === 'outcome');

  private welcome(socket: WebSocket): void {
    const client: Client = { line: new Line(socket, this.faults), assets: new Set(), isCustom: false };
    this.clients.set(socket, client);
    socket.on('close', () => this.clients.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const text = data.toString();
      if (text === 'PING') socket.send('PONG');
      else this.subscribe(socket, client, text);
    });
  }

  private subscribe(socket: WebSocket, client: Client, text: string): void {
    let request: Request;
    try {
      request = JSON.parse(text) as Request;
    } catch {
      socket.send('INVALID OPERATION');
      return;
    }
    const assets = (request.assets_ids ?? []).filter((asset) => this.tokens.has(asset));
    if (request.operation === 'unsubscribe') {
      for (const asset of assets) client.assets.delete(asset);
      return;
    }
    for (const asset of assets) client.assets.add(asset);
    client.isCustom ||= request.custom_feature_enabled === true;
    if (client.assets.size > ASSETS_MAX) return;
    const books = assets.flatMap((asset) => {
      const token = this.tokens.get(asset);
      if (!token) return [];
      const book = this.faults.take('stale') ? ghostOf(asset, this.now()) : this.view.book(token);
      return [{ event_type: 'book', ...book }];
    });
    this.send(client.line, 'subscription', JSON.stringify(books));
  }

  /** One frame carries a market's change for the YES token and its mirror for the NO token. */
  private tellChanges(listing: Listing, changes: readonly Change[]): void {
    if (listing.kind !== 'outcome' || changes.length === 0) return;
    const tokens = tokensOf(listing);
    const best = new Map(
      tokens.map((token) => [
        token.side,
        { best_bid: this.view.bids(token)[0]?.price ?? '', best_ask: this.view.asks(token)[0]?.price ?? '' },
      ]),
    );
    const price_changes = changes.flatMap((change) =>
      tokens.map((token) => ({
        asset_id: tokenId(token),
        ...levelOf(token, change),
        side: (change.side === 'bid') === (token.side === 'yes') ? 'BUY' : 'SELL',
        hash: orderHash(listing, change),
        ...best.get(token.side),
      })),
    );
    const event = { market: listing.conditionId, timestamp: `${this.now()}`, price_changes };
    for (const told of this.quirks.priceChanges(event)) {
      this.broadcast(told, (client) => holds(listing.yesToken)(client) || holds(listing.noToken)(client));
    }
  }

  /** A trade, and for both tokens the whole book after it, as the venue sends it. */
  private tellTrade({ listing, id, taker, tick, size }: TrueTrade): void {
    if (listing.kind !== 'outcome') return;
    for (const token of tokensOf(listing)) {
      const asset_id = tokenId(token);
      const level = levelOf(token, { tick, size });
      const side = (taker === 'bid') === (token.side === 'yes') ? 'BUY' : 'SELL';
      this.view.setLastTrade(token, level.price);
      const event = { event_type: 'last_trade_price', market: listing.conditionId, asset_id, ...level, side };
      const rest = { fee_rate_bps: '0', timestamp: `${this.now()}`, transaction_hash: hashOf(`${listing.id} ${id}`) };
      this.broadcast({ ...event, ...rest }, holds(asset_id), this.tradeFaults);
      this.broadcast({ event_type: 'book', ...this.view.book(token) }, holds(asset_id));
    }
  }

  /** Names no winner where nobody won, and says nothing at all of a market that is void. */
  private tellResolved(listing: OutcomeListing, answer: Answer): void {
    if (answer === 'void') return;
    const [first, second] = this.view.outcomes(listing);
    const winning = { yes: [listing.yesToken, first], no: [listing.noToken, second], '50-50': ['', ''] }[answer];
    const event = {
      event_type: 'market_resolved',
      id: listing.marketId,
      market: listing.conditionId,
      assets_ids: [listing.yesToken, listing.noToken],
      winning_asset_id: winning[0],
      winning_outcome: winning[1],
      timestamp: `${this.now()}`,
      tags: [],
    };
    this.broadcast(event, (client) => client.isCustom && client.assets.has(listing.yesToken));
  }

  private broadcast(event: VenueEvent, isFor: (client: Client) => boolean, faults = this.faults): void {
    const text = JSON.stringify(event);
    for (const client of this.clients.values()) if (isFor(client)) this.send(client.line, event.market, text, faults);
  }

  private send(line: Line, market: string, text: string, faults = this.faults): void {
    if (this.faults.isSilent) return;
    for (const frame of faults.frames(text, market)) line.send(frame);
  }

  private answer({ pathname, searchParams }: URL): { readonly status: number; readonly body: unknown } {
    if (pathname === '/markets') return { status: 200, body: this.listed(searchParams) };
    if (pathname === '/prices-history') {
      return pricesOf(this.tokens.get(searchParams.get('market') ?? ''), searchParams, {
        log: this.candles,
        now: this.now(),
      });
    }
    const market = this.markets().find(({ conditionId }) => pathname === `/markets/${conditionId}`);
    if (market) return { status: 200, body: this.view.clob(market) };
    const token = this.tokens.get(searchParams.get('token_id') ?? '');
    if (pathname === '/book' && token && isTrading(this.lens.status(token.listing.id))) {
      return { status: 200, body: this.view.book(token) };
    }
    return { status: 404, body: { error: 'No orderbook exists for the requested token id' } };
  }

  /** Closed markets are left out unless they are asked for. */
  private listed(query: URLSearchParams): readonly object[] {
    const [slug, condition] = [query.get('slug'), query.get('condition_ids')];
    const isClosed = query.get('closed') === 'true';
    return this.markets()
      .filter(({ id }) => !this.delisted.has(id) && isTrading(this.lens.status(id)) !== isClosed)
      .filter((listing) => slug === null || this.view.slug(listing) === slug)
      .filter(({ conditionId }) => condition === null || conditionId === condition)
      .map((listing) => this.view.gamma(listing));
  }
}

const tokensOf = (listing: OutcomeListing): readonly Token[] => [
  { listing, side: 'yes' },
  { listing, side: 'no' },
];

const holds =
  (asset: string) =>
  (client: Client): boolean =>
    client.assets.has(asset);

const orderHash = (listing: OutcomeListing, { side, tick, size }: Change): string =>
  hashOf(`${listing.id} ${side} ${tick} ${size}`);

const hashOf = (text: string): string => `0x${createHash('sha1').update(text).digest('hex')}`;
