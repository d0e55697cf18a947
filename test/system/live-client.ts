import WebSocket from 'ws';
import type { ClientMessage, ServerMessage } from '../../contracts/ws/messages';

type Waiter = { readonly matches: (message: ServerMessage) => boolean; readonly resolve: (m: ServerMessage) => void };

/** A browser's end of the gateway: keeps every frame, and resolves promises for frames to come. */
export class LiveClient {
  readonly frames: { readonly at: number; readonly message: ServerMessage }[] = [];
  readonly closed: Promise<number>;
  private readonly waiters = new Set<Waiter>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => this.take(JSON.parse(data.toString()) as ServerMessage));
    this.closed = new Promise((resolve) => socket.on('close', resolve));
  }

  static async open(url: string, origin: string): Promise<LiveClient> {
    const socket = new WebSocket(url, { origin });
    const client = new LiveClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** The first frame, past or to come, that matches. */
  async until(what: string, matches: (message: ServerMessage) => boolean, timeoutMs = 30_000): Promise<ServerMessage> {
    const seen = this.frames.find(({ message }) => matches(message));
    if (seen) return seen.message;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { matches, resolve };
      this.waiters.add(waiter);
      setTimeout(() => {
        if (this.waiters.delete(waiter)) reject(new Error(`no frame within ${timeoutMs} ms: ${what}`));
      }, timeoutMs).unref();
    });
  }

  /** Types of the account's events so far, in the order of arrival. */
  events(accountId: string): readonly { readonly type: string; readonly version: number }[] {
    return this.frames.flatMap(({ message }) =>
      message.type === 'account-event' && message.accountId === accountId
        ? [{ type: message.event, version: message.accountVersion }]
        : [],
    );
  }

  close(): void {
    this.socket.close();
  }

  private take(message: ServerMessage): void {
    this.frames.push({ at: performance.timeOrigin + performance.now(), message });
    for (const waiter of this.waiters) {
      if (!waiter.matches(message)) continue;
      this.waiters.delete(waiter);
      waiter.resolve(message);
    }
  }
}
