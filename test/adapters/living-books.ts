import { setTimeout as pause } from 'node:timers/promises';
import type { InstrumentId } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import type { BookSink } from '../../usecases/ports/market-data/market-data';

/** An order waits for a sign of life that is younger than itself: none waits long. */
const HOLD_EVERY_MS = 10;

/** Puts books as market-data does: each is known to hold, again and again, until another takes its place. */
export class LivingBooks {
  private readonly books = new Map<InstrumentId, Book>();
  private isOver = false;
  private living = Promise.resolve();

  constructor(private readonly sink: () => Promise<BookSink>) {}

  async put(book: Book): Promise<void> {
    await (await this.sink()).put(book);
    if (this.books.size === 0) this.living = this.live();
    this.books.set(book.instrument, book);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.living;
  }

  private async live(): Promise<void> {
    const sink = await this.sink();
    while (!this.isOver) {
      await sink.hold([...this.books.values()].map((book) => ({ ...book, venueAt: instant(Date.now()) })));
      await pause(HOLD_EVERY_MS);
    }
  }
}
