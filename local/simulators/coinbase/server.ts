import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { Faults } from '../faults';
import { CandleLog } from '../lens/candle-log';
import { Lens } from '../lens/lens';
import { Line } from '../line';
import type { Listing, SpotListing } from '../truth/listing';
import { decimalText, type TrueTrade, type Truth } from '../truth/truth';
import type { Change, TrueLevel } from '../truth/truth-book';
import { candlesOf } from './candles';
import { type Flag, Products } from './products';

type Channel = 'level2' | 'market_trades' | 'status';
type Sides = { readonly bid: readonly TrueLevel[]; readonly ask: readonly TrueLevel[] };

/** One connection: its frames are counted together, whatever they are about. */
type Client = {
  readonly line: Line;
  readonly followed: Readonly<Record<Channel, Set<string>>>;
  readonly deadline: NodeJS.Timeout;
  number: number;
  beats: boolean;
  askedAt: number[];
};

type Request = { readonly type?: string; readonly channel?: string; readonly product_ids?: readonly string[] };

const HEARTBEAT_MS = 1_000;
/** Who has not subscribed by then is hung up on. */
const SUBSCRIBE_MS_MAX = 5_000;
/** So many messages a second one address may send. */
const MESSAGES_MAX = 8;
const HOUR_MS = 3_600_000;
const JUMP = 5;
const NUMBER = /("sequence_num":\s*)\d+/;
/** So many of the latest trades come with a subscription. */
const TRADES_KEPT = 50;

/** Coinbase's Advanced Trade feed, and the public catalogue of its products. */
export class CoinbaseServer {
  readonly faults = new Faults();
  readonly tradeFaults = new Faults();
  /** How far the venue's clock is ahead. */
  skewMs = 0;
  /** What REST answers instead of the catalogue, and a new connection instead of being opened. */
  refusal: { readonly status: number; readonly retryAfter?: string | undefined } | undefined;
  readonly products: Products;
  readonly lens: Lens;
  private readonly candles: CandleLog;
  private readonly sockets: WebSocketServer;
  private readonly door: Server;
  private readonly clients = new Map<WebSocket, Client>();
  private readonly spots: readonly SpotListing[];
  private readonly beating: NodeJS.Timeout;
  private readonly trades = new Map<string, object[]>();
  /** The books as they were long ago. */
  private readonly past: ReadonlyMap<string, Sides>;
  private beats = 0;

  constructor(truth: Truth, ports: { readonly ws: number; readonly http: number }) {
    this.lens = new Lens(truth);
    this.candles = new CandleLog((listing, minutes) => this.lens.past(listing, minutes), this.now);
    this.spots = truth.listings.filter((listing): listing is SpotListing => listing.kind === 'spot');
    this.products = new Products(this.lens, this.spots);
    this.past = new Map(this.spots.map(({ id }) => [id, this.sidesOf(id)]));
    this.sockets = new WebSocketServer({
      port: ports.ws,
      host: '127.0.0.1',
      verifyClient: (_, answer) => answer(this.refusal === undefined, this.refusal?.status),
    });
    this.sockets.on('connection', (socket) => this.welcome(socket));
    this.door = createServer((request, response) => {
      const { status, body, headers } = this.answer(request);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    }).listen(ports.http, '127.0.0.1');
    this.beating = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.lens.listen({
      changed: (listing, changes) => this.tellChanges(listing, changes),
      traded: (trade) => {
        this.candles.add(trade);
        this.tellTrade(trade);
      },
      statusChanged: (listing) => this.tellStatus(listing),
    });
  }

  get connections(): number {
    return this.clients.size;
  }

  disconnect(): void {
    for (const socket of this.clients.keys()) socket.terminate();
  }

  /** Any frame at all, to everyone: what the venue should never send. One with a number takes the next. */
  inject(frame: string | Buffer): void {
    for (const [socket, client] of this.clients) {
      const numbered =
        typeof frame === 'string' ? frame.replace(NUMBER, (_, name) => `${name}${client.number++}`) : frame;
      socket.send(numbered, { binary: false });
    }
  }

  /** The feed goes on and says nothing of this product any more. */
  forget(listing: SpotListing): void {
    for (const { followed } of this.clients.values()) followed.level2.delete(listing.id);
  }

  setFlag(listing: SpotListing, flag: Flag, isSet: boolean): void {
    this.products.setFlag(listing.id, flag, isSet);
  }

  setIncrement(listing: SpotListing, increment: string): void {
    this.products.setIncrement(listing.id, increment);
  }

  delist(listing: SpotListing): void {
    this.products.delist(listing.id);
    this.tellStatus(listing);
  }

  /** Maintenance of all products at once. */
  setResting(isResting: boolean): void {
    this.products.isResting = isResting;
    for (const spot of this.spots) this.tellStatus(spot);
  }

  async stop(): Promise<void> {
    clearInterval(this.beating);
    this.lens.stop();
    this.disconnect();
    await new Promise((resolve) => this.sockets.close(resolve));
    const closed = new Promise((resolve) => this.door.close(resolve));
    this.door.closeAllConnections();
    await closed;
  }

  private welcome(socket: WebSocket): void {
    const client: Client = {
      line: new Line(socket, this.faults),
      followed: { level2: new Set(), market_trades: new Set(), status: new Set() },
      deadline: setTimeout(() => socket.terminate(), SUBSCRIBE_MS_MAX),
      number: 0,
      beats: false,
      askedAt: [],
    };
    this.clients.set(socket, client);
    socket.on('close', () => {
      clearTimeout(client.deadline);
      this.clients.delete(socket);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.hear(socket, client, data.toString()));
  }

  private hear(socket: WebSocket, client: Client, text: string): void {
    const now = performance.now();
    client.askedAt = [...client.askedAt.filter((at) => now - at < 1_000), now];
    if (client.askedAt.length > MESSAGES_MAX) {
      socket.terminate();
      return;
    }
    let request: Request;
    try {
      request = JSON.parse(text) as Request;
    } catch {
      client.line.send('{"type":"error","message":"failure to parse"}');
      return;
    }
    const isNew = request.type === 'subscribe';
    const { channel } = request;
    if (channel === 'heartbeats') client.beats = isNew;
    else if (channel === 'level2' || channel === 'market_trades' || channel === 'status') {
      for (const id of request.product_ids ?? []) this.subscribe(client, channel, { id, isNew });
    } else {
      client.line.send(JSON.stringify({ type: 'error', message: `unknown channel ${channel}` }));
      return;
    }
    clearTimeout(client.deadline);
    const subscriptions = Object.fromEntries(Object.entries(client.followed).map(([name, ids]) => [name, [...ids]]));
    this.say(client, 'subscriptions', [{ subscriptions }]);
  }

  private subscribe(client: Client, channel: Channel, { id, isNew }: { readonly id: string; readonly isNew: boolean }) {
    const listing = this.products.of(id);
    if (!isNew) client.followed[channel].delete(id);
    if (!isNew || !listing) return;
    client.followed[channel].add(id);
    if (channel === 'level2') this.sendWhole(client, listing);
    if (channel === 'status')
      this.say(client, 'status', [{ type: 'snapshot', products: [this.products.status(listing)] }]);
    if (channel === 'market_trades') {
      this.say(client, 'market_trades', [{ type: 'snapshot', trades: [...(this.trades.get(id) ?? [])].reverse() }]);
    }
  }

  private sendWhole(client: Client, listing: SpotListing): void {
    const isStale = this.faults.take('stale');
    const { bid, ask } = (isStale ? this.past.get(listing.id) : undefined) ?? this.sidesOf(listing.id);
    const at = new Date(this.now() - (isStale ? HOUR_MS : 0)).toISOString();
    const updates = [
      ...bid.map((level) => this.updateOf(listing, { ...level, side: 'bid' }, at)),
      ...ask.map((level) => this.updateOf(listing, { ...level, side: 'ask' }, at)),
    ];
    const text = this.frame(client, 'l2_data', [{ type: 'snapshot', product_id: listing.id, updates }], at);
    for (const frame of this.faults.frames(text, listing.id)) client.line.send(frame);
  }

  private tellChanges(listing: Listing, changes: readonly Change[]): void {
    if (listing.kind !== 'spot' || changes.length === 0) return;
    const at = this.timestamp();
    const updates = changes.map((change) => this.updateOf(listing, change, at));
    for (const client of this.clients.values()) {
      if (!client.followed.level2.has(listing.id)) continue;
      if (this.faults.take('jump')) client.number += JUMP;
      const text = this.frame(client, 'l2_data', [{ type: 'update', product_id: listing.id, updates }], at);
      for (const frame of this.faults.frames(text, listing.id)) client.line.send(frame);
    }
  }

  private tellTrade({ listing, id, taker, tick, size }: TrueTrade): void {
    if (listing.kind !== 'spot') return;
    const trade = {
      trade_id: `${id}`,
      product_id: listing.id,
      price: decimalText(tick, listing.priceDecimals),
      size: decimalText(size, listing.qtyDecimals),
      side: taker === 'bid' ? 'BUY' : 'SELL',
      time: this.timestamp(),
    };
    this.trades.set(listing.id, [...(this.trades.get(listing.id) ?? []), trade].slice(-TRADES_KEPT));
    if (this.faults.isSilent) return;
    for (const client of this.clients.values()) {
      if (!client.followed.market_trades.has(listing.id)) continue;
      const text = this.frame(client, 'market_trades', [{ type: 'update', trades: [trade] }]);
      for (const frame of this.tradeFaults.frames(text, listing.id)) client.line.send(frame);
    }
  }

  private tellStatus(listing: Listing): void {
    if (listing.kind !== 'spot') return;
    for (const client of this.clients.values()) {
      if (!client.followed.status.has(listing.id)) continue;
      this.say(client, 'status', [{ type: 'update', products: [this.products.status(listing)] }]);
    }
  }

  private beat(): void {
    this.beats += 1;
    const current_time = `${this.timestamp().replace('T', ' ').replace('Z', '')} +0000 UTC m=+${this.beats}.0`;
    for (const client of this.clients.values()) {
      if (client.beats) this.say(client, 'heartbeats', [{ current_time, heartbeat_counter: this.beats }]);
    }
  }

  private say(client: Client, channel: string, events: readonly object[]): void {
    if (!this.faults.isSilent) client.line.send(this.frame(client, channel, events));
  }

  private frame(client: Client, channel: string, events: readonly object[], timestamp = this.timestamp()): string {
    const sequence_num = client.number++;
    return JSON.stringify({ channel, client_id: '', timestamp, sequence_num, events });
  }

  private updateOf(listing: SpotListing, { side, tick, size }: Change, event_time: string): object {
    return {
      side: side === 'bid' ? 'bid' : 'offer',
      event_time,
      price_level: decimalText(tick, listing.priceDecimals),
      new_quantity: size === 0 ? '0' : decimalText(size, listing.qtyDecimals),
    };
  }

  private sidesOf = (id: string): Sides => ({ bid: this.lens.levels(id, 'bid'), ask: this.lens.levels(id, 'ask') });

  private now = (): number => Date.now() + this.skewMs;

  private timestamp = (): string => new Date(this.now()).toISOString();

  private answer(request: IncomingMessage) {
    if (this.refusal) {
      const { status, retryAfter } = this.refusal;
      return { status, body: { error: 'rate limit' }, headers: retryAfter ? { 'retry-after': retryAfter } : {} };
    }
    const url = new URL(request.url ?? '/', 'http://coinbase.local');
    const { searchParams } = url;
    const pathname = url.pathname.replace(/^\/api\/v3\/brokerage\/market/, '');
    const [, product] = /^\/products\/([^/]+)\/candles$/.exec(pathname) ?? [];
    if (product !== undefined) {
      return { ...candlesOf(this.products.of(product), searchParams, this.candles), headers: {} };
    }
    if (pathname !== '/products') return { status: 404, body: { error: 'not found' }, headers: {} };
    return { status: 200, body: this.products.listed(searchParams.getAll('product_ids')), headers: {} };
  }
}
