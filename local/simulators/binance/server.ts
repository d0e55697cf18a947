import { createServer, type Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { Faults } from '../faults';
import { CandleLog } from '../lens/candle-log';
import { Lens } from '../lens/lens';
import { Line } from '../line';
import { type Listing, type SpotListing, TETHER } from '../truth/listing';
import type { TrueTrade, Truth } from '../truth/truth';
import type { Change } from '../truth/truth-book';
import { Diffs, fullText, symbolOf } from './diffs';
import { RestDoor } from './rest';

type Client = { readonly line: Line; readonly streams: Set<string>; heardAt: number[]; isPonged: boolean };
type Request = { readonly method?: string; readonly params?: readonly string[]; readonly id?: unknown };

const DIFFS_EVERY_MS = 100;
const PING_EVERY_MS = 20_000;
/** So many messages a second a client may send, its pongs among them, and follow so many streams. */
const [MESSAGES_MAX, STREAMS_MAX] = [5, 1_024] as const;
const DAY_MS = 86_400_000;

/** Binance's combined spot streams, and its REST. Prices of the truth are told in tethers, by what these are worth. */
export class BinanceServer {
  readonly faults = new Faults();
  readonly tradeFaults = new Faults();
  readonly rest: RestDoor;
  readonly lens: Lens;
  /** How far the venue's clock is ahead. */
  skewMs = 0;
  /** After so long a new connection is cut. */
  lifeMs = DAY_MS;
  /** Connections that were opened so far, and those that were cut for saying too much. */
  opened = 0;
  offenders = 0;
  private readonly sockets: WebSocketServer;
  private readonly door: Server;
  private readonly clients = new Map<WebSocket, Client>();
  private readonly books: ReadonlyMap<string, Diffs>;
  /** The books as they were long ago. */
  private readonly past: ReadonlyMap<string, object>;
  private readonly timers: readonly NodeJS.Timeout[];
  private readonly cuts = new Set<NodeJS.Timeout>();

  constructor(truth: Truth, ports: { readonly ws: number; readonly http: number }) {
    this.lens = new Lens(truth, 'USDT');
    const candles = new CandleLog((listing, minutes) => this.lens.past(listing, minutes), this.now);
    const spots = truth.listings.filter(isQuoted);
    this.books = new Map(spots.map((spot) => [symbolOf(spot), new Diffs(this.lens, spot)]));
    this.past = new Map([...this.books].map(([symbol, book]) => [symbol, book.snapshot(5_000)]));
    const takeStale = (symbol: string) => (this.faults.take('stale') ? this.past.get(symbol) : undefined);
    this.rest = new RestDoor(this.lens, this.books, takeStale, candles);
    this.sockets = new WebSocketServer({ port: ports.ws, host: '127.0.0.1', path: '/stream' });
    this.sockets.on('connection', (socket, { url }) => this.welcome(socket, url ?? ''));
    this.door = createServer((request, response) => {
      const { status, body, headers } = this.rest.answer(new URL(request.url ?? '/', 'http://binance.local'));
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    }).listen(ports.http, '127.0.0.1');
    this.timers = [setInterval(() => this.tellDiffs(), DIFFS_EVERY_MS), setInterval(() => this.ping(), PING_EVERY_MS)];
    this.lens.listen({
      changed: (listing, changes) => this.take(listing, changes),
      traded: (trade) => {
        candles.add(trade);
        this.tellTrade(trade);
      },
    });
  }

  get connections(): number {
    return this.clients.size;
  }

  disconnect(): void {
    for (const socket of this.clients.keys()) socket.terminate();
  }

  /** Any frame at all, to everyone: what the venue should never send. */
  inject(frame: string | Buffer): void {
    for (const socket of this.clients.keys()) socket.send(frame, { binary: false });
  }

  /** Those that are connected now are told so, and cut after a while. */
  shutDown(afterMs: number): void {
    const frame = JSON.stringify({ stream: '!serverShutdown', data: { e: 'serverShutdown', E: this.now() } });
    for (const [socket, { line }] of this.clients) {
      line.send(frame);
      this.cut(socket, afterMs);
    }
  }

  /** The streams go on, without the diffs of this symbol. */
  forget(listing: SpotListing): void {
    for (const { streams } of this.clients.values()) streams.delete(`${symbolOf(listing).toLowerCase()}@depth@100ms`);
  }

  async stop(): Promise<void> {
    for (const timer of [...this.timers, ...this.cuts]) clearTimeout(timer);
    this.lens.stop();
    this.disconnect();
    await new Promise((resolve) => this.sockets.close(resolve));
    const closed = new Promise((resolve) => this.door.close(resolve));
    this.door.closeAllConnections();
    await closed;
  }

  private now = (): number => Date.now() + this.skewMs;

  private welcome(socket: WebSocket, url: string): void {
    this.opened += 1;
    const streams = new URL(url, 'http://binance.local').searchParams.get('streams') ?? '';
    const client: Client = {
      line: new Line(socket, this.faults),
      streams: new Set(streams.split('/').filter(Boolean)),
      heardAt: [],
      isPonged: true,
    };
    this.clients.set(socket, client);
    socket.on('close', () => this.clients.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('ping', () => this.heard(socket, client));
    socket.on('pong', () => {
      client.isPonged = true;
      this.heard(socket, client);
    });
    socket.on('message', (data) => {
      this.heard(socket, client);
      client.line.send(JSON.stringify(this.answer(client, data.toString())));
    });
    this.cut(socket, this.lifeMs);
    if (client.streams.size > STREAMS_MAX) socket.close(1008);
  }

  private cut(socket: WebSocket, afterMs: number): void {
    const timer = setTimeout(() => {
      this.cuts.delete(timer);
      socket.terminate();
    }, afterMs);
    this.cuts.add(timer);
  }

  private heard(socket: WebSocket, client: Client): void {
    const now = performance.now();
    client.heardAt = [...client.heardAt.filter((at) => now - at < 1_000), now];
    if (client.heardAt.length <= MESSAGES_MAX) return;
    this.offenders += 1;
    socket.close(1008, 'Too many requests');
  }

  private answer({ streams }: Client, text: string): object {
    let request: Request;
    try {
      request = JSON.parse(text) as Request;
    } catch {
      return { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' };
    }
    const { method, params = [], id = null } = request;
    if (method === 'LIST_SUBSCRIPTIONS') return { result: [...streams], id };
    if (method === 'SUBSCRIBE') for (const stream of params) streams.add(stream);
    else if (method === 'UNSUBSCRIBE') for (const stream of params) streams.delete(stream);
    else return { code: 2, msg: `Invalid request: unknown variant ${method}`, id };
    return { result: null, id };
  }

  /** The diffs wait for their time; the best prices are told at once. */
  private take(listing: Listing, changes: readonly Change[]): void {
    if (!isQuoted(listing) || changes.length === 0) return;
    const book = this.books.get(symbolOf(listing));
    book?.add(changes);
    const best = book?.newBest();
    if (!best || this.faults.isSilent) return;
    this.send(listing, 'bookTicker', best, (text) => [text]);
  }

  private tellDiffs(): void {
    for (const book of this.books.values()) {
      if (this.faults.take('jump')) book.jump();
      const { s, ...rest } = (book.take() ?? {}) as { s?: string };
      if (s === undefined) continue;
      const diff = { e: 'depthUpdate', E: this.now(), s, ...rest };
      this.send(book.listing, 'depth@100ms', diff, (text) => this.faults.frames(text, s));
    }
  }

  private tellTrade({ listing, id, taker, tick, size }: TrueTrade): void {
    if (!isQuoted(listing) || this.faults.isSilent) return;
    const [price, qty] = [fullText(tick, listing.priceDecimals), fullText(size, listing.qtyDecimals)];
    const [at, s] = [this.now(), symbolOf(listing)];
    const trade = { e: 'trade', E: at, s, t: id, p: price, q: qty, T: at, m: taker !== 'bid', M: true };
    this.send(listing, 'trade', trade, (text) => this.tradeFaults.frames(text, s));
  }

  private send(listing: SpotListing, stream: string, data: object, spoil: (text: string) => readonly string[]): void {
    const name = `${symbolOf(listing).toLowerCase()}@${stream}`;
    const text = JSON.stringify({ stream: name, data });
    for (const { line, streams } of this.clients.values()) {
      if (streams.has(name)) for (const frame of spoil(text)) line.send(frame);
    }
  }

  private ping(): void {
    for (const [socket, client] of this.clients) {
      if (!client.isPonged) socket.terminate();
      client.isPonged = false;
      socket.ping(`${this.now()}`);
    }
  }
}

/** What is priced in tethers: every coin but the tether. */
const isQuoted = (listing: Listing): listing is SpotListing => listing.kind === 'spot' && listing.id !== TETHER.id;
