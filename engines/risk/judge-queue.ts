import type { AccountId } from '../../domain/kernel/ids';
import type { Trace } from '../../usecases/ports/clock-and-ids';

type JudgeQueueParts = {
  /** Judges one account. Answers after how many milliseconds to judge it again, or undefined when that was all. */
  readonly judge: (id: AccountId, trace: Trace) => Promise<number | undefined>;
  readonly workersMax: number;
  /** Calls `call` after the milliseconds; the answered function cancels that. */
  readonly later?: (ms: number, call: () => void) => () => void;
};

/** Judges a few accounts at a time and each one by itself; a request during its own judgement makes one more follow. */
export class JudgeQueue {
  private readonly waiting = new Map<AccountId, Trace>();
  private readonly running = new Set<AccountId>();
  private readonly timers = new Set<() => void>();
  private whenIdle: (() => void)[] = [];
  private isClosed = false;

  constructor(private readonly parts: JudgeQueueParts) {}

  get depth(): number {
    return this.waiting.size + this.running.size;
  }

  request(id: AccountId, trace: Trace): void {
    if (this.isClosed) return;
    if (!this.waiting.has(id)) this.waiting.set(id, trace);
    this.startMore();
  }

  /** Resolves when nothing waits or runs. */
  async idle(): Promise<void> {
    while (this.depth > 0) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  /** Lets what runs end; what waits is judged by the next engine. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.waiting.clear();
    for (const takeBack of this.timers) takeBack();
    await this.idle();
  }

  private startMore(): void {
    for (const [id, trace] of this.waiting) {
      if (this.running.size >= this.parts.workersMax) return;
      if (this.running.has(id)) continue;
      this.waiting.delete(id);
      this.running.add(id);
      void this.run(id, trace);
    }
  }

  private async run(id: AccountId, trace: Trace): Promise<void> {
    const againAfterMs = await this.parts.judge(id, trace);
    this.running.delete(id);
    if (againAfterMs !== undefined && !this.isClosed) this.requestLater(id, trace, againAfterMs);
    this.startMore();
    if (this.depth === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private requestLater(id: AccountId, trace: Trace, ms: number): void {
    const { later = afterMs } = this.parts;
    const takeBack = later(ms, () => {
      this.timers.delete(takeBack);
      this.request(id, trace);
    });
    this.timers.add(takeBack);
  }
}

function afterMs(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}
