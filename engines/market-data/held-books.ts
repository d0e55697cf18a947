import type { InstrumentId } from '../../domain/kernel/ids';
import type { Book } from '../../domain/market/book';

type HeldBooksParts = {
  readonly hold: (books: readonly Book[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
};

/** Tells which books still hold: all that came in one turn together, and one telling at a time. */
export class HeldBooks {
  private waiting = new Map<string, Book>();
  private isBusy = false;

  constructor(private readonly parts: HeldBooksParts) {}

  put(book: Book): void {
    this.waiting.set(`${book.instrument} ${book.venue}`, book);
    if (!this.isBusy) void this.drive();
  }

  /** What waits of these is not told any more. */
  forget(isOf: (instrument: InstrumentId) => boolean): void {
    for (const [key, { instrument }] of this.waiting) if (isOf(instrument)) this.waiting.delete(key);
  }

  private async drive(): Promise<void> {
    this.isBusy = true;
    await Promise.resolve();
    while (this.waiting.size > 0) {
      const books = [...this.waiting.values()];
      this.waiting = new Map();
      try {
        await this.parts.hold(books);
      } catch (error) {
        this.parts.onFailure(error);
      }
    }
    this.isBusy = false;
  }
}
