import type { Instant } from '../../../domain/kernel/instant';
import { ONE_DOLLAR_PRICE, parsePrice, price } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/edge';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/venue';
import { noCounts } from '../counts';
import { ReconnectingSocket } from '../socket';
import { Catalogue, type CatalogueOptions } from './catalogue';
import { type Change, Followed } from './followed';
import { type LastTrade, type MarketResolved, type PolymarketEvent, type PriceChange, readFrame } from './frames';
import { slugOf } from './instruments';
import { isTrading, payoutsAt } from './lifecycle';
import { fetchBook } from './rest';

type Tempo = 'readEveryMs' | 'resolvedAgainMs';

export type PolymarketOptions = Omit<CatalogueOptions, 'onTrouble' | Tempo> & {
  readonly wsUrl: string;
  readonly clock: Clock;
  /** How often the catalogue is read: a market's end is known by then, a correction of it by the second. */
  readonly tempo?: Pick<CatalogueOptions, Tempo>;
};

const PING_MS = 10_000;
/** Two answers to our pings are missing. */
const SILENT_AFTER_MS = 25_000;
const CHECK_MS = 500;
const TEMPO = { readEveryMs: 20_000, resolvedAgainMs: 600_000 } as const;
const READ_AGAIN_MS = 2_000;
/** A sign of an end is looked into this fast, and no more often than this. */
const HURRY_MS = { after: 250, every: 2_000 } as const;

/** Polymarket's CLOB market channel. It has no sequence: the venue's own best prices and REST prove a book. */
export class PolymarketFeed implements VenueFeed {
  readonly name = 'polymarket';
  private readonly followed = new Map<string, Followed>();
  private readonly socket: ReconnectingSocket;
  private readonly catalogue: Catalogue;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly counts = noCounts();
  private listener: VenueListener | undefined;
  private lastFrameAt: Instant | undefined;
  private isStopped = false;
  private isReading = false;
  private reading: NodeJS.Timeout | undefined;
  private readonly hurried = new Set<string>();
  private hurriedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: PolymarketOptions) {
    this.catalogue = new Catalogue({
      ...TEMPO,
      ...options.tempo,
      ...options,
      onTrouble: (what) => this.listener?.onTrouble(what),
    });
    this.socket = new ReconnectingSocket({
      url: options.wsUrl,
      silentAfterMs: SILENT_AFTER_MS,
      handlers: {
        onOpen: () => this.subscribe([...this.followed.values()], true),
        onText: (text) => this.take(text),
        onUnreadable: () => void this.counts.framesDropped++,
        onClose: () => {
          for (const followed of this.followed.values()) followed.distrust('stale');
        },
      },
    });
  }

  start(listener: VenueListener): void {
    this.listener = listener;
    void this.read();
    this.timers.push(setInterval(() => this.socket.send('PING'), PING_MS));
    this.timers.push(setInterval(() => this.check(), CHECK_MS));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.reading);
    for (const timer of this.timers) clearInterval(timer);
    await this.socket.stop();
  }

  health = () => ({
    isConnected: this.socket.isOpen,
    reconnects: this.socket.reconnects,
    ...this.counts,
    lastFrameAt: this.lastFrameAt,
  });

  /** Reads the catalogue now and then; the socket is opened once there is something to follow. */
  private async read(): Promise<void> {
    this.isReading = true;
    for (const slug of this.hurried) this.catalogue.hurry(slug);
    this.hurried.clear();
    let nextMs = READ_AGAIN_MS;
    try {
      const held = await this.catalogue.held();
      if (!this.isStopped) this.follow(held);
      const instruments = await this.catalogue.read(this.options.clock.now());
      if (!this.isStopped) this.follow(instruments);
      if (this.followed.size > 0) nextMs = (this.options.tempo ?? TEMPO).readEveryMs;
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      this.listener?.onTrouble(`polymarket: the catalogue was not read: ${why}`);
    }
    this.isReading = false;
    this.readIn(this.hurried.size > 0 ? HURRY_MS.after : nextMs);
  }

  private readIn(ms: number): void {
    clearTimeout(this.reading);
    if (!this.isStopped) this.reading = setTimeout(() => void this.read(), ms);
  }

  /** Something looks like the end of this market: Gamma is asked soon. */
  private hurry(instrument: Instrument): void {
    this.hurried.add(slugOf(instrument));
    const now = this.options.clock.now();
    if (this.isReading || this.hurriedAt >= now) return;
    const dueAt = Math.max(now + HURRY_MS.after, this.hurriedAt + HURRY_MS.every);
    this.hurriedAt = dueAt;
    this.readIn(dueAt - now);
  }

  private follow(instruments: readonly Instrument[]): void {
    const isFirst = this.followed.size === 0;
    const added: Followed[] = [];
    for (const instrument of instruments) {
      const known = this.followed.get(instrument.venueSymbol);
      if (!known) {
        const followed = this.newlyFollowed(instrument);
        added.push(followed);
        this.followed.set(instrument.venueSymbol, followed);
        this.listener?.onInstruments([instrument]);
      } else if (known.instrument.id === instrument.id) this.change(known, instrument);
    }
    if (isFirst && added.length > 0) this.socket.start();
    else if (added.length > 0) this.subscribe(added, false);
  }

  private newlyFollowed(instrument: Instrument): Followed {
    const followed: Followed = new Followed(instrument, {
      clock: this.options.clock,
      counts: this.counts,
      fetchBook: (token) => fetchBook(this.options.clobUrl, token),
      onBook: (book) => {
        if (this.isStopped) return;
        this.listener?.onBook(book);
        if (book.quality === 'good' && followed.confirm()) this.listener?.onInstruments([followed.instrument]);
        if (book.bids.length + book.asks.length === 0) this.hurry(followed.instrument);
      },
      onFrozen: () => this.socket.restart(),
    });
    return followed;
  }

  private change(followed: Followed, read: Instrument): void {
    const tickBefore = followed.instrument.priceTick;
    if (!followed.change(read)) return;
    const { instrument } = followed;
    this.listener?.onInstruments([instrument]);
    if (instrument.priceTick !== tickBefore && isTrading(instrument)) {
      this.listener?.onTrouble(`polymarket: ${instrument.id} is halted: its tick size changes`);
    }
  }

  /** Also what is closed stays subscribed: the socket is the first to tell how it ended. */
  private subscribe(these: readonly Followed[], isFirst: boolean): void {
    const unresolved = these.filter(({ instrument }) => instrument.status !== 'resolved');
    const assets_ids = unresolved.map(({ instrument }) => instrument.venueSymbol);
    const options = { assets_ids, level: 2, custom_feature_enabled: true };
    const how = isFirst ? { type: 'market', initial_dump: true } : { operation: 'subscribe' };
    this.socket.send(JSON.stringify({ ...options, ...how }));
  }

  private check(): void {
    if (!this.socket.isOpen) return;
    for (const followed of this.followed.values()) followed.check();
  }

  private take(text: string): void {
    this.lastFrameAt = this.options.clock.now();
    const { events, dropped } = readFrame(text);
    this.counts.framesDropped += dropped;
    for (const event of events) this.takeEvent(event);
  }

  private takeEvent(event: PolymarketEvent): void {
    switch (event.event_type) {
      case 'book':
        this.followed.get(event.asset_id)?.takeBook(event);
        return;
      case 'price_change':
        this.takeChanges(event);
        return;
      case 'last_trade_price':
        this.takeTrade(event);
        return;
      case 'tick_size_change': {
        const followed = this.followed.get(event.asset_id);
        const priceTick = parsePrice(event.new_tick_size);
        if (followed && priceTick !== undefined && priceTick > 0n) {
          this.change(followed, { ...followed.read, priceTick });
        }
        return;
      }
      case 'market_resolved':
        this.takeResolution(event);
        return;
    }
  }

  private takeTrade(event: LastTrade): void {
    const trade = this.followed.get(event.asset_id)?.takeTrade(event);
    if (trade) this.listener?.onTrade(trade);
  }

  /** Pays at once where it names one of the market's own two tokens; Gamma has the last word, and is asked soon. */
  private takeResolution({ assets_ids, winning_asset_id }: MarketResolved): void {
    const tokens = assets_ids.flatMap((asset) => this.followed.get(asset) ?? []);
    const isOneMarket = new Set(tokens.map(({ instrument }) => instrument.outcome?.marketId)).size === 1;
    const winner = tokens.find(({ instrument }) => instrument.venueSymbol === winning_asset_id);
    const payouts = payoutsAt(winner?.instrument.outcome?.side === 'yes' ? ONE_DOLLAR_PRICE : price(0n));
    for (const followed of tokens) {
      const { read } = followed;
      const payout = payouts[read.outcome?.side ?? 'no'];
      const isPaid = winner && isOneMarket && tokens.length === 2;
      this.change(followed, isPaid ? { ...read, status: 'resolved', payout } : { ...read, status: 'closed' });
      this.hurry(followed.instrument);
    }
  }

  private takeChanges({ price_changes, timestamp }: PriceChange): void {
    const byAsset = new Map<string, Change[]>();
    for (const change of price_changes) {
      const changes = byAsset.get(change.asset_id);
      if (changes) changes.push(change);
      else byAsset.set(change.asset_id, [change]);
    }
    for (const [asset, changes] of byAsset) this.followed.get(asset)?.takeChanges(changes, Number(timestamp));
  }
}
