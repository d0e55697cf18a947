import { setTimeout as pause } from 'node:timers/promises';
import type { InstrumentId } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import { kindOf } from '../../domain/market/instrument';
import { bookOfMark, type ListedBook } from '../../domain/market/mark';
import type { BookSink } from '../../usecases/ports/market-data/market-data';
import { agreedMark } from '../fixtures/agreed-mark';

/** An order waits for a sign of life that is younger than itself: none waits long. */
const HOLD_EVERY_MS = 10;

/** Puts a coin's book with a mark that another venue confirms, an outcome's as it is; answers what is told of it. */
export async function putAgreed(sink: BookSink, book: Book): Promise<Book> {
  const told = kindOf(book.instrument) === 'outcome' ? book : bookOfMark(agreedMark(book));
  await sink.put(told, told === book ? [] : [book as ListedBook]);
  return told;
}

/** Puts books as market-data does: each is known to hold, again and again, until another takes its place. */
export class LivingBooks {
  private readonly books = new Map<InstrumentId, Book>();
  private isOver = false;
  private living = Promise.resolve();

  constructor(private readonly sink: () => Promise<BookSink>) {}

  async put(book: Book): Promise<Book> {
    const told = await putAgreed(await this.sink(), book);
    if (this.books.size === 0) this.living = this.live();
    this.books.set(book.instrument, book);
    return told;
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
