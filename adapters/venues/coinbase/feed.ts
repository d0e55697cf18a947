import { type Instant, instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/market-data/venue';
import { BookSubscription } from '../book-subscription';
import { Listings } from '../listings';
import { RestPaused, VenueRest } from '../rest';
import { Sending } from '../sending';
import { VenueSession } from '../session';
import { SignsOfLife } from '../signs-of-life';
import type { ReconnectingSocket } from '../socket';
import { Tape } from '../tape';
import { liveTime } from '../venue-time';
import { type BookFrame, CoinbaseBook } from './book';
import { Continuity } from './continuity';
import type { CoinbaseEvent, CoinbaseFrame } from './frames';
import { type CoinbaseProduct, fetchProducts, instrumentOf, listingOf } from './instruments';
import { readFrame } from './read-frame';
import { SideCheck } from './side-check';

export type CoinbaseOptions = {
  readonly wsUrl: string;
  readonly restUrl: string;
  /** The venue's names, as it labels what it sends: `BTC-USD`. */
  readonly products: readonly string[];
  /** Whose side a trade of the venue names: nobody documents it for this feed. */
  readonly tradeSide: 'taker' | 'maker';
  /** What the catalogue has of this venue: a product that is gone is halted there. */
  readonly held: () => Promise<readonly Instrument[]>;
  readonly clock: Clock;
  readonly tempo?: Partial<Record<keyof typeof TEMPO, number>>;
};

/** A heartbeat comes each second. */
const SILENT_AFTER_MS = 5_000;
const CHECK_MS = 250;
/** An address may send eight messages a second, and two copies of this share one. */
const MESSAGES_A_SECOND = 4;
/**
 * `readEveryMs`: how often the catalogue is read, sooner while it has not been. `quietMs`: a product that says nothing
 * for so long, while others and the heartbeats go on, may have been forgotten: its book is asked for anew.
 */
const TEMPO = { readEveryMs: 20_000, quietMs: 30_000 } as const;
const READ_AGAIN_MS = 2_000;

/**
 * Coinbase's Advanced Trade feed. It counts the frames of a connection, all channels together: one that is missing may
 * have been of any book, so all that the connection carries are asked for anew.
 */
export class CoinbaseFeed implements VenueFeed {
  readonly name = 'coinbase';
  private readonly session: VenueSession;
  private readonly socket: ReconnectingSocket;
  private readonly sending: Sending;
  private readonly books: ReadonlyMap<string, BookSubscription<BookFrame>>;
  private readonly tapes: ReadonlyMap<string, Tape>;
  private readonly listings: Listings;
  private readonly signs: SignsOfLife;
  private readonly sides = new SideCheck(() =>
    this.session.listener.onAlarm(`coinbase: its trades name another side than the ${this.options.tradeSide}'s`),
  );
  private readonly rest: VenueRest;
  private readonly tempo: { readonly readEveryMs: number; readonly quietMs: number };
  private continuity: Continuity;
  /** Those that are asked for anew together, in one message. */
  private readonly asked = new Set<string>();
  private listed: readonly CoinbaseProduct[] = [];
  private readonly said = new Map<string, string>();
  private readAt: Instant = instant(0);
  private isReading = false;

  constructor(private readonly options: CoinbaseOptions) {
    const { wsUrl: url, restUrl, products, clock } = options;
    this.tempo = { ...TEMPO, ...options.tempo };
    this.session = new VenueSession(this.name, clock);
    const { session } = this;
    this.rest = new VenueRest(restUrl, { clock, onText: session.answered });
    this.continuity = new Continuity(clock.now());
    this.books = new Map(products.map((product) => [product, this.follow(product)]));
    this.tapes = new Map(products.map((product) => [product, new Tape(instrumentOf(product), session)]));
    this.signs = new SignsOfLife({
      venueClock: session.venueClock,
      onAlive: (at) => {
        for (const book of this.books.values()) book.hold(at);
      },
    });
    this.listings = new Listings({
      venue: this.name,
      symbols: products,
      session,
      onNewSteps: (product) => this.books.get(product)?.renew(),
    });
    this.socket = session.connection({
      url,
      silentAfterMs: SILENT_AFTER_MS,
      onOpen: () => this.subscribeAll(),
      onText: (text, now) => this.take(text, now),
      onLost: () => this.lost(),
    });
    this.sending = new Sending(MESSAGES_A_SECOND, (text) => this.socket.send(text));
  }

  start(listener: VenueListener): void {
    this.session.listener = listener;
    void this.session.untilDone(async () => this.listings.hold(await this.options.held()));
    void this.readProducts();
    this.socket.start();
    this.session.every(CHECK_MS, () => this.check());
  }

  async stop(): Promise<void> {
    this.sending.clear();
    await this.session.stop();
  }

  health = () => this.session.health();

  private follow(product: string): BookSubscription<BookFrame> {
    const parts = this.session.tellerParts();
    return new BookSubscription<BookFrame>({
      ...parts,
      venue: this.name,
      instrument: () => instrumentOf(product),
      emptyBook: () => new CoinbaseBook(),
      askAgain: () => this.askAgain(product),
      quietMs: this.tempo.quietMs,
      onBook: (book) => {
        parts.onBook(book);
        if (book.quality === 'good') this.listings.confirm(product);
      },
    });
  }

  /** Within five seconds of connecting, or the venue hangs up; the heartbeats keep the other channels open. */
  private subscribeAll(): void {
    const { clock, products: product_ids } = this.options;
    this.signs.begin();
    this.continuity = new Continuity(clock.now());
    for (const book of this.books.values()) book.await();
    for (const channel of ['level2', 'market_trades', 'status']) {
      this.sending.say({ type: 'subscribe', product_ids, channel });
    }
    this.sending.say({ type: 'subscribe', channel: 'heartbeats' });
  }

  private askAgain(product: string): void {
    if (this.asked.size === 0) queueMicrotask(() => this.askTogether());
    this.asked.add(product);
  }

  private askTogether(): void {
    const product_ids = [...this.asked];
    this.asked.clear();
    this.sending.say({ type: 'unsubscribe', product_ids, channel: 'level2' });
    this.sending.say({ type: 'subscribe', product_ids, channel: 'level2' });
  }

  private lost(): void {
    this.sending.clear();
    this.said.clear();
    for (const book of this.books.values()) book.distrust('stale');
  }

  private take(text: string, now: Instant): void {
    const frame = readFrame(text);
    if (frame.isUnknown) this.session.counts.framesUnknown += 1;
    if (!this.isNext(frame)) return;
    for (const event of frame.events) this.takeEvent(event, frame, now);
    let losses = 0;
    for (const { is } of frame.events) if (is === 'lost') losses += 1;
    if (losses > 0) this.session.drop(text, losses);
    if (frame.number === undefined) return;
    const isOff = liveTime(frame.venueMs, now, this.session.venueClock).isOff;
    if (!isOff) this.signs.frame(frame.venueMs, now);
  }

  /** Whether the frame counts, by its place on the connection. */
  private isNext({ number, events }: CoinbaseFrame): boolean {
    if (number === undefined) {
      if (events.some(({ is }) => is === 'lost')) this.continuity.skip();
      return true;
    }
    const step = this.continuity.frame(number);
    if (step === 'gap') this.missed();
    if (step === 'lost') {
      this.session.listener.onTrouble('coinbase: the count of the connection runs backwards');
      this.socket.restart();
    }
    return step === 'next' || step === 'gap';
  }

  /** Something was sent on this connection that never came, or that could have been of any book. */
  private missed(): void {
    this.session.counts.gaps += 1;
    for (const book of this.books.values()) book.missed();
  }

  private takeEvent(event: CoinbaseEvent, { number = 0, venueMs }: CoinbaseFrame, now: Instant): void {
    switch (event.is) {
      case 'book':
        this.books.get(event.product)?.take(event.type, { number, changes: event.changes }, venueMs);
        return;
      case 'trades':
        this.takeTrades(event, now);
        return;
      case 'heartbeat':
        if (this.continuity.heartbeat(event.count, now) === 'gap') this.missed();
        return;
      case 'status':
        for (const { product, status } of event.products) this.said.set(product, status);
        this.publishListings('update');
        return;
      case 'refusal':
        this.session.listener.onTrouble(`coinbase refused: ${event.error}`);
        return;
      case 'lost':
        if (event.products === 'all') this.missed();
        else for (const product of event.products) this.books.get(product)?.lose();
        return;
    }
  }

  private takeTrades({ type, trades }: Extract<CoinbaseEvent, { is: 'trades' }>, now: Instant): void {
    if (type === 'snapshot') {
      for (const [product, tape] of this.tapes) tape.snapshot(trades.filter((trade) => trade.product === product));
      return;
    }
    // The venue sends the latest first.
    const inOrder = trades.length > 1 ? [...trades].sort((a, b) => a.count - b.count) : trades;
    for (const { product, ...wire } of inOrder) {
      const tape = this.tapes.get(product);
      if (tape) this.takeTrade(product, tape.update(this.sided(wire), now));
    }
  }

  private takeTrade(product: string, trade: VenueTrade | undefined): void {
    if (!trade) return;
    const book = this.books.get(product)?.good();
    if (book) this.sides.take(trade, book);
    this.session.listener.onTrade(trade);
  }

  private sided<T extends { readonly taker: 'buy' | 'sell' }>(wire: T): T {
    const other = wire.taker === 'buy' ? 'sell' : 'buy';
    return this.options.tradeSide === 'taker' ? wire : { ...wire, taker: other };
  }

  private check(): void {
    const now = this.options.clock.now();
    if (now >= this.readAt && !this.isReading) void this.readProducts();
    const { lastFrameAt } = this.session;
    if (!this.socket.isOpen || lastFrameAt === undefined) return;
    if (now - this.continuity.beatAt > SILENT_AFTER_MS) {
      this.session.listener.onTrouble('coinbase: no heartbeat has come: the connection is begun anew');
      this.socket.restart();
      return;
    }
    for (const book of this.books.values()) book.check(lastFrameAt);
  }

  private async readProducts(): Promise<void> {
    this.isReading = true;
    let nextMs = READ_AGAIN_MS;
    try {
      this.listed = await fetchProducts(this.rest, this.options.products);
      this.publishListings('snapshot');
      nextMs = this.tempo.readEveryMs;
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      if (!(error instanceof RestPaused)) {
        this.session.listener.onTrouble(`coinbase: the catalogue was not read: ${why}`);
      }
    }
    this.isReading = false;
    this.readAt = instant(this.options.clock.now() + Math.max(nextMs, this.rest.waitMs()));
  }

  private publishListings(type: 'snapshot' | 'update'): void {
    this.listings.take(
      type,
      this.listed.map((product) => listingOf(product, this.said.get(product.product_id))),
    );
  }
}
