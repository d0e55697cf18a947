import type { KeptPart } from '../../../usecases/ports/market-data/candles';

type WaitingParts = {
  readonly put: (parts: readonly KeptPart[]) => Promise<void>;
  /** What is given up for want of room: nobody will ever read it. */
  readonly onLost: (count: number) => void;
  readonly onFailure: (error: unknown) => void;
};

/** While a store is away so much waits for it: some hours of a few dozen instruments. */
const WAITING_MAX = 50_000;
const BATCH = 500;

/** Parts on their way to a store: one batch at a time, of each only the newest revision, until the store has it. */
export class Waiting {
  private parts = new Map<string, KeptPart>();
  private under: Promise<void> | undefined;

  constructor(private readonly outside: WaitingParts) {}

  get size(): number {
    return this.parts.size;
  }

  add(part: KeptPart): void {
    const key = `${part.instrument} ${part.resolution} ${part.part.at} ${part.run}`;
    this.parts.set(key, part);
    if (this.parts.size <= WAITING_MAX) return;
    const [oldest = key] = this.parts.keys();
    this.parts.delete(oldest);
    this.outside.onLost(1);
  }

  /** Sends all that waits now; a call while another is under way waits for that one. */
  flush(): Promise<void> {
    this.under ??= this.send().finally(() => {
      this.under = undefined;
    });
    return this.under;
  }

  private async send(): Promise<void> {
    for (const batch of batches([...this.parts])) {
      try {
        await this.outside.put(batch.map(([, part]) => part));
      } catch (error) {
        this.outside.onFailure(error);
        return;
      }
      // What changed while it was sent waits still.
      for (const [key, part] of batch) if (this.parts.get(key) === part) this.parts.delete(key);
    }
  }
}

function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += BATCH) yield all.slice(at, at + BATCH);
}
