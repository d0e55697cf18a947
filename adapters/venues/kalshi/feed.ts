import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/market-data/venue';
import { Reading } from '../outcomes/reading';
import { VenueRest } from '../rest';
import { VenueSession } from '../session';
import { SignsOfLife } from '../signs-of-life';
import type { ReconnectingSocket } from '../socket';
import { FollowedMarkets } from './followed-markets';
import { Catalogue, type CatalogueOptions } from './markets/catalogue';
import { tickerOf } from './markets/instruments';
import { type Changes, Moment } from './moment';
import { Asking } from './socket/asking';
import { type Channel, Channels } from './socket/channels';
import { Commands } from './socket/commands';
import { meaningOf } from './wire/errors';
import type { KalshiFrame, MessageOf } from './wire/frames';
import { readFrame } from './wire/read-frame';
import { type KalshiKey, signedHeaders, signingKey } from './wire/signing';

type Tempo = 'readEveryMs' | 'resolvedAgainMs';

export type KalshiOptions = Pick<CatalogueOptions, 'series' | 'held'> & {
  readonly wsUrl: string;
  readonly restUrl: string;
  /** Whose connections the venue lets in. */
  readonly key: KalshiKey;
  readonly clock: Clock;
  /** How often the catalogue is read: a market's end is known by then, a correction of it by the second. */
  readonly tempo?: Pick<CatalogueOptions, Tempo>;
};

/** The venue pings each 10 s: two of its pings are missing. */
const SILENT_AFTER_MS = 25_000;
const CHECK_MS = 250;
const TEMPO = { readEveryMs: 20_000, resolvedAgainMs: 600_000 } as const;

type FrameOf<T extends KalshiFrame['type']> = Extract<KalshiFrame, { type: T }>;

/** Kalshi's WebSocket v2: all markets' books under one row of numbers, trades and the markets' lives under others. */
export class KalshiFeed implements VenueFeed {
  readonly name = 'kalshi';
  private readonly session: VenueSession;
  private readonly socket: ReconnectingSocket;
  private readonly commands: Commands;
  private readonly channels: Channels;
  private readonly asking: Asking;
  private readonly markets: FollowedMarkets;
  private readonly catalogue: Catalogue;
  private readonly reading: Reading;
  private readonly signs: SignsOfLife;
  private readonly moment = new Moment((changes) => this.takeChanges(changes));
  private isStarted = false;
  private refusal = '';

  constructor(private readonly options: KalshiOptions) {
    const { wsUrl: url, restUrl, clock, key, series, held } = options;
    this.session = new VenueSession(this.name, clock);
    const { session } = this;
    const rest = new VenueRest(restUrl, { clock, onText: session.answered });
    const onTrouble = (what: string) => session.listener.onTrouble(what);
    const tempo = { ...TEMPO, ...options.tempo };
    this.catalogue = new Catalogue({ ...tempo, rest, series, held, counts: session.counts, onTrouble });
    this.reading = new Reading({
      venue: this.name,
      catalogue: this.catalogue,
      rest,
      clock,
      onTrouble,
      readEveryMs: tempo.readEveryMs,
      isFollowing: () => this.markets.size > 0,
      onInstruments: (instruments) => this.follow(instruments),
    });
    this.commands = new Commands({ clock, send: (text) => this.socket.send(text) });
    this.channels = new Channels(this.commands);
    this.asking = new Asking({ clock, ask: (tickers) => this.channels.askSnapshots(tickers) });
    this.markets = new FollowedMarkets({ session, channels: this.channels, asking: this.asking });
    this.signs = new SignsOfLife({ venueClock: session.venueClock, onAlive: (at) => this.markets.hold(at) });
    const secret = signingKey(key);
    this.socket = session.connection({
      url,
      headers: () => signedHeaders({ keyId: key.keyId, secret }, url, clock.now()),
      silentAfterMs: SILENT_AFTER_MS,
      onOpen: () => this.open(),
      onText: (text, now) => this.take(text, now),
      onLost: () => this.lost(),
      onRefused: (why) => this.refuseConnection(why),
    });
  }

  start(listener: VenueListener): void {
    this.session.listener = listener;
    void this.reading.read();
    this.session.every(CHECK_MS, () => this.check());
  }

  async stop(): Promise<void> {
    this.reading.stop();
    this.moment.forget();
    await this.session.stop();
  }

  health = () => this.session.health();

  private open(): void {
    this.refusal = '';
    this.signs.begin();
    this.markets.await();
    const tickers = this.markets.trading();
    this.asking.begin(tickers);
    this.channels.begin(tickers);
  }

  private lost(): void {
    this.moment.forget();
    this.markets.lost();
  }

  /** It keeps trying; what the venue says to it is told once. */
  private refuseConnection(why: string): void {
    if (why === this.refusal) return;
    this.refusal = why;
    this.session.listener.onTrouble(`kalshi: no connection was had, its key or our clock may be wrong: ${why}`);
  }

  /** The socket is opened once there is something to follow. */
  private follow(instruments: readonly Instrument[]): void {
    this.markets.put(instruments);
    if (!this.isStarted && this.markets.size > 0) this.socket.start();
    this.isStarted ||= this.markets.size > 0;
    if (!this.socket.isOpen) return;
    this.markets.agree();
    this.asking.flush();
  }

  private check(): void {
    const now = this.options.clock.now();
    const closed = this.catalogue.closed(now);
    if (closed.length > 0) this.follow(closed);
    for (const instrument of closed) this.reading.hurry(tickerOf(instrument));
    if (!this.socket.isOpen) return;
    this.commands.check(now);
    this.markets.check(this.session.lastFrameAt ?? now);
    if (this.asking.isUnheard(now)) {
      this.session.listener.onTrouble('kalshi: the connection answers nothing, and another one is made');
      this.socket.restart();
      return;
    }
    this.asking.prove(this.markets.trading());
    this.asking.flush();
  }

  private take(text: string, now: Instant): void {
    const frame = readFrame(text);
    if (!frame) this.takeUnreadable(text);
    else {
      const { place, channel } = this.channels.place(frame);
      if (place === 'gap') this.lose(channel);
      if (place !== 'repeated') this.takeFrame(frame, text, now);
      else if (frame.type === 'orderbook_snapshot') this.session.counts.answersOld += 1;
    }
    this.asking.flush();
  }

  /** Nobody knows what it was about: all that it may have changed is not to be trusted. */
  private takeUnreadable(text: string): void {
    this.session.drop(text);
    this.channels.doubt();
    this.lose('orderbook_delta');
    this.lose('market_lifecycle_v2');
  }

  /** Something of this channel never came, or could not be read. All its markets share its numbers. */
  private lose(channel: Channel | undefined): void {
    if (channel === 'trade') this.session.counts.tradeGaps += 1;
    if (channel === 'market_lifecycle_v2') for (const ticker of this.markets.tickers()) this.reading.hurry(ticker);
    if (channel !== 'orderbook_delta') return;
    this.moment.forget();
    this.session.counts.gaps += 1;
    this.markets.missed();
  }

  private takeFrame(frame: KalshiFrame, text: string, now: Instant): void {
    switch (frame.type) {
      case 'orderbook_snapshot':
        this.takeSnapshot(frame, text);
        return;
      case 'orderbook_delta':
        this.takeDelta(frame, text);
        return;
      case 'trade':
        for (const trade of this.markets.get(frame.msg.market_ticker)?.takeTrade(frame.msg, now) ?? []) {
          this.session.listener.onTrade(trade);
        }
        return;
      case 'market_lifecycle_v2':
        this.takeLife(frame.msg, now);
        return;
      case 'event_fee_update':
        this.follow(this.catalogue.hearFees(frame.msg, now));
        return;
      case 'subscribed':
        this.commands.answered(frame.id);
        this.channels.subscribed(frame.msg.channel, frame.msg.sid);
        return;
      case 'ok':
      case 'unsubscribed':
        this.commands.answered(frame.id);
        return;
      case 'error':
        this.takeError(frame);
        return;
      case 'lost':
        this.takeLost(frame, text);
        return;
      case 'event_lifecycle':
        return;
      case 'unknown':
        this.session.counts.framesUnknown += 1;
        return;
    }
  }

  private takeSnapshot({ msg, sid, seq }: FrameOf<'orderbook_snapshot'>, text: string): void {
    this.moment.end();
    const askedAt = this.asking.answered(msg.market_ticker);
    const frame = { proof: `${sid}:${seq}`, yes: msg.yes_dollars_fp, no: msg.no_dollars_fp };
    if (!(this.markets.get(msg.market_ticker)?.takeSnapshot(frame, askedAt) ?? true)) this.session.drop(text);
    // It came after all that was said before it, of any market.
    if (askedAt !== undefined) this.markets.hold(askedAt);
  }

  private takeDelta({ msg, sid, seq }: FrameOf<'orderbook_delta'>, text: string): void {
    const { market_ticker: ticker, ts_ms: ms, side, price_dollars: price, delta_fp: delta } = msg;
    this.asking.heard();
    this.moment.add({ side, price, delta }, { ticker, ms, proof: `${sid}:${seq}` }, text);
  }

  private takeChanges({ ticker, ms, text, ...frame }: Changes): void {
    const venueMs = Number.isNaN(ms) ? undefined : ms;
    if (!(this.markets.get(ticker)?.takeDeltas(frame, venueMs) ?? true)) this.session.drop(text);
    this.signs.frame(venueMs, this.options.clock.now());
  }

  private takeLife(said: MessageOf<'market_lifecycle_v2'>, now: Instant): void {
    const { market_ticker: ticker, event_type, additional_metadata } = said;
    this.follow(this.catalogue.hear(said, now));
    const isNew = event_type === 'created' && this.catalogue.follows(additional_metadata?.event_ticker ?? ticker);
    if (isNew || this.markets.get(ticker)) this.reading.hurry(ticker);
  }

  /** It changed something of the market that it names, or of any. */
  private takeLost({ what, ticker }: FrameOf<'lost'>, text: string): void {
    this.session.drop(text);
    const isBook = what === 'orderbook_delta' || what === 'orderbook_snapshot';
    if (what === 'trade') this.session.counts.tradesDropped += 1;
    if (isBook && ticker !== undefined) {
      this.moment.lose(ticker);
      this.markets.get(ticker)?.book.lose();
    } else if (isBook) this.lose('orderbook_delta');
    else if (what === 'market_lifecycle_v2') this.lose(what);
  }

  private takeError({ id, sid, msg }: FrameOf<'error'>): void {
    const command = this.commands.answered(id);
    const trouble = `kalshi refused ${command?.cmd ?? 'what was subscribed'}: ${msg.msg} (${msg.code})`;
    this.session.listener.onTrouble(trouble);
    const meaning = meaningOf(msg.code);
    if (meaning === 'ended') this.renew(this.channels.channelOf(sid));
    else if (meaning === 'lost') this.socket.restart();
    else if (meaning === 'later' && command) this.commands.again(command);
    else if (meaning === 'full') this.refuse(this.channels.refused(command), msg.msg);
    else if (msg.market_ticker !== undefined) this.refuse([msg.market_ticker], msg.msg);
  }

  /** What the subscription told until now is not to be trusted: another one begins, or another connection. */
  private renew(channel: Channel | undefined): void {
    if (channel === undefined) {
      this.socket.restart();
      return;
    }
    this.lose(channel);
    if (channel === 'orderbook_delta') {
      this.markets.await();
      this.asking.begin(this.markets.trading());
    }
    this.channels.renew(channel);
  }

  private refuse(tickers: readonly string[], why: string): void {
    for (const ticker of tickers) this.markets.get(ticker)?.refuse(why);
    this.markets.agree();
  }
}
