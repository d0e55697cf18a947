import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/edge';
import type { VenueFeed, VenueListener } from '../../../usecases/ports/venue';
import { noCounts } from '../counts';
import { ReconnectingSocket } from '../socket';
import { DEPTH, Followed } from './followed';
import { type KrakenPair, readFrame } from './frames';
import { instrumentFrom } from './instruments';

export type KrakenOptions = {
  readonly url: string;
  /** Kraken's names: `BTC/USD`. */
  readonly symbols: readonly string[];
  readonly clock: Clock;
};

/** Kraken's reconnection guide: a heartbeat comes each second when nothing else does. */
const SILENT_AFTER_MS = 5_000;
const CHECK_MS = 250;

/** Kraken's public WebSocket v2: books proved by their checksum, instruments with their steps and status. */
export class KrakenFeed implements VenueFeed {
  readonly name = 'kraken';
  private readonly followed: ReadonlyMap<string, Followed>;
  private readonly pairs = new Map<string, KrakenPair>();
  private readonly socket: ReconnectingSocket;
  private readonly counts = noCounts();
  private listener: VenueListener | undefined;
  private isOnline = true;
  private checking: NodeJS.Timeout | undefined;
  private lastFrameAt: Instant | undefined;

  constructor(private readonly options: KrakenOptions) {
    this.followed = new Map(options.symbols.map((symbol) => [symbol, this.follow(symbol)]));
    this.socket = new ReconnectingSocket({
      url: options.url,
      silentAfterMs: SILENT_AFTER_MS,
      handlers: {
        onOpen: () => this.subscribeAll(),
        onText: (text) => this.take(text),
        onClose: () => {
          for (const followed of this.followed.values()) followed.distrust('stale');
        },
      },
    });
  }

  start(listener: VenueListener): void {
    this.listener = listener;
    this.socket.start();
    this.checking = setInterval(() => this.check(), CHECK_MS);
  }

  async stop(): Promise<void> {
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
      askAgain: () => {
        this.say('unsubscribe', { channel: 'book', symbol: [symbol], depth: DEPTH });
        this.say('subscribe', { channel: 'book', symbol: [symbol], depth: DEPTH, snapshot: true });
      },
      onBook: (book) => this.listener?.onBook(book),
    });
  }

  private subscribeAll(): void {
    for (const followed of this.followed.values()) followed.await();
    this.say('subscribe', { channel: 'instrument', snapshot: true });
    this.say('subscribe', { channel: 'book', symbol: this.options.symbols, depth: DEPTH, snapshot: true });
  }

  private say(method: string, params: object): void {
    this.socket.send(JSON.stringify({ method, params }));
  }

  private take(text: string): void {
    this.lastFrameAt = this.options.clock.now();
    const frame = readFrame(text);
    if (!frame) this.counts.framesDropped += 1;
    else if (frame.channel === 'book') {
      for (const update of frame.data) this.followed.get(update.symbol)?.take(frame.type, update);
    } else if (frame.channel === 'instrument') this.takePairs(frame.data.pairs);
    else if (frame.channel === 'status') this.takeStatus(frame.data[0]?.system ?? '');
    else if (frame.channel === 'refusal') this.listener?.onTrouble(`kraken refused ${frame.error}`);
  }

  private check(): void {
    if (!this.socket.isOpen || this.lastFrameAt === undefined) return;
    for (const followed of this.followed.values()) followed.check(this.lastFrameAt);
  }

  private takePairs(pairs: readonly KrakenPair[]): void {
    const ours = pairs.filter(({ symbol }) => this.followed.has(symbol));
    for (const pair of ours) this.pairs.set(pair.symbol, pair);
    this.announce(ours);
  }

  private takeStatus(system: string): void {
    this.isOnline = system === 'online';
    this.announce([...this.pairs.values()]);
  }

  private announce(pairs: readonly KrakenPair[]): void {
    const instruments = pairs.flatMap((pair): Instrument[] => {
      const instrument = instrumentFrom(pair, this.isOnline);
      if (!instrument) this.listener?.onTrouble(`kraken lists ${pair.symbol} with steps that we cannot hold`);
      return instrument ? [instrument] : [];
    });
    if (instruments.length > 0) this.listener?.onInstruments(instruments);
  }
}
