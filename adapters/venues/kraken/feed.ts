import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/market-data/venue';
import { BookSubscription } from '../book-subscription';
import { Listings } from '../listings';
import { VenueSession } from '../session';
import { SignsOfLife } from '../signs-of-life';
import type { ReconnectingSocket } from '../socket';
import { Tape } from '../tape';
import { type BookFrame, KrakenBook } from './book';
import { booksLost, countedOf, epochMsOf, type KrakenFrame, readFrame, type WireKrakenTrade } from './frames';
import { instrumentOf, listingOf } from './instruments';

export type KrakenOptions = {
  readonly url: string;
  /** Kraken's names: `BTC/USD`. */
  readonly symbols: readonly string[];
  /** What the catalogue has of this venue: a symbol that is gone is halted there. */
  readonly held: () => Promise<readonly Instrument[]>;
  readonly clock: Clock;
};

const DEPTH = 25;
/** Kraken's reconnection guide: a heartbeat comes each second when nothing else does. */
const SILENT_AFTER_MS = 5_000;
const CHECK_MS = 250;

/** Kraken's public WebSocket v2: books proved by their checksum, trades by their count, instruments and their status. */
export class KrakenFeed implements VenueFeed {
  readonly name = 'kraken';
  private readonly session: VenueSession;
  private readonly socket: ReconnectingSocket;
  private readonly books: ReadonlyMap<string, BookSubscription<BookFrame>>;
  private readonly tapes: ReadonlyMap<string, Tape>;
  private readonly listings: Listings;
  private readonly signs: SignsOfLife;

  constructor(private readonly options: KrakenOptions) {
    const { url, symbols, clock } = options;
    this.session = new VenueSession(this.name, clock);
    const { session } = this;
    this.books = new Map(symbols.map((symbol) => [symbol, this.follow(symbol)]));
    this.tapes = new Map(symbols.map((symbol) => [symbol, new Tape(instrumentOf(symbol), session)]));
    this.signs = new SignsOfLife({
      venueClock: session.venueClock,
      onAlive: (at) => {
        for (const book of this.books.values()) book.hold(at);
      },
    });
    this.listings = new Listings({
      venue: this.name,
      symbols,
      session,
      onNewSteps: (symbol) => this.books.get(symbol)?.renew(),
    });
    this.socket = session.connection({
      url,
      silentAfterMs: SILENT_AFTER_MS,
      onOpen: () => this.subscribeAll(),
      onText: (text, now) => this.take(text, now),
      onLost: () => {
        for (const book of this.books.values()) book.distrust('stale');
      },
    });
  }

  start(listener: VenueListener): void {
    this.session.listener = listener;
    void this.session.untilDone(async () => this.listings.hold(await this.options.held()));
    this.socket.start();
    this.session.every(CHECK_MS, () => this.check());
  }

  stop = (): Promise<void> => this.session.stop();
  health = () => this.session.health();

  private follow(symbol: string): BookSubscription<BookFrame> {
    const parts = this.session.tellerParts();
    return new BookSubscription<BookFrame>({
      ...parts,
      venue: this.name,
      instrument: () => instrumentOf(symbol),
      emptyBook: () => new KrakenBook(DEPTH),
      askAgain: () => {
        this.say('unsubscribe', { channel: 'book', symbol: [symbol], depth: DEPTH });
        this.say('subscribe', { channel: 'book', symbol: [symbol], depth: DEPTH, snapshot: true });
      },
      onBook: (book) => {
        parts.onBook(book);
        if (book.quality === 'good') this.listings.confirm(symbol);
      },
    });
  }

  private subscribeAll(): void {
    this.signs.begin();
    for (const book of this.books.values()) book.await();
    const { symbols: symbol } = this.options;
    this.say('subscribe', { channel: 'instrument', snapshot: true });
    this.say('subscribe', { channel: 'book', symbol, depth: DEPTH, snapshot: true });
    this.say('subscribe', { channel: 'trade', symbol, snapshot: true });
  }

  private say(method: string, params: object): void {
    this.socket.send(JSON.stringify({ method, params }));
  }

  private take(text: string, now: Instant): void {
    const frame = readFrame(text);
    if (frame) this.takeFrame(frame, text, now);
    else this.lose(text);
  }

  /** What cannot be read has changed something: a book that lacks it is not to be trusted. */
  private lose(text: string): void {
    const symbols = booksLost(text);
    if (symbols === 'all') this.loseAll();
    else for (const symbol of symbols) this.books.get(symbol)?.lose();
    this.session.drop(text);
  }

  /** One frame was lost, of any book. */
  private loseAll(): void {
    this.session.counts.gaps += 1;
    for (const book of this.books.values()) book.missed();
  }

  private takeFrame(frame: KrakenFrame, text: string, now: Instant): void {
    switch (frame.channel) {
      case 'book':
        for (const data of frame.data) {
          const isReadable = this.books.get(data.symbol)?.take(frame.type, data, epochMsOf(data.timestamp)) ?? true;
          if (!isReadable) this.session.drop(text);
        }
        this.note(frame, now);
        return;
      case 'trade':
        this.takeTrades(frame.type, frame.data, now);
        this.note(frame, now);
        return;
      case 'heartbeat':
        this.signs.heartbeat(now);
        return;
      case 'instrument':
        this.listings.take(frame.type, frame.data.pairs.map(listingOf));
        return;
      case 'status':
        this.takeStatus(frame.data[0]?.system ?? '');
        return;
      case 'refusal':
        this.session.listener.onTrouble(`kraken refused ${frame.error}`);
        if (frame.gone !== undefined && this.books.has(frame.gone)) this.listings.refuse(frame.gone, frame.error);
        return;
      case 'answer':
        return;
      case 'unknown':
        this.session.counts.framesUnknown += 1;
        return;
    }
  }

  private takeStatus(system: string): void {
    this.listings.haltVenue(system === 'online' ? undefined : `the venue is in ${system}`);
  }

  /** A snapshot tells of what is long past; anything else was sent when it says. */
  private note({ type, data }: Extract<KrakenFrame, { channel: 'book' | 'trade' }>, now: Instant): void {
    const stamp = data.at(-1)?.timestamp;
    this.signs.frame(type === 'update' ? epochMsOf(stamp) : undefined, now);
  }

  private takeTrades(type: 'snapshot' | 'update', trades: readonly WireKrakenTrade[], now: Instant): void {
    if (type === 'snapshot') {
      const of = (wanted: string) => trades.filter(({ symbol }) => symbol === wanted).map(countedOf);
      for (const [symbol, tape] of this.tapes) tape.snapshot(of(symbol));
      return;
    }
    for (const wire of trades) {
      const trade = this.tapes.get(wire.symbol)?.update(countedOf(wire), now);
      if (trade) this.session.listener.onTrade(trade);
    }
  }

  private check(): void {
    const { lastFrameAt } = this.session;
    if (!this.socket.isOpen || lastFrameAt === undefined) return;
    for (const book of this.books.values()) book.check(lastFrameAt);
  }
}
