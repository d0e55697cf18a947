import WebSocket from 'ws';

export type SocketHandlers = {
  readonly onOpen: (send: (text: string) => void) => void;
  /** Each text frame. */
  readonly onText: (text: string) => void;
  /** A frame that is too large, no UTF-8 or against the protocol: the connection is dropped for it. */
  readonly onUnreadable: () => void;
  readonly onClose: () => void;
  /** It was not let in at all. */
  readonly onRefused?: ((why: string) => void) | undefined;
};

export type SocketOptions = {
  readonly url: string;
  /** What goes with the request for the connection, made anew for each. */
  readonly headers?: (() => Readonly<Record<string, string>>) | undefined;
  /** No frame of any kind for this long: the connection is taken for dead. */
  readonly silentAfterMs: number;
  readonly handlers: SocketHandlers;
};

const BACKOFF_MS = { first: 250, max: 15_000 } as const;
/** A connection that held this long was a good one: the next loss starts the backoff anew. */
const STEADY_MS = 10_000;
/** Larger than any snapshot of the books that we follow: Coinbase's, which is whole, has several megabytes. */
const FRAME_BYTES_MAX = 16 * 1024 * 1024;

/** A WebSocket that comes back by itself, with backoff and full jitter, until it is stopped. */
export class ReconnectingSocket {
  reconnects = 0;
  isOpen = false;
  private socket: WebSocket | undefined;
  private failures = 0;
  private openedAtMs = 0;
  private silence: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(private readonly options: SocketOptions) {}

  start(): void {
    const { url, handlers, headers } = this.options;
    const limits = { maxPayload: FRAME_BYTES_MAX, handshakeTimeout: 10_000 };
    const socket = new WebSocket(url, { ...limits, ...(headers && { headers: headers() }) });
    this.socket = socket;
    this.heard();
    socket.on('open', () => {
      this.isOpen = true;
      this.openedAtMs = performance.now();
      this.heard();
      handlers.onOpen((text) => this.send(text));
    });
    socket.on('message', (data, isBinary) => {
      this.heard();
      if (!isBinary) handlers.onText(data.toString());
    });
    socket.on('ping', () => this.heard());
    socket.on('error', (error) => {
      // A close follows.
      if ('code' in error && String(error.code).startsWith('WS_ERR')) handlers.onUnreadable();
      if (!this.isOpen) handlers.onRefused?.(error.message);
    });
    socket.on('close', () => {
      if (this.socket === socket) this.lost();
    });
  }

  send(text: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  /** Drops the connection, as if the venue had, and comes back. */
  restart(): void {
    this.socket?.terminate();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.silence);
    clearTimeout(this.retry);
    this.socket?.terminate();
  }

  private heard(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.restart(), this.options.silentAfterMs);
  }

  private lost(): void {
    clearTimeout(this.silence);
    const wasOpen = this.isOpen;
    this.isOpen = false;
    if (wasOpen && performance.now() - this.openedAtMs >= STEADY_MS) this.failures = 0;
    if (wasOpen) this.options.handlers.onClose();
    if (this.isStopped) return;
    const most = Math.min(BACKOFF_MS.first * 2 ** this.failures++, BACKOFF_MS.max);
    this.reconnects += 1;
    this.retry = setTimeout(() => this.start(), most * Math.random());
  }
}
