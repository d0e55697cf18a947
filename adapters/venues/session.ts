import type { Instant } from '../../domain/kernel/instant';
import type { Venue } from '../../domain/market/instrument';
import { VenueClock } from '../../domain/market/venue-clock';
import type { Clock } from '../../usecases/ports/clock-and-ids';
import type { VenueHealth, VenueListener } from '../../usecases/ports/market-data/venue';
import { noCounts } from './counts';
import { ReconnectingSocket, type SocketHandlers, type SocketOptions } from './socket';
import type { TellerParts } from './teller';
import { Unreadable } from './unreadable';

export type Connection = Pick<SocketOptions, 'url' | 'headers'> & {
  /** No frame of any kind for this long: the connection is taken for dead. */
  readonly silentAfterMs: number;
  /** Subscribes: called for each connection that was opened, the first as those after a loss. */
  readonly onOpen: () => void;
  /** One text frame. What of it cannot be read is given to `drop`. */
  readonly onText: (text: string, now: Instant) => void;
  /** It was lost: what it carried is not to be trusted any more. */
  readonly onLost: () => void;
  readonly onRefused?: SocketHandlers['onRefused'];
};

const AGAIN_MS = 2_000;

/** Nobody: before the start, and once the feed was stopped. */
const DEAF: VenueListener = {
  onBook: () => undefined,
  onHeld: () => undefined,
  onTrade: () => undefined,
  onInstruments: () => undefined,
  onUnreadable: () => undefined,
  onTrouble: () => undefined,
  onAlarm: () => undefined,
};

/**
 * What the feeds of all venues share: who listens, the connections, what is counted, the venue's clock, and the frames
 * that nobody could read. A feed has one session, and decides what is subscribed, trusted and asked for again.
 */
export class VenueSession {
  readonly counts = noCounts();
  readonly venueClock = new VenueClock();
  /** Who is told; nobody before the start and after the stop. */
  listener: VenueListener = DEAF;
  lastFrameAt: Instant | undefined;
  private readonly unreadable: Unreadable;
  private readonly sockets = new Set<ReconnectingSocket>();
  /** Which of the session's connections it is. */
  private readonly numbers = new WeakMap<ReconnectingSocket, number>();
  private opened = 0;
  private reconnectsBefore = 0;
  private readonly timers = new Set<NodeJS.Timeout>();
  private isStopped = false;

  constructor(
    readonly venue: Venue,
    readonly clock: Clock,
  ) {
    this.unreadable = new Unreadable({
      venue,
      counts: this.counts,
      onFrame: (frame) => this.listener.onUnreadable(frame),
      onAlarm: (what) => this.listener.onAlarm(what),
    });
  }

  /** What the books of this session are told through. */
  tellerParts(): TellerParts {
    return {
      clock: this.clock,
      counts: this.counts,
      venueClock: this.venueClock,
      onBook: (book, mark) => this.listener.onBook(book, mark),
      onHeld: (book) => this.listener.onHeld(book),
    };
  }

  /** A connection that comes back by itself once it is started. */
  connection({ url, headers, silentAfterMs, onOpen, onText, onLost, onRefused }: Connection): ReconnectingSocket {
    const socket: ReconnectingSocket = new ReconnectingSocket({
      url,
      headers,
      silentAfterMs,
      handlers: {
        onOpen,
        onText: (text) => this.take(text, socket, onText),
        onUnreadable: () => this.drop('a frame against the protocol'),
        onClose: onLost,
        onRefused,
      },
    });
    this.sockets.add(socket);
    this.numbers.set(socket, ++this.opened);
    return socket;
  }

  /** Another connection has taken its place. */
  async retire(socket: ReconnectingSocket): Promise<void> {
    this.sockets.delete(socket);
    this.reconnectsBefore += socket.reconnects;
    await socket.stop();
  }

  /** What a server of the venue answered at a path, for the archive. */
  readonly answered = (path: string, text: string): void => {
    const { venue } = this;
    this.listener.onFrame?.({ venue, connection: `rest${path}`, receivedAt: this.clock.now(), kind: 'rest', text });
  };

  every(ms: number, what: () => void): void {
    this.timers.add(setInterval(what, ms));
  }

  /** Does it now, and again until it has not failed. */
  async untilDone(what: () => Promise<void>): Promise<void> {
    try {
      await what();
    } catch {
      if (this.isStopped) return;
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        void this.untilDone(what);
      }, AGAIN_MS);
      this.timers.add(timer);
    }
  }

  /** This many events of a frame could not be read. */
  drop(text: string, events = 1): void {
    this.unreadable.take(events, text, this.clock.now());
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.listener = DEAF;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all([...this.sockets].map((socket) => socket.stop()));
  }

  readonly health = (): VenueHealth => ({
    isConnected: [...this.sockets].some(({ isOpen }) => isOpen),
    connections: [...this.sockets].filter(({ isOpen }) => isOpen).length,
    reconnects: [...this.sockets].reduce((sum, { reconnects }) => sum + reconnects, this.reconnectsBefore),
    ...this.counts,
    lastFrameAt: this.lastFrameAt,
  });

  /** A frame at which a connector fails is a fault of ours: all that its connection carries begins anew. */
  take(text: string, socket: ReconnectingSocket, onText: Connection['onText']): void {
    const now = this.clock.now();
    this.lastFrameAt = now;
    this.archive(text, socket, now);
    try {
      onText(text, now);
    } catch (error) {
      this.drop(text);
      this.listener.onAlarm(`${this.venue}: a frame could not be taken: ${String(error)}`);
      socket.restart();
    }
  }

  private archive(text: string, socket: ReconnectingSocket, receivedAt: Instant): void {
    const { venue, listener } = this;
    if (!listener.onFrame) return;
    const connection = `${this.numbers.get(socket) ?? 0}.${socket.reconnects}`;
    listener.onFrame({ venue, connection, receivedAt, kind: 'socket', text });
  }
}
