import { WebSocket } from 'ws';
import type { Faults } from './faults';

/** The way to one client: frames keep their order, and come late while the venue's faults say so. */
export class Line {
  private readonly waiting: { readonly dueAt: number; readonly text: string }[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly faults: Faults,
  ) {}

  send(text: string): void {
    if (this.faults.delayMs === 0 && this.waiting.length === 0) {
      this.deliver(text);
      return;
    }
    this.waiting.push({ dueAt: performance.now() + this.faults.delayMs, text });
    this.timer ??= setTimeout(() => this.pump(), this.faults.delayMs);
  }

  private pump(): void {
    this.timer = undefined;
    const now = performance.now();
    while (this.waiting[0] && this.waiting[0].dueAt <= now + 1) this.deliver(this.waiting.shift()?.text ?? '');
    const [next] = this.waiting;
    if (next) this.timer = setTimeout(() => this.pump(), Math.max(0, next.dueAt - now));
  }

  /** Who does not read what waits for it is cut off. */
  private deliver(text: string): void {
    if (this.socket.bufferedAmount > this.faults.waitingMax) this.socket.terminate();
    else if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
  }
}
