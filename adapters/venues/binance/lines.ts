import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { Pace } from '../pace';
import type { VenueSession } from '../session';
import type { ReconnectingSocket } from '../socket';

export type LinesParts = {
  readonly session: VenueSession;
  readonly url: string;
  readonly silentAfterMs: number;
  /** A connection is replaced at this age. */
  readonly lifeMs: number;
  /** A new connection carries the streams from now on, and nothing of before continues them. */
  readonly onOpen: () => void;
  readonly onText: (text: string, now: Instant) => void;
  readonly onLost: () => void;
};

/** A new connection and the one before it run beside each other for so long. */
const OVERLAP_MS = 2_000;
/** So many frames of the new one wait at most. */
const HELD_MAX = 20_000;

/** One symbol that stays frozen does not cost the others their connection again and again. */
const RESTART_MS = 5_000;
const RESTART_PACE_MS = { first: 10_000, max: 600_000, calm: 1_800_000 } as const;

type Line = {
  readonly socket: ReconnectingSocket;
  openedAt: Instant | undefined;
  lastAt: Instant | undefined;
  held: string[];
};

/**
 * The connection that carries the streams, and while it is being replaced the one after it, whose frames wait. They are
 * taken once it takes over: update ids tell which of them were heard already, so the books go on without a hole.
 */
export class Lines {
  private current: Line;
  private next: Line | undefined;
  private restartAt = instant(0);
  private readonly restarts = new Pace(RESTART_PACE_MS);

  constructor(private readonly parts: LinesParts) {
    this.current = this.connect();
  }

  start(): void {
    this.current.socket.start();
  }

  isOpen = (): boolean => this.current.openedAt !== undefined;

  /** When the connection that counts brought its last frame. */
  lastAt = (): Instant | undefined => this.current.lastAt;

  /** The connection does not bring what it should: it is begun anew, less often each time. */
  restart(): void {
    const now = this.parts.session.clock.now();
    if (now < this.restartAt) return;
    this.restartAt = plusMs(this.restarts.failed(now), RESTART_MS);
    this.current.socket.restart();
  }

  /** The connection will be cut: another is opened, and the old one left once that is up. */
  replace(): void {
    if (this.next) return;
    this.next = this.connect();
    this.next.socket.start();
  }

  /** Now and then. */
  check(): void {
    const now = this.parts.session.clock.now();
    const { openedAt } = this.current;
    if (openedAt !== undefined && now - openedAt >= this.parts.lifeMs) this.replace();
    if (this.next?.openedAt !== undefined && now - this.next.openedAt >= OVERLAP_MS) this.takeOver(this.next);
  }

  private connect(): Line {
    const { session, url, silentAfterMs } = this.parts;
    const socket = session.connection({
      url,
      silentAfterMs,
      onOpen: () => this.opened(line),
      onText: (text, now) => this.take(line, text, now),
      onLost: () => this.lost(line),
    });
    const line: Line = { socket, openedAt: undefined, lastAt: undefined, held: [] };
    return line;
  }

  private opened(line: Line): void {
    line.openedAt = this.parts.session.clock.now();
    line.held = [];
    if (line === this.current) this.parts.onOpen();
  }

  private take(line: Line, text: string, now: Instant): void {
    line.lastAt = now;
    if (line === this.current) this.parts.onText(text, now);
    else if (line === this.next) {
      line.held.push(text);
      if (line.held.length > HELD_MAX) this.takeOver(line);
    }
  }

  private lost(line: Line): void {
    line.openedAt = undefined;
    line.held = [];
    if (line !== this.current) return;
    if (this.next?.openedAt === undefined) this.parts.onLost();
    if (this.next) this.takeOver(this.next);
  }

  /** Where the new one is not open yet, nothing is continued. */
  private takeOver(line: Line): void {
    const { session, onText } = this.parts;
    const old = this.current;
    const { held } = line;
    [this.current, this.next, line.held] = [line, undefined, []];
    for (const text of held) session.take(text, line.socket, onText);
    void session.retire(old.socket);
  }
}
