import { CLOSE } from '../../contracts/ws/messages';
import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Caller } from '../../usecases/ports/identity/session';
import { type Body, numbered, plainBody } from './frames';

/** What the gateway needs of a WebSocket. */
export type Socket = {
  readonly send: (text: string) => void;
  /** Bytes that the peer has not taken yet. */
  readonly buffered: () => number;
  readonly close: (code: number, reason: string) => void;
};

export const LIMITS = {
  instruments: 100,
  accounts: 20,
  messages: 50,
  messagesWindowMs: 10_000,
  frameBytes: 64 * 1024,
  bufferedBytes: 1024 * 1024,
  /** With so much unread a connection gets no quotes, and is closed when that lasts. */
  quotesBufferedBytes: 64 * 1024,
  behindMs: 10_000,
} as const;

type Opened = { readonly id: string; readonly at: Instant };

/** One browser's connection: what it follows, the number of its last frame, and its messages in the present window. */
export class Connection {
  readonly instruments = new Set<InstrumentId>();
  readonly accounts = new Set<AccountId>();
  readonly boards = new Set<string>();
  isOpen = true;
  /** The least time between two frames of quotes. */
  quotesEveryMs = 0;
  private quotesFrom = 0;
  private behindSince: number | undefined;
  private frames = 0;
  private windowStart = 0;
  private messages = 0;

  constructor(
    private readonly opened: Opened,
    readonly caller: Caller,
    private readonly socket: Socket,
    private readonly onClose: (connection: Connection, code: number) => void,
  ) {}

  get id(): string {
    return this.opened.id;
  }

  get connectedAt(): Instant {
    return this.opened.at;
  }

  get framesSent(): number {
    return this.frames;
  }

  get unreadBytes(): number {
    return this.isOpen ? this.socket.buffered() : 0;
  }

  send(body: Body): void {
    if (!this.isOpen) return;
    if (this.socket.buffered() > LIMITS.bufferedBytes) {
      this.close(CLOSE.slowReader, 'reads too slowly');
    } else {
      this.frames++;
      this.socket.send(numbered(body, this.frames));
    }
  }

  /** Sends quotes, unless it was sent some too lately or still has much to read; closes one that does not read on. */
  sendQuotes(body: Body, nowMs: number): boolean {
    const buffered = this.socket.buffered();
    if (buffered > LIMITS.quotesBufferedBytes) {
      this.behindSince ??= nowMs;
      const isStalled = buffered > LIMITS.bufferedBytes || nowMs - this.behindSince >= LIMITS.behindMs;
      if (isStalled) this.close(CLOSE.slowReader, 'reads too slowly');
      return false;
    }
    this.behindSince = undefined;
    if (nowMs < this.quotesFrom) return false;
    this.quotesFrom = nowMs + this.quotesEveryMs;
    this.send(body);
    return true;
  }

  refuse(refusal: string, field: string, rule: string): void {
    this.send(plainBody({ type: 'error', refusal, field, rule }));
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.socket.close(code, reason);
    this.onClose(this, code);
  }

  /** Counts a message; false when there have been too many of them in the window. */
  mayTalk(nowMs: number): boolean {
    if (nowMs - this.windowStart >= LIMITS.messagesWindowMs) {
      this.windowStart = nowMs;
      this.messages = 0;
    }
    this.messages++;
    return this.messages <= LIMITS.messages;
  }
}
