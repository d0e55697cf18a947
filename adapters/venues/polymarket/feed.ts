import type { Instant } from '../../../domain/kernel/instant';
import { parsePrice } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/edge';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/venue';
import { noCounts } from '../counts';
import { ReconnectingSocket } from '../socket';
import { Catalogue, type CatalogueOptions } from './catalogue';
import { type Change, Followed } from './followed';
import { type PolymarketEvent, type PriceChange, readFrame } from './frames';
import { fetchBook } from './rest';

export type PolymarketOptions = Omit<CatalogueOptions, 'onTrouble'> & {
  readonly wsUrl: string;
  readonly clobUrl: string;
  readonly clock: Clock;
};

const PING_MS = 10_000;
/** Two answers to our pings are missing. */
const SILENT_AFTER_MS = 25_000;
const CHECK_MS = 500;
const DISCOVER_MS = 60_000;
const DISCOVER_AGAIN_MS = 2_000;

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
  private discovering: NodeJS.Timeout | undefined;

  constructor(private readonly options: PolymarketOptions) {
    this.catalogue = new Catalogue({ ...options, onTrouble: (what) => this.listener?.onTrouble(what) });
    this.socket = new ReconnectingSocket({
      url: options.wsUrl,
      silentAfterMs: SILENT_AFTER_MS,
      handlers: {
        onOpen: () => this.subscribe([...this.followed.keys()], true),
        onText: (text) => this.take(text),
        onClose: () => {
          for (const followed of this.followed.values()) followed.distrust('stale');
        },
      },
    });
  }

  start(listener: VenueListener): void {
    this.listener = listener;
    void this.discover();
    this.timers.push(setInterval(() => this.socket.send('PING'), PING_MS));
    this.timers.push(setInterval(() => this.check(), CHECK_MS));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.discovering);
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
  private async discover(): Promise<void> {
    let nextMs = DISCOVER_AGAIN_MS;
    try {
      const instruments = await this.catalogue.read();
      if (this.isStopped) return;
      this.follow(instruments);
      if (this.followed.size > 0) nextMs = DISCOVER_MS;
    } catch (error) {
      this.listener?.onTrouble(
        `polymarket: the catalogue was not read: ${error instanceof Error ? error.message : error}`,
      );
    }
    if (!this.isStopped) this.discovering = setTimeout(() => void this.discover(), nextMs);
  }

  private follow(instruments: readonly Instrument[]): void {
    const isFirst = this.followed.size === 0;
    const added: string[] = [];
    for (const instrument of instruments) {
      const known = this.followed.get(instrument.venueSymbol);
      if (known) this.change(known, instrument);
      else {
        added.push(instrument.venueSymbol);
        this.followed.set(instrument.venueSymbol, this.newlyFollowed(instrument));
        this.listener?.onInstruments([instrument]);
      }
    }
    if (isFirst && added.length > 0) this.socket.start();
    else if (added.length > 0) this.subscribe(added, false);
  }

  private newlyFollowed(instrument: Instrument): Followed {
    return new Followed(instrument, {
      clock: this.options.clock,
      counts: this.counts,
      fetchBook: (token) => fetchBook(this.options.clobUrl, token),
      onBook: (book) => {
        if (!this.isStopped) this.listener?.onBook(book);
      },
      onFrozen: () => this.socket.restart(),
    });
  }

  /** The socket tells of an end before Gamma does, and an end is final: nothing opens a closed market again. */
  private change(followed: Followed, instrument: Instrument): void {
    const wasClosed = followed.instrument.status === 'closed';
    followed.instrument = wasClosed ? followed.instrument : instrument;
    if (wasClosed) return;
    this.listener?.onInstruments([instrument]);
    if (instrument.status === 'closed') followed.distrust('stale');
  }

  private subscribe(assets: readonly string[], isFirst: boolean): void {
    const options = { assets_ids: assets, level: 2, custom_feature_enabled: true };
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
      case 'tick_size_change': {
        const followed = this.followed.get(event.asset_id);
        const priceTick = parsePrice(event.new_tick_size);
        if (!followed || priceTick === undefined) return;
        this.change(followed, { ...followed.instrument, priceTick });
        followed.resync();
        return;
      }
      case 'market_resolved':
        for (const asset of event.assets_ids) {
          const followed = this.followed.get(asset);
          if (followed) this.change(followed, { ...followed.instrument, status: 'closed' });
        }
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
