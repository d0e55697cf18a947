import { createServer, type Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { crc32 } from '../../../adapters/venues/kraken/crc32';
import { Faults } from '../faults';
import { CandleLog } from '../lens/candle-log';
import { Lens } from '../lens/lens';
import { Line } from '../line';
import type { Listing, SpotListing } from '../truth/listing';
import { decimalText, type TrueTrade, type Truth } from '../truth/truth';
import type { Change, Side } from '../truth/truth-book';
import { Pairs } from './pairs';
import { KrakenRest } from './rest';
import { TradeLog } from './trade-log';

type Level = { readonly tick: number; readonly size: number };

type Sides = { readonly bid: readonly Level[]; readonly ask: readonly Level[] };

type Told = { readonly told: Sides; readonly at: string };

/** What one connection follows of a book: the depth, and the levels as this client must see them. */
type Subscription = { readonly depth: number; bid: Level[]; ask: Level[] };

type Client = { readonly line: Line; readonly books: Map<string, Subscription>; readonly trades: Set<string> };

type Request = {
  readonly method?: string;
  readonly req_id?: number;
  readonly params?: { readonly channel?: string; readonly symbol?: readonly string[]; readonly depth?: number };
};

const DEPTHS: readonly number[] = [10, 25, 100, 500, 1000];
const HEARTBEAT_MS = 1_000;
const HOUR_MS = 3_600_000;
/** As deep as the connector follows. */
const PAST_DEPTH = 25;
const CHECKSUM_LEVELS = 10;

/** Kraken's public WebSocket v2: books, trades, instruments and status, numbers with their full precision. */
export class KrakenServer {
  readonly faults = new Faults();
  readonly tradeFaults = new Faults();
  /** How far the venue's clock is ahead. */
  skewMs = 0;
  readonly pairs: Pairs;
  readonly lens: Lens;
  readonly rest: KrakenRest;
  private readonly log = new TradeLog();
  private readonly server: WebSocketServer;
  private readonly door: Server;
  private readonly clients = new Map<WebSocket, Client>();
  private readonly spots: readonly SpotListing[];
  private readonly heartbeat: NodeJS.Timeout;
  /** The books as they were long ago. */
  private readonly past: ReadonlyMap<string, Sides>;
  /** `online`, or `maintenance` and the like, in which nothing is traded. */
  system = 'online';

  constructor(truth: Truth, ports: { readonly ws: number; readonly http: number }) {
    this.lens = new Lens(truth);
    this.spots = truth.listings.filter((listing): listing is SpotListing => listing.kind === 'spot');
    this.pairs = new Pairs(this.lens, this.spots);
    this.past = new Map(this.spots.map(({ id }) => [id, this.sidesOf(id, PAST_DEPTH)]));
    const candles = new CandleLog((listing, minutes) => this.lens.past(listing, minutes), this.now);
    this.rest = new KrakenRest(() => this.spots.filter(({ symbol }) => this.pairs.isListed(symbol)), candles, this.now);
    this.server = new WebSocketServer({
      port: ports.ws,
      host: '127.0.0.1',
      verifyClient: (_, answer) => answer(this.rest.refusal === undefined, this.rest.refusal?.status),
    });
    this.server.on('connection', (client) => this.welcome(client));
    this.door = createServer((request, response) => {
      const { status, body, headers } = this.rest.answer(new URL(request.url ?? '/', 'http://kraken.local'));
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    }).listen(ports.http, '127.0.0.1');
    this.heartbeat = setInterval(() => this.broadcast('{"channel":"heartbeat"}'), HEARTBEAT_MS);
    this.lens.listen({
      changed: (listing, changes) => this.tellChanges(listing, changes),
      traded: (trade) => {
        candles.add(trade);
        this.tellTrade(trade);
      },
      statusChanged: (listing) => this.tellInstrument(listing),
    });
  }

  get connections(): number {
    return this.clients.size;
  }

  disconnect(): void {
    for (const client of this.clients.keys()) client.terminate();
  }

  setSystem(system: string): void {
    this.system = system;
    this.broadcast(this.status());
  }

  /** Any frame at all, to everyone: what the venue should never send. */
  inject(frame: string | Buffer): void {
    for (const client of this.clients.keys()) client.send(frame, { binary: false });
  }

  /** Other steps, or none at all: the pair is delisted. */
  setIncrement(listing: SpotListing, increment: string): void {
    this.pairs.setIncrement(listing.symbol, increment);
    this.broadcast(this.pairs.update(listing));
  }

  delist(listing: SpotListing): void {
    this.pairs.delist(listing.symbol);
    for (const { books, trades } of this.clients.values()) {
      books.delete(listing.symbol);
      trades.delete(listing.symbol);
    }
    this.broadcast(this.pairs.update(listing));
  }

  async stop(): Promise<void> {
    clearInterval(this.heartbeat);
    this.lens.stop();
    this.disconnect();
    await new Promise((resolve) => this.server.close(resolve));
    const closed = new Promise((resolve) => this.door.close(resolve));
    this.door.closeAllConnections();
    await closed;
  }

  private welcome(client: WebSocket): void {
    this.clients.set(client, { line: new Line(client, this.faults), books: new Map(), trades: new Set() });
    client.on('close', () => this.clients.delete(client));
    client.on('error', () => client.terminate());
    client.on('message', (data) => this.answer(client, data.toString()));
    client.send(this.status());
  }

  private status(): string {
    const status = { system: this.system, api_version: 'v2', connection_id: 1, version: '2.0.0' };
    return JSON.stringify({ channel: 'status', type: 'update', data: [status] });
  }

  private answer(client: WebSocket, text: string): void {
    let request: Request;
    try {
      request = JSON.parse(text) as Request;
    } catch {
      client.send('{"error":"Malformed request","success":false}');
      return;
    }
    const { method, params = {}, req_id } = request;
    if (method === 'ping') client.send(JSON.stringify({ method: 'pong', req_id }));
    else if (params.channel === 'instrument') this.sendInstruments(client);
    else if (params.channel === 'book' || params.channel === 'trade')
      for (const symbol of params.symbol ?? []) this.subscribe(client, request, symbol);
    else client.send(JSON.stringify({ method, error: 'Unsupported channel', success: false, req_id }));
  }

  private subscribe(client: WebSocket, { method, params, req_id }: Request, symbol: string) {
    const { channel, depth = 10 } = params ?? {};
    const refuse = (error: string) => client.send(JSON.stringify({ method, error, success: false, req_id, symbol }));
    const listing = this.spots.find((spot) => spot.symbol === symbol);
    if (!listing || !this.pairs.isListed(symbol)) return refuse(`Currency pair not supported ${symbol}`);
    if (channel === 'book' && !DEPTHS.includes(depth)) return refuse('Invalid depth');
    const result = { channel, symbol, ...(channel === 'book' && { depth }), snapshot: true };
    client.send(JSON.stringify({ method, result, success: true, req_id }));
    const followed = this.clients.get(client);
    if (channel === 'trade') {
      if (method === 'subscribe') followed?.trades.add(symbol);
      else followed?.trades.delete(symbol);
      if (method === 'subscribe') client.send(this.log.snapshot(symbol));
      return;
    }
    if (method === 'unsubscribe') followed?.books.delete(symbol);
    if (method !== 'subscribe') return;
    const { bid, ask } = this.sidesOf(listing.id, depth);
    const subscription: Subscription = { depth, bid: [...bid], ask: [...ask] };
    followed?.books.set(symbol, subscription);
    const past = this.faults.take('stale') ? this.past.get(listing.id) : undefined;
    const at = this.timestamp(past ? HOUR_MS : 0);
    this.send(
      client,
      symbol,
      this.frame(listing, 'snapshot', { told: past ?? subscription, at }, past ?? subscription),
    );
  }

  private tellTrade(trade: TrueTrade): void {
    const { listing } = trade;
    if (listing.kind !== 'spot') return;
    const text = this.log.frame(listing, trade, this.timestamp());
    if (this.faults.isSilent) return;
    const frames = this.tradeFaults.frames(text, listing.symbol);
    for (const { line, trades } of this.clients.values()) {
      if (trades.has(listing.symbol)) for (const frame of frames) line.send(frame);
    }
  }

  private now = (): number => Date.now() + this.skewMs;

  private timestamp = (agoMs = 0): string => new Date(this.now() - agoMs).toISOString();

  private sidesOf(id: string, depth: number): Sides {
    const side = (name: Side) => this.lens.levels(id, name).slice(0, depth);
    return { bid: side('bid'), ask: side('ask') };
  }

  /** What falls out of the depth is not told; what comes into it is, as an update of its own. */
  private tellChanges(listing: Listing, changes: readonly Change[]): void {
    if (listing.kind !== 'spot' || changes.length === 0) return;
    const at = stampOf(changes, this.skewMs);
    for (const [client, { books }] of this.clients) {
      const subscription = books.get(listing.symbol);
      if (!subscription) continue;
      const [bids, asks] = (['bid', 'ask'] as const).map((side) => {
        const before = subscription[side];
        const after = this.lens.levels(listing.id, side).slice(0, subscription.depth);
        subscription[side] = [...after];
        return difference(before, after, side);
      }) as [Level[], Level[]];
      if (bids.length + asks.length === 0) continue;
      this.send(
        client,
        listing.symbol,
        this.frame(listing, 'update', { told: { bid: bids, ask: asks }, at }, subscription),
      );
    }
  }

  /** `told` is in the frame; the checksum is of the client's whole `book` after it. */
  private frame(listing: SpotListing, type: 'snapshot' | 'update', { told, at }: Told, book: Sides): string {
    const { priceDecimals, qtyDecimals, symbol } = listing;
    const price = ({ tick }: Level) => decimalText(tick, priceDecimals);
    const qty = ({ size }: Level) => decimalText(size, qtyDecimals);
    const levels = (side: readonly Level[]) =>
      side.map((level) => `{"price":${price(level)},"qty":${qty(level)}}`).join(',');
    const digits = (side: readonly Level[]) =>
      side.slice(0, CHECKSUM_LEVELS).map((level) => wireDigits(price(level)) + wireDigits(qty(level)));
    const crc = crc32([...digits(book.ask), ...digits(book.bid)].join(''));
    const checksum = this.faults.take('checksum') ? (crc + 1) % 2 ** 32 : crc;
    return (
      `{"channel":"book","type":"${type}","data":[{"symbol":"${symbol}","bids":[${levels(told.bid)}],` +
      `"asks":[${levels(told.ask)}],"checksum":${checksum},"timestamp":"${at}"}]}`
    );
  }

  private sendInstruments(client: WebSocket): void {
    client.send('{"method":"subscribe","result":{"channel":"instrument"},"success":true}');
    client.send(this.pairs.snapshot());
  }

  private tellInstrument(listing: Listing): void {
    if (listing.kind === 'spot') this.broadcast(this.pairs.update(listing));
  }

  private broadcast(text: string): void {
    if (this.faults.isSilent) return;
    for (const { line } of this.clients.values()) line.send(text);
  }

  private send(client: WebSocket, symbol: string, text: string): void {
    for (const frame of this.faults.frames(text, symbol)) this.clients.get(client)?.line.send(frame);
  }
}

const wireDigits = (text: string): string => text.replace('.', '').replace(/^0+/, '');

/** Deletes of levels that are gone but would still be within the depth, then new sizes. */
function difference(before: readonly Level[], after: readonly Level[], side: Side): Level[] {
  const sizes = new Map(after.map(({ tick, size }) => [tick, size]));
  const old = new Map(before.map(({ tick, size }) => [tick, size]));
  const worst = after.at(-1)?.tick;
  const isWithin = (tick: number) => worst === undefined || (side === 'bid' ? tick > worst : tick < worst);
  const gone = before.filter(({ tick }) => !sizes.has(tick) && isWithin(tick)).map(({ tick }) => ({ tick, size: 0 }));
  return [...gone, ...after.filter(({ tick, size }) => old.get(tick) !== size)];
}

const stamps = new WeakMap<readonly Change[], number>();
let lastMicros = 0;

/** When the engine made these changes, in microseconds that rise: every connection is told the same. */
function stampOf(changes: readonly Change[], skewMs: number): string {
  const micros = stamps.get(changes) ?? Math.max(lastMicros + 1, Date.now() * 1_000);
  stamps.set(changes, micros);
  lastMicros = micros;
  const [ms, rest] = [Math.floor(micros / 1_000), micros % 1_000];
  return new Date(ms + skewMs).toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`);
}
