import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import type { BookSource, Confirmation, ConfirmedBooks } from '../../usecases/ports/market-data/market-data';

type Waiter = Confirmation & {
  readonly ids: readonly InstrumentId[];
  readonly endsAt: Instant;
  readonly resolve: (confirmed: ConfirmedBooks) => void;
};

/** The books of a market in virtual time: whoever waits for one that holds is answered by what is told, or by time. */
export class Confirmations implements BookSource {
  private readonly waiting = new Set<Waiter>();
  private at: Instant = instant(0);

  constructor(private readonly books: ReadonlyMap<InstrumentId, Book>) {}

  readonly current = async (ids: readonly InstrumentId[]): Promise<ReadonlyMap<InstrumentId, Book>> => this.known(ids);

  readonly confirmed = (ids: readonly InstrumentId[], wait: Confirmation): Promise<ConfirmedBooks> =>
    new Promise((resolve) => {
      this.waiting.add({ ...wait, ids, endsAt: plusMs(this.at, Math.max(0, wait.withinMs)), resolve });
      this.passed(this.at);
    });

  /** It is so late, and the books are what has been told by now. */
  passed(at: Instant): void {
    this.at = at;
    for (const waiter of this.waiting) {
      const { ids, of, after, endsAt } = waiter;
      const held = new Set(of.filter((id) => isHeld(this.books.get(id), after)));
      if (held.size < of.length && at < endsAt) continue;
      this.waiting.delete(waiter);
      waiter.resolve({ books: this.known([...ids, ...of]), held });
    }
  }

  private known(ids: readonly InstrumentId[]): ReadonlyMap<InstrumentId, Book> {
    return new Map(
      ids.flatMap((id) => {
        const book = this.books.get(id);
        return book ? [[id, book] as const] : [];
      }),
    );
  }
}

const isHeld = (book: Book | undefined, after: Instant): boolean => book?.quality === 'good' && book.venueAt > after;
