import { type Instant, plusMs } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import type { Instrument } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/market-data/venue';
import { Listings } from '../listings';
import { VenueSession } from '../session';
import { SignsOfLife } from '../signs-of-life';
import { type CountedTrade, Tape } from '../tape';
import { BookSubscription } from './book-subscription';
import { Catalogue } from './catalogue';
import { booksLost, type WireBinanceTrade } from './frames';
import { instrumentOf, type Pair, pairOf } from './instruments';
import { Lines } from './lines';
import { readFrame } from './read-frame';
import { BinanceRest } from './rest';

export type BinanceOptions = {
  /** Without a path: the combined streams are below it. */
  readonly wsUrl: string;
  readonly restUrl: string;
  /** `BTC/USDT`. */
  readonly symbols: readonly string[];
  /** What the catalogue has of this venue: a symbol that is gone is halted there. */
  readonly held: () => Promise<readonly Instrument[]>;
  readonly clock: Clock;
  /** How often the listed symbols are read, and how old a connection grows. */
  readonly tempo?: { readonly readEveryMs?: number; readonly lifeMs?: number };
};

const STREAMS = ['depth@100ms', 'trade', 'bookTicker'] as const;
/** Binance refuses a connection with more. */
const STREAMS_MAX = 1_024;
/** The server pings every 20 s: two of its pings are missing. */
const SILENT_AFTER_MS = 45_000;
/** Without a frame for so long a connection with a busy symbol is not well. */
const STILL_MS = 1_000;
const CHECK_MS = 250;
/** The diffs of other symbols may be up to this old when a frame is sent. */
const DIFFS_EVERY_MS = 100;
const PROVE_MS = 2_000;
/** The questions of all symbols together stay within a quarter of what Binance grants. */
const PROVE_MS_EACH = 200;
/** Binance cuts a connection after 24 hours: it is replaced before, and not those of all copies at once. */
const [LIFE_MS, LIFE_MS_DRAWN] = [23 * 3_600_000, 1_800_000] as const;
const READ_EVERY_MS = 30_000;

/** Binance's spot market: diffs proved by their update ids on a snapshot of REST, trades by their count. */
export class BinanceFeed implements VenueFeed {
  readonly name = 'binance';
  private readonly session: VenueSession;
  private readonly lines: Lines;
  private readonly rest: BinanceRest;
  private readonly books: ReadonlyMap<string, BookSubscription>;
  private readonly tapes: ReadonlyMap<string, Tape>;
  private readonly listings: Listings;
  private readonly catalogue: Catalogue;
  private readonly signs: SignsOfLife;

  constructor(private readonly options: BinanceOptions) {
    const { wsUrl, restUrl, clock, tempo } = options;
    const pairs = options.symbols.map(pairOf);
    const symbols = pairs.map(({ symbol }) => symbol);
    const streams = symbols.flatMap((symbol) => STREAMS.map((stream) => `${symbol.toLowerCase()}@${stream}`));
    invariant(streams.length <= STREAMS_MAX, `one connection carries ${STREAMS_MAX} streams, not ${streams.length}`);
    this.session = new VenueSession(this.name, clock);
    const { session } = this;
    const onTrouble = (what: string) => session.listener.onTrouble(what);
    this.rest = new BinanceRest(restUrl, { clock, onText: session.answered });
    this.books = new Map(pairs.map((pair) => [pair.symbol, this.follow(pair)]));
    this.tapes = new Map(pairs.map((pair) => [pair.symbol, new Tape(instrumentOf(pair), session)]));
    this.signs = new SignsOfLife({ venueClock: session.venueClock, onAlive: (at) => this.hold(at) });
    this.listings = new Listings({
      venue: this.name,
      symbols,
      session,
      onNewSteps: (symbol) => this.books.get(symbol)?.renew(),
    });
    this.catalogue = new Catalogue({ rest: this.rest, pairs, listings: this.listings, onTrouble });
    // Named in the address, the streams need no message of ours: Binance takes five a second, its pongs among them.
    this.lines = new Lines({
      session,
      url: `${wsUrl}/stream?streams=${streams.join('/')}`,
      silentAfterMs: SILENT_AFTER_MS,
      lifeMs: tempo?.lifeMs ?? LIFE_MS + Math.random() * LIFE_MS_DRAWN,
      onOpen: () => {
        this.signs.begin();
        for (const book of this.books.values()) book.await();
      },
      onText: (text, now) => this.take(text, now),
      onLost: () => {
        for (const book of this.books.values()) book.distrust('stale');
      },
    });
  }

  start(listener: VenueListener): void {
    this.session.listener = listener;
    void this.session.untilDone(async () => this.listings.hold(await this.options.held()));
    void this.catalogue.read();
    this.lines.start();
    this.session.every(CHECK_MS, () => this.check());
    this.session.every(this.options.tempo?.readEveryMs ?? READ_EVERY_MS, () => void this.catalogue.read());
  }

  stop = (): Promise<void> => this.session.stop();
  health = () => this.session.health();
  restart = (): void => this.lines.restart();

  private follow(pair: Pair): BookSubscription {
    const parts = this.session.tellerParts();
    return new BookSubscription({
      ...parts,
      venue: this.name,
      instrument: () => instrumentOf(pair),
      fetchSnapshot: () => this.rest.snapshot(pair.symbol),
      fetchId: () => this.rest.updateId(pair.symbol),
      isConnectionSilent: () => parts.clock.now() - (this.lines.lastAt() ?? 0) >= STILL_MS,
      onFrozen: () => this.lines.restart(),
      proveEveryMs: () => Math.max(PROVE_MS, this.books.size * PROVE_MS_EACH),
      onBook: (book, mark) => {
        parts.onBook(book, mark);
        if (book.quality === 'good') this.listings.confirm(pair.symbol);
      },
    });
  }

  private hold(at: Instant): void {
    for (const book of this.books.values()) book.hold(plusMs(at, -DIFFS_EVERY_MS));
  }

  private take(text: string, now: Instant): void {
    const frame = readFrame(text);
    switch (frame?.kind) {
      case undefined:
        this.lose(text);
        return;
      case 'depth':
        if (this.books.get(frame.symbol)?.take(frame) === false) this.session.drop(text);
        this.signs.frame(frame.ms, now);
        return;
      case 'best':
        this.books.get(frame.symbol)?.hear(frame);
        return;
      case 'trade':
        this.takeTrade(frame, now);
        return;
      case 'shutdown':
        this.session.listener.onTrouble('binance: the server of a connection shuts down');
        this.lines.replace();
        return;
      case 'refusal':
        this.session.listener.onTrouble(`binance refused ${frame.error}`);
        return;
      case 'unknown':
        this.session.counts.framesUnknown += 1;
        return;
    }
  }

  /** What cannot be read has changed something: a book that lacks it is not to be trusted. */
  private lose(text: string): void {
    const symbols = booksLost(text);
    for (const symbol of symbols === 'all' ? this.books.keys() : symbols) this.books.get(symbol)?.lose();
    this.session.drop(text);
  }

  private takeTrade(wire: WireBinanceTrade, now: Instant): void {
    const trade = this.tapes.get(wire.symbol)?.update(countedOf(wire), now);
    if (trade) this.session.listener.onTrade(trade);
    this.signs.frame(wire.ms, now);
  }

  private check(): void {
    this.lines.check();
    if (!this.lines.isOpen()) return;
    for (const [symbol, book] of this.books) if (!this.catalogue.isUnknown(symbol)) book.check();
  }
}

/** Where the buyer's order was there first, the seller took. */
const countedOf = ({ id, price, qty, tradedMs, isBuyerMaker }: WireBinanceTrade): CountedTrade => ({
  count: id,
  price,
  qty,
  taker: isBuyerMaker ? 'sell' : 'buy',
  venueMs: tradedMs,
});
