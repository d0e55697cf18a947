import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/market-data/venue';
import { BookSubscription, type FrameType } from '../book-subscription';
import { Listings } from '../listings';
import { epochMsOf, microsOf } from '../reading/epoch-ms';
import { VenueSession } from '../session';
import { SignsOfLife } from '../signs-of-life';
import type { ReconnectingSocket } from '../socket';
import { Tape } from '../tape';
import { type BookFrame, KrakenBook } from './book';
import { type BookFrames, booksLost, countedOf, type KrakenFrame, type WireKrakenTrade } from './frames';
import { instrumentOf, listingOf } from './instruments';
import { readFrame } from './read-frame';

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
  restart = (): void => this.socket.restart();

  private follow(symbol: string): BookSubscription<BookFrame> {
    const parts = this.session.tellerParts();
    return new BookSubscription<BookFrame>({
      ...parts,
      venue: this.name,
      instrument: () => instrumentOf(symbol),
      emptyBook: () => new KrakenBook(DEPTH),
      // The engine's own time of a state, which is the same on every connection.
      markOf: ({ timestamp }) => microsOf(timestamp),
      askAgain: () => {
        this.say('unsubscribe', { channel: 'book', symbol: [symbol], depth: DEPTH });
        this.say('subscribe', { channel: 'book', symbol: [symbol], depth: DEPTH, snapshot: true });
      },
      onBook: (book, mark) => {
        parts.onBook(book, mark);
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
        this.takeBooks(frame, text, now);
        return;
      case 'trade':
        this.takeTrades(frame.type, frame.data, now);
        this.note(frame.type, epochMsOf(frame.data.at(-1)?.timestamp), now);
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

  private takeBooks({ type, data }: BookFrames, text: string, now: Instant): void {
    let venueMs: number | undefined;
    for (const frame of data) {
      venueMs = epochMsOf(frame.timestamp);
      if (this.books.get(frame.symbol)?.take(type, frame, venueMs) === false) this.session.drop(text);
    }
    this.note(type, venueMs, now);
  }

  /** A snapshot tells of what is long past; anything else was sent when it says. */
  private note(type: FrameType, venueMs: number | undefined, now: Instant): void {
    this.signs.frame(type === 'update' ? venueMs : undefined, now);
  }

  private takeTrades(type: FrameType, trades: readonly WireKrakenTrade[], now: Instant): void {
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
