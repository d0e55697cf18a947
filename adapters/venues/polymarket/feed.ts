import { ONE_DOLLAR_PRICE, parsePrice, price } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import type { ListedBook } from '../../../domain/market/mark';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/market-data/venue';
import { isTrading, payoutsAt } from '../outcomes/outcome-life';
import { Reading } from '../outcomes/reading';
import { VenueRest } from '../rest';
import { VenueSession } from '../session';
import type { ReconnectingSocket } from '../socket';
import { BookSubscription } from './books/book-subscription';
import { ReadBatch } from './books/read-batch';
import { Catalogue, type CatalogueOptions } from './markets/catalogue';
import { slugOf } from './markets/instruments';
import type { Change, LastTrade, Lost, MarketResolved, PolymarketEvent, PriceChange } from './wire/frames';
import { readFrame } from './wire/read-frame';
import { fetchBook } from './wire/rest';

type Tempo = 'readEveryMs' | 'resolvedAgainMs';

export type PolymarketOptions = Pick<CatalogueOptions, 'markets' | 'held'> & {
  readonly wsUrl: string;
  readonly clobUrl: string;
  readonly gammaUrl: string;
  readonly clock: Clock;
  /** How often the catalogue is read: a market's end is known by then, a correction of it by the second. */
  readonly tempo?: Pick<CatalogueOptions, Tempo>;
};

const PING_MS = 10_000;
/** Two answers to our pings are missing. */
const SILENT_AFTER_MS = 25_000;
const CHECK_MS = 100;
/**
 * A token that stands still is known to hold once REST has the same: PONG is answered also while a token is frozen.
 * REST bears 150 such questions a second from one address, and two copies of this ask.
 */
const PROVE_MS = 1_000;
const PROVE_MS_EACH = 20;
const TEMPO = { readEveryMs: 20_000, resolvedAgainMs: 600_000 } as const;

/** Polymarket's CLOB market channel. It has no sequence: the venue's own best prices and REST prove a book. */
export class PolymarketFeed implements VenueFeed {
  readonly name = 'polymarket';
  private readonly session: VenueSession;
  private readonly socket: ReconnectingSocket;
  private readonly books = new Map<string, BookSubscription>();
  private readonly clob: VenueRest;
  private readonly catalogue: Catalogue;
  private readonly reading: Reading;
  private readonly outbox = new ReadBatch();

  constructor(private readonly options: PolymarketOptions) {
    const { wsUrl: url, clock, clobUrl, gammaUrl, markets, held } = options;
    this.session = new VenueSession(this.name, clock);
    const { counts } = this.session;
    this.clob = new VenueRest(clobUrl, { clock, onText: this.session.answered });
    const gamma = gammaUrl === clobUrl ? this.clob : new VenueRest(gammaUrl, { clock, onText: this.session.answered });
    const onTrouble = (what: string) => this.session.listener.onTrouble(what);
    const tempo = { ...TEMPO, ...options.tempo };
    this.catalogue = new Catalogue({ ...tempo, markets, held, counts, clob: this.clob, gamma, onTrouble });
    this.reading = new Reading({
      venue: this.name,
      catalogue: this.catalogue,
      rest: gamma,
      clock,
      onTrouble,
      readEveryMs: tempo.readEveryMs,
      isFollowing: () => this.books.size > 0,
      onInstruments: (instruments) => this.follow(instruments),
    });
    this.socket = this.session.connection({
      url,
      silentAfterMs: SILENT_AFTER_MS,
      onOpen: () => this.subscribe([...this.books.values()], true),
      onText: (text) => this.take(text),
      onLost: () => {
        for (const book of this.books.values()) book.distrust('stale');
      },
    });
  }

  start(listener: VenueListener): void {
    this.session.listener = listener;
    void this.reading.read();
    this.session.every(PING_MS, () => this.socket.send('PING'));
    this.session.every(CHECK_MS, () => this.check());
  }

  async stop(): Promise<void> {
    this.reading.stop();
    this.outbox.close();
    await this.session.stop();
  }

  health = () => this.session.health();

  /** The socket is opened once there is something to follow. */
  private follow(instruments: readonly Instrument[]): void {
    const isFirst = this.books.size === 0;
    const added: BookSubscription[] = [];
    for (const instrument of instruments) {
      const known = this.books.get(instrument.venueSymbol);
      if (!known) {
        const followed = this.newlyFollowed(instrument);
        added.push(followed);
        this.books.set(instrument.venueSymbol, followed);
        this.session.listener.onInstruments([instrument]);
      } else if (known.instrument.id === instrument.id) {
        this.change(known, instrument, this.catalogue.updatedMs(instrument));
      }
    }
    if (isFirst && added.length > 0) this.socket.start();
    else if (added.length > 0) this.subscribe(added, false);
  }

  private newlyFollowed(instrument: Instrument): BookSubscription {
    const followed: BookSubscription = new BookSubscription(instrument, {
      ...this.session.tellerParts(),
      proveEveryMs: () => Math.max(PROVE_MS, this.books.size * PROVE_MS_EACH),
      fetchBook: (token) => fetchBook(this.clob, token),
      onBook: (book) => {
        this.outbox.put(book, (ready) => this.tell(followed, ready));
        if (book.bids.length + book.asks.length === 0) this.reading.hurry(slugOf(followed.instrument));
      },
      onFrozen: () => this.socket.restart(),
    });
    return followed;
  }

  private tell(followed: BookSubscription, book: ListedBook): void {
    this.session.listener.onBook(book);
    if (book.quality === 'good' && followed.confirm()) this.session.listener.onInstruments([followed.instrument]);
  }

  private change(followed: BookSubscription, read: Instrument, saidMs?: number): void {
    this.tellChange(followed, () => followed.change(read, saidMs));
  }

  /** The CLOB's own word of a tick, at the time at which it said so. */
  private changeTick(asset: string, tick: string | undefined, timestamp: string | undefined): void {
    const followed = this.books.get(asset);
    const priceTick = parsePrice(tick ?? '');
    if (!followed || priceTick === undefined || priceTick <= 0n) return;
    const saidMs = timestamp === undefined ? this.options.clock.now() : Number(timestamp);
    this.tellChange(followed, () => followed.changeTick(priceTick, saidMs));
  }

  private tellChange(followed: BookSubscription, isNews: () => boolean): void {
    const tickBefore = followed.instrument.priceTick;
    if (!isNews()) return;
    const { instrument } = followed;
    this.session.listener.onInstruments([instrument]);
    if (instrument.priceTick !== tickBefore && isTrading(instrument)) {
      this.session.listener.onTrouble(`polymarket: ${instrument.id} is halted: its tick size changes`);
    }
  }

  /** Also what is closed stays subscribed: the socket is the first to tell how it ended. */
  private subscribe(these: readonly BookSubscription[], isFirst: boolean): void {
    const unresolved = these.filter(({ instrument }) => instrument.status !== 'resolved');
    const assets_ids = unresolved.map(({ instrument }) => instrument.venueSymbol);
    const options = { assets_ids, level: 2, custom_feature_enabled: true };
    const how = isFirst ? { type: 'market', initial_dump: true } : { operation: 'subscribe' };
    this.socket.send(JSON.stringify({ ...options, ...how }));
    for (const followed of unresolved) followed.await();
  }

  private check(): void {
    if (!this.socket.isOpen) return;
    for (const followed of this.books.values()) followed.check();
  }

  private take(text: string): void {
    const { events, dropped, unknown } = readFrame(text);
    for (const event of events) this.takeEvent(event);
    this.session.counts.framesUnknown += unknown;
    if (dropped > 0) this.session.drop(text, dropped);
  }

  private takeEvent(event: PolymarketEvent): void {
    switch (event.event_type) {
      case 'book':
        this.books.get(event.asset_id)?.takeBook(event);
        this.changeTick(event.asset_id, event.tick_size, event.timestamp);
        return;
      case 'price_change':
        this.takeChanges(event);
        return;
      case 'last_trade_price':
        this.takeTrade(event);
        return;
      case 'tick_size_change':
        this.changeTick(event.asset_id, event.new_tick_size, event.timestamp);
        return;
      case 'market_resolved':
        this.takeResolution(event);
        return;
      case 'lost':
        this.lose(event);
        return;
    }
  }

  /** What cannot be read has changed something: a book that lacks it is not to be trusted, nor a market's state. */
  private lose({ what, assets }: Lost): void {
    const concerned = assets === 'all' ? [...this.books.values()] : assets.flatMap((a) => this.books.get(a) ?? []);
    if (what === 'last_trade_price') {
      this.session.counts.tradesDropped += 1;
      return;
    }
    for (const followed of concerned) {
      followed.resync();
      if (what === 'market_resolved' || what === 'tick_size_change') this.reading.hurry(slugOf(followed.instrument));
    }
  }

  private takeTrade(event: LastTrade): void {
    const trade = this.books.get(event.asset_id)?.takeTrade(event);
    if (trade) this.session.listener.onTrade(trade);
  }

  /** Pays at once where it names one of the market's own two tokens; Gamma has the last word, and is asked soon. */
  private takeResolution({ assets_ids, winning_asset_id }: MarketResolved): void {
    const tokens = assets_ids.flatMap((asset) => this.books.get(asset) ?? []);
    const isOneMarket = new Set(tokens.map(({ instrument }) => instrument.outcome?.marketId)).size === 1;
    const winner = tokens.find(({ instrument }) => instrument.venueSymbol === winning_asset_id);
    const payouts = payoutsAt(winner?.instrument.outcome?.side === 'yes' ? ONE_DOLLAR_PRICE : price(0n));
    for (const followed of tokens) {
      const { read } = followed;
      const payout = payouts[read.outcome?.side ?? 'no'];
      const isPaid = winner && isOneMarket && tokens.length === 2;
      this.change(followed, isPaid ? { ...read, status: 'resolved', payout } : { ...read, status: 'closed' });
      this.reading.hurry(slugOf(followed.instrument));
    }
  }

  private takeChanges({ price_changes, timestamp }: PriceChange): void {
    const byAsset = new Map<string, Change[]>();
    for (const change of price_changes) {
      const changes = byAsset.get(change.asset_id);
      if (changes) changes.push(change);
      else byAsset.set(change.asset_id, [change]);
    }
    for (const [asset, changes] of byAsset) this.books.get(asset)?.takeChanges(changes, Number(timestamp));
  }
}
