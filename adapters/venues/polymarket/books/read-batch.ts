import type { ListedBook } from '../../../../domain/market/mark';

type Waiting = { readonly book: ListedBook; readonly tell: (book: ListedBook) => void };

/**
 * Holds a good book back until all that came in the same read of the socket is applied: the events of one sweep come
 * together, and the book between two of them was nobody's. Bad news does not wait.
 */
export class ReadBatch {
  private readonly waiting = new Map<string, Waiting>();
  private flush: NodeJS.Immediate | undefined;

  put(book: ListedBook, tell: (book: ListedBook) => void): void {
    this.waiting.delete(book.instrument);
    if (book.quality !== 'good') {
      tell(book);
      return;
    }
    this.waiting.set(book.instrument, { book, tell });
    this.flush ??= setImmediate(() => this.tellAll());
  }

  close(): void {
    this.waiting.clear();
  }

  private tellAll(): void {
    this.flush = undefined;
    const ready = [...this.waiting.values()];
    this.waiting.clear();
    for (const { book, tell } of ready) tell(book);
  }
}
