import { makeConfirmed } from '../../adapters/redis/confirmed-books';
import type { InstrumentId } from '../../domain/kernel/ids';
import type { Book } from '../../domain/market/book';
import { systemClock } from '../../runtime/edge';
import type { BookSource } from '../../usecases/ports/market-data/market-data';
import { BTC, bookAt } from '../fixtures/stored-account';

/** A lively book at a venue changes so often; ours is told at most each 20 ms. */
const TICK_MS = 50;

/** A book that changes as that of bitcoin does, the shipped way to wait for it, and how long each wait took. */
export class TickingBooks {
  readonly source: BookSource;
  private waitedMs: number[] = [];
  private sequence = 0;
  private book: Book = this.next();
  private readonly ticking = setInterval(() => {
    this.book = this.next();
  }, TICK_MS);

  constructor() {
    const current = async (): Promise<ReadonlyMap<InstrumentId, Book>> => new Map([[BTC, this.book]]);
    const confirmed = makeConfirmed(current);
    this.source = {
      current,
      confirmed: async (ids, wait) => {
        const begunAt = performance.now();
        const answer = await confirmed(ids, wait);
        this.waitedMs.push(performance.now() - begunAt);
        return answer;
      },
    };
  }

  /** The waits since it was asked last. */
  taken(): readonly number[] {
    const taken = this.waitedMs;
    this.waitedMs = [];
    return taken;
  }

  stop(): void {
    clearInterval(this.ticking);
  }

  private next(): Book {
    this.sequence += 1;
    return { ...bookAt(systemClock.now()), sequence: this.sequence };
  }
}
