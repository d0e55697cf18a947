import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PriceRange } from '../../../adapters/venues/kalshi/wire/rest';
import { Faults } from '../faults';
import { Lens } from '../lens/lens';
import { Line } from '../line';
import type { Listing, OutcomeListing } from '../truth/listing';
import type { TruthStatus } from '../truth/market-life';
import { decimalText, type TrueTrade, type Truth } from '../truth/truth';
import type { Change } from '../truth/truth-book';
import { Candlesticks } from './candlesticks';
import { CatalogueServer } from './catalogue';
import { type Channel, Client } from './client';
import { bidOf, type Fees, MarketView, namesOf, priceText } from './market-view';
import { Quirks } from './quirks';
import { Gate, type Member } from './signature';

export type KalshiPlace = { readonly ws: number; readonly http: number; readonly member: Member };

const PATH = '/trade-api/ws/v2';
const PING_MS = 10_000;

/** Kalshi's WebSocket v2, which lets in who signs, and its REST. */
export class KalshiServer {
  readonly faults = new Faults();
  readonly tradeFaults = new Faults();
  readonly quirks = new Quirks();
  readonly lens: Lens;
  /** How far the venue's clock is ahead. */
  skewMs = 0;
  private readonly view: MarketView;
  private readonly gate: Gate;
  private readonly clients = new Map<WebSocket, Client>();
  private readonly sockets: WebSocketServer;
  private readonly door: Server;
  private readonly rest: Server;
  private readonly pinging: NodeJS.Timeout;
  /** The size of each level as it was told last, by market. */
  private readonly told = new Map<string, Map<string, number>>();

  constructor(truth: Truth, { ws, http, member }: KalshiPlace) {
    this.lens = new Lens(truth);
    this.view = new MarketView(this.lens, this.quirks);
    this.gate = new Gate(member);
    for (const { id } of this.view.listings()) this.told.set(id, this.sizes(id));
    const catalogue = new CatalogueServer(this.lens, this.view, this.quirks, new Candlesticks(this.lens, this.now));
    this.sockets = new WebSocketServer({ noServer: true });
    this.door = createServer((_, response) => response.writeHead(404).end());
    this.door.on('upgrade', (request, socket, head) => {
      const status = this.refusalOf(request);
      if (status === undefined) {
        this.sockets.handleUpgrade(request, socket, head, (client) => this.welcome(client));
      } else socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    });
    this.door.listen(ws, '127.0.0.1');
    this.rest = createServer((request, response) => {
      const { status, body, headers = {} } = catalogue.answer(new URL(request.url ?? '/', 'http://kalshi.local'));
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    }).listen(http, '127.0.0.1');
    this.pinging = setInterval(() => {
      for (const client of this.clients.keys()) client.ping('heartbeat');
    }, PING_MS);
    this.lens.listen({
      changed: (listing, changes) => this.tellChanges(listing, changes),
      traded: (trade) => this.tellTrade(trade),
      statusChanged: (listing, status) => this.tellStatus(listing, status),
      resolved: (listing) => this.tellResolved(listing),
    });
  }

  /** It closes at another time than was said. */
  closeAt(listing: OutcomeListing, at: number): void {
    this.view.setClose(listing, at);
    this.tellLife(listing, { event_type: 'close_date_updated', close_ts: Math.floor(at / 1_000) });
  }

  setRanges(listing: OutcomeListing, price_ranges: readonly PriceRange[]): void {
    this.view.setRanges(listing, price_ranges);
    const event_type = 'price_level_structure_updated';
    this.tellLife(listing, { event_type, price_level_structure: 'custom', price_ranges });
  }

  setFees(listing: OutcomeListing, fees: Fees): void {
    this.view.setFees(listing, fees);
    const { event, ticker } = namesOf(listing);
    const msg = { event_ticker: event, fee_type_override: fees.type, fee_multiplier_override: fees.multiplier };
    this.tell('market_lifecycle_v2', ticker, 'event_fee_update', msg);
  }

  delist(listing: OutcomeListing): void {
    this.view.delist(listing);
  }

  /** The venue gives up what everybody has subscribed of this channel. */
  endSubscriptions(channel: Channel, code: number): void {
    for (const client of this.clients.values()) client.end(channel, code);
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
    clearInterval(this.pinging);
    this.lens.stop();
    this.disconnect();
    const closed = [this.door, this.rest].map((server) => new Promise((resolve) => server.close(resolve)));
    this.rest.closeAllConnections();
    this.door.closeAllConnections();
    await Promise.all(closed);
  }

  private now = (): number => Date.now() + this.skewMs;

  private refusalOf({ headers, url = '' }: IncomingMessage): number | undefined {
    if (this.quirks.closedDoor !== undefined) return this.quirks.closedDoor;
    const { pathname } = new URL(url, 'http://kalshi.local');
    if (pathname !== PATH) return 404;
    return this.gate.isLetIn(headers, pathname, this.now()) ? undefined : 401;
  }

  private welcome(socket: WebSocket): void {
    const line = new Line(socket, this.faults);
    const client = new Client({
      quirks: this.quirks,
      faults: this.faults,
      now: this.now,
      hasMarket: (ticker) => this.view.ofTicker(ticker) !== undefined,
      send: (message, about) => this.send(line, message, about),
      book: (ticker) => {
        const listing = this.view.ofTicker(ticker);
        return listing ? this.view.book(listing) : {};
      },
    });
    this.clients.set(socket, client);
    socket.on('close', () => this.clients.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      if (!this.faults.isSilent) client.take(data.toString());
    });
  }

  /** The venue tells by how much each level changes, not what it is. */
  private tellChanges(listing: Listing, changes: readonly Change[]): void {
    if (listing.kind !== 'outcome') return;
    const sizes = this.told.get(listing.id) ?? new Map<string, number>();
    const { ticker } = namesOf(listing);
    const ts_ms = this.now();
    for (const { side, tick, size } of changes) {
      const by = size - (sizes.get(`${side}${tick}`) ?? 0);
      sizes.set(`${side}${tick}`, size);
      if (by === 0 || this.quirks.isMute) continue;
      const { side: outcome, price, count } = bidOf(listing, side, { tick, size: by });
      const msg = { market_ticker: ticker, market_id: ticker, price_dollars: price, delta_fp: count, side: outcome };
      this.tell('orderbook_delta', ticker, 'orderbook_delta', { ...msg, ts_ms });
    }
  }

  private tellTrade({ listing, id, taker, tick, size }: TrueTrade): void {
    if (listing.kind !== 'outcome') return;
    const { ticker } = namesOf(listing);
    const { priceDecimals, qtyDecimals } = listing;
    this.tell('trade', ticker, 'trade', {
      trade_id: `${ticker}-${id}`,
      market_ticker: ticker,
      yes_price_dollars: priceText(tick, priceDecimals),
      no_price_dollars: priceText(10 ** priceDecimals - tick, priceDecimals),
      count_fp: decimalText(size, qtyDecimals),
      taker_outcome_side: taker === 'bid' ? 'yes' : 'no',
      taker_book_side: taker,
      is_block_trade: false,
      ts_ms: this.now(),
    });
  }

  /** A market that closes says nothing of it: its catalogue does, and its book is empty. */
  private tellStatus(listing: Listing, status: TruthStatus): void {
    if (listing.kind !== 'outcome') return;
    if (status === 'halted') this.tellLife(listing, { event_type: 'deactivated', is_deactivated: true });
    if (status === 'open') this.tellLife(listing, { event_type: 'activated', is_deactivated: false });
  }

  private tellResolved(listing: OutcomeListing): void {
    const { result, value } = this.view.result(listing);
    const at = Math.floor(this.now() / 1_000);
    this.tellLife(listing, { event_type: 'determined', result, settlement_value: value, determination_ts: at });
    this.tellLife(listing, { event_type: 'settled', settled_ts: at });
  }

  private tellLife(listing: OutcomeListing, msg: object): void {
    const { ticker } = namesOf(listing);
    this.tell('market_lifecycle_v2', ticker, 'market_lifecycle_v2', { market_ticker: ticker, ...msg });
  }

  private tell(channel: Channel, ticker: string, type: string, msg: object): void {
    for (const client of this.clients.values()) client.tell(channel, ticker, type, msg);
  }

  private send(line: Line, message: object, about: string): void {
    if (this.faults.isSilent) return;
    const isTrade = 'type' in message && message.type === 'trade';
    for (const frame of (isTrade ? this.tradeFaults : this.faults).frames(JSON.stringify(message), about)) {
      line.send(frame);
    }
  }

  private sizes(id: string): Map<string, number> {
    const side = (of: 'bid' | 'ask') =>
      this.lens.levels(id, of).map(({ tick, size }) => [`${of}${tick}`, size] as const);
    return new Map([...side('bid'), ...side('ask')]);
  }
}
