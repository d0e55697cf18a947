import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, plusMs } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import type { BookSource, Confirmation } from '../../usecases/ports/market-data/market-data';

/** Books that will be told, each at its receipt, to who asks for them in a time of their own: whoever waits lets it pass. */
export class ToldBooks implements BookSource {
  /** How often somebody waited. */
  waits = 0;
  private told = 0;
  private readonly latest = new Map<InstrumentId, Book>();

  /** `books` in the order of their receipt. */
  constructor(
    private readonly books: readonly Book[],
    private at: Instant,
  ) {
    this.passTo(at);
  }

  readonly now = (): Instant => this.at;

  passTo(at: Instant): void {
    if (at > this.at) this.at = at;
    for (let next = this.books[this.told]; next && next.receivedAt <= this.at; next = this.books[this.told]) {
      this.latest.set(next.instrument, next);
      this.told += 1;
    }
  }

  readonly current = async (ids: readonly InstrumentId[]): Promise<ReadonlyMap<InstrumentId, Book>> =>
    new Map(
      ids.flatMap((id) => {
        const book = this.latest.get(id);
        return book ? [[id, book] as const] : [];
      }),
    );

  readonly confirmed: BookSource['confirmed'] = async (ids, wait) => {
    this.waits += 1;
    const endsAt = plusMs(this.at, Math.max(0, wait.withinMs));
    let held = this.heldOf(wait);
    for (let next = this.books[this.told]; held.size < wait.of.length; next = this.books[this.told]) {
      if (!next || next.receivedAt > endsAt) {
        this.passTo(endsAt);
        break;
      }
      this.passTo(next.receivedAt);
      held = this.heldOf(wait);
    }
    return { books: await this.current([...new Set([...ids, ...wait.of])]), held };
  };

  private heldOf({ of, after }: Confirmation): ReadonlySet<InstrumentId> {
    return new Set(
      of.filter((id) => {
        const book = this.latest.get(id);
        return book?.quality === 'good' && book.venueAt > after;
      }),
    );
  }
}
