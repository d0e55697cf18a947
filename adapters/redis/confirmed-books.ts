import type { InstrumentId } from '../../domain/kernel/ids';
import type { Book } from '../../domain/market/book';
import { PRIMARIES, type Primary } from '../../domain/market/listing';
import type { BookSource, Confirmation, ConfirmedBooks } from '../../usecases/ports/market-data/market-data';

type Waiter = Confirmation & {
  readonly ids: readonly InstrumentId[];
  /** On the clock that only goes on. */
  readonly beginsAt: number;
  readonly endsAt: number;
  readonly resolve: (confirmed: ConfirmedBooks) => void;
  readonly reject: (error: unknown) => void;
};

const LOOK_EVERY_MS = 10;

/** Awaits books that hold: one look each few milliseconds for all orders of the process that wait. */
export function makeConfirmed(current: BookSource['current']): BookSource['confirmed'] {
  const waiting = new Set<Waiter>();
  let isLooking = false;

  const look = async (): Promise<void> => {
    const now = performance.now();
    const due = [...waiting].filter(({ beginsAt }) => beginsAt <= now);
    await Promise.all(
      PRIMARIES.map((primary) =>
        lookAt(
          primary,
          due.filter((waiter) => waiter.primary === primary),
        ),
      ),
    );
  };

  const lookAt = async (primary: Primary, due: readonly Waiter[]): Promise<void> => {
    if (due.length === 0) return;
    try {
      const books = await current([...new Set(due.flatMap(({ ids, of }) => [...ids, ...of]))], primary);
      for (const waiter of due) answer(waiter, books);
    } catch (error) {
      for (const waiter of due) {
        waiting.delete(waiter);
        waiter.reject(error);
      }
    }
  };

  const answer = (waiter: Waiter, books: ReadonlyMap<InstrumentId, Book>): void => {
    const held = new Set(waiter.of.filter((id) => isHeld(books.get(id), waiter)));
    if (held.size < waiter.of.length && performance.now() < waiter.endsAt) return;
    waiting.delete(waiter);
    const known = [...waiter.ids, ...waiter.of].flatMap((id) => {
      const book = books.get(id);
      return book ? [[id, book] as const] : [];
    });
    waiter.resolve({ books: new Map(known), held });
  };

  const lookOn = async (): Promise<void> => {
    isLooking = true;
    while (waiting.size > 0) {
      await look();
      if (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    isLooking = false;
  };

  return (ids, wait) =>
    new Promise((resolve, reject) => {
      const now = performance.now();
      const beginsAt = now + Math.max(0, wait.after - Date.now());
      waiting.add({ ...wait, ids, beginsAt, endsAt: now + wait.withinMs, resolve, reject });
      if (!isLooking) void lookOn();
    });
}

const isHeld = (book: Book | undefined, { after }: Confirmation): boolean =>
  book?.quality === 'good' && book.venueAt > after;
