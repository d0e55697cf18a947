import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import { VenueClock } from '../../../domain/market/venue-clock';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/market-data/venue';
import { noCounts } from '../counts';
import { ReconnectingSocket } from '../socket';
import { Unreadable } from '../unreadable';
import { DEPTH, Followed } from './followed';
import { booksLost, epochMsOf, type KrakenFrame, readFrame } from './frames';
import { Listings } from './listings';
import { SignsOfLife } from './signs-of-life';
import { Tape, type WireKrakenTrade } from './tape';

export type KrakenOptions = {
  readonly url: string;
  /** Kraken's names: `BTC/USD`. */
  readonly symbols: readonly string[];
  /** What the catalogue has of this venue: a symbol that is gone is halted there. */
  readonly held: () => Promise<readonly Instrument[]>;
  readonly clock: Clock;
};

/** Kraken's reconnection guide: a heartbeat comes each second when nothing else does. */
const SILENT_AFTER_MS = 5_000;
const CHECK_MS = 250;
const HOLD_AGAIN_MS = 2_000;

/** Kraken's public WebSocket v2: books proved by their checksum, trades by their count, instruments and their status. */
export class KrakenFeed implements VenueFeed {
  readonly name = 'kraken';
  private readonly followed: ReadonlyMap<string, Followed>;
  private readonly tapes: ReadonlyMap<string, Tape>;
  private readonly listings: Listings;
  private readonly socket: ReconnectingSocket;
  private readonly counts = noCounts();
  private readonly venueClock = new VenueClock();
  private readonly signs = new SignsOfLife({
    venueClock: this.venueClock,
    onAlive: (at) => {
      for (const followed of this.followed.values()) followed.hold(at);
    },
  });
  private readonly unreadable = new Unreadable({
    venue: this.name,
    counts: this.counts,
    onAlarm: (what) => this.listener?.onAlarm(what),
  });
  private listener: VenueListener | undefined;
  private isStopped = false;
  private checking: NodeJS.Timeout | undefined;
  private lastFrameAt: Instant | undefined;

  constructor(private readonly options: KrakenOptions) {
    this.followed = new Map(options.symbols.map((symbol) => [symbol, this.follow(symbol)]));
    this.tapes = new Map(
      options.symbols.map((symbol) => [symbol, new Tape(symbol, { counts: this.counts, venueClock: this.venueClock })]),
    );
    this.listings = new Listings({
      symbols: options.symbols,
      onInstruments: (instruments) => this.listener?.onInstruments(instruments),
      onTrouble: (what) => this.listener?.onTrouble(what),
      onNewSteps: (symbol) => this.followed.get(symbol)?.renew(),
    });
    this.socket = new ReconnectingSocket({
      url: options.url,
      silentAfterMs: SILENT_AFTER_MS,
      handlers: {
        onOpen: () => this.subscribeAll(),
        onText: (text) => this.take(text),
        onUnreadable: () => this.unreadable.take(1, 'a frame against the protocol', this.options.clock.now()),
        onClose: () => {
          for (const followed of this.followed.values()) followed.distrust('stale');
        },
      },
    });
  }

  start(listener: VenueListener): void {
    this.listener = listener;
    void this.hold();
    this.socket.start();
    this.checking = setInterval(() => this.check(), CHECK_MS);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.checking);
    await this.socket.stop();
  }

  health = () => ({
    isConnected: this.socket.isOpen,
    reconnects: this.socket.reconnects,
    ...this.counts,
    lastFrameAt: this.lastFrameAt,
  });

  private follow(symbol: string): Followed {
    return new Followed({
      symbol,
      clock: this.options.clock,
      counts: this.counts,
      venueClock: this.venueClock,
      askAgain: () => {
        this.say('unsubscribe', { channel: 'book', symbol: [symbol], depth: DEPTH });
        this.say('subscribe', { channel: 'book', symbol: [symbol], depth: DEPTH, snapshot: true });
      },
      onBook: (book) => {
        this.listener?.onBook(book);
        if (book.quality === 'good') this.listings.confirm(symbol);
      },
      onHeld: (book) => this.listener?.onHeld(book),
    });
  }

  private async hold(): Promise<void> {
    try {
      const held = await this.options.held();
      if (!this.isStopped) this.listings.hold(held);
    } catch {
      if (!this.isStopped) setTimeout(() => void this.hold(), HOLD_AGAIN_MS).unref();
    }
  }

  private subscribeAll(): void {
    this.signs.begin();
    for (const followed of this.followed.values()) followed.await();
    const { symbols: symbol } = this.options;
    this.say('subscribe', { channel: 'instrument', snapshot: true });
    this.say('subscribe', { channel: 'book', symbol, depth: DEPTH, snapshot: true });
    this.say('subscribe', { channel: 'trade', symbol, snapshot: true });
  }

  private say(method: string, params: object): void {
    this.socket.send(JSON.stringify({ method, params }));
  }

  private take(text: string): void {
    const now = this.options.clock.now();
    this.lastFrameAt = now;
    const frame = readFrame(text);
    if (frame) this.takeFrame(frame, now);
    else this.lose(text, now);
  }

  /** What cannot be read has changed something: a book that lacks it is not to be trusted. */
  private lose(text: string, now: Instant): void {
    const symbols = booksLost(text);
    for (const symbol of symbols === 'all' ? this.options.symbols : symbols) this.followed.get(symbol)?.lose();
    this.unreadable.take(1, text, now);
  }

  private takeFrame(frame: KrakenFrame, now: Instant): void {
    switch (frame.channel) {
      case 'book':
        for (const update of frame.data) this.followed.get(update.symbol)?.take(frame.type, update);
        this.note(frame, now);
        return;
      case 'trade':
        this.takeTrades(frame.type, frame.data);
        this.note(frame, now);
        return;
      case 'heartbeat':
        this.signs.heartbeat(now);
        return;
      case 'instrument':
        this.listings.takePairs(frame.type, frame.data.pairs);
        return;
      case 'status':
        this.listings.takeSystem(frame.data[0]?.system ?? '');
        return;
      case 'refusal':
        this.listener?.onTrouble(`kraken refused ${frame.error}`);
        if (frame.gone !== undefined && this.followed.has(frame.gone)) this.listings.refuse(frame.gone, frame.error);
        return;
      case 'other':
        return;
    }
  }

  /** A snapshot tells of what is long past; anything else was sent when it says. */
  private note({ type, data }: Extract<KrakenFrame, { channel: 'book' | 'trade' }>, now: Instant): void {
    const stamp = data.at(-1)?.timestamp;
    this.signs.frame(type === 'update' ? epochMsOf(stamp) : undefined, now);
  }

  private takeTrades(type: 'snapshot' | 'update', trades: readonly WireKrakenTrade[]): void {
    if (type === 'snapshot') {
      for (const [symbol, tape] of this.tapes) tape.snapshot(trades.filter((trade) => trade.symbol === symbol));
      return;
    }
    for (const wire of trades) {
      const trade = this.tapes.get(wire.symbol)?.update(wire, this.options.clock.now());
      if (trade) this.listener?.onTrade(trade);
    }
  }

  private check(): void {
    if (!this.socket.isOpen || this.lastFrameAt === undefined) return;
    for (const followed of this.followed.values()) followed.check(this.lastFrameAt);
  }
}
