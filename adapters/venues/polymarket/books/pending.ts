import type { Change } from '../wire/frames';
import type { PolymarketBook } from './book';

type Dated = { readonly changes: readonly Change[]; readonly venueMs: number };

const PENDING_MAX = 1_000;
/** Some of the venue's stamps are whole seconds: within one second they put nothing in order. */
export const STAMP_MS = 1_000;

/** Changes that came while a whole book was awaited, to be told apart into those that it holds and those after it. */
export class Pending {
  private kept: Dated[] = [];
  /** A book from before this lacks changes that are no longer kept. */
  private forgottenMs = Number.NEGATIVE_INFINITY;

  add(changes: readonly Change[], venueMs: number): void {
    this.kept.push({ changes, venueMs });
    const forgotten = this.kept.length > PENDING_MAX ? this.kept.shift() : undefined;
    if (forgotten) this.forgottenMs = Math.max(this.forgottenMs, forgotten.venueMs);
  }

  clear(): void {
    this.kept = [];
    this.forgottenMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * What is still to be applied on a whole book of `bookMs`, oldest first; undefined when a change of the same second
   * is in the book neither by itself nor by a later one, so that nobody can say which of them is younger. Throws on a
   * level that is none.
   */
  over(book: PolymarketBook, bookMs: number): readonly Change[] | undefined {
    if (bookMs < this.forgottenMs) return undefined;
    const since = this.kept.filter(({ venueMs }) => venueMs >= bookMs).flatMap(({ changes }) => changes);
    const unsure = this.kept.filter((dated) => isUnsure(dated.venueMs, bookMs)).flatMap(({ changes }) => changes);
    const last = new Map([...unsure, ...since].map((change) => [`${change.side} ${change.price}`, change]));
    const after = new Set(since);
    const isSure = [...last.values()].every((change) => after.has(change) || book.holds(change.side, change));
    return isSure ? since : undefined;
  }
}

/** Whether the stamp of a change is before that of a whole book and yet cannot say that it came before it. */
export const isUnsure = (venueMs: number, bookMs: number): boolean =>
  venueMs < bookMs && venueMs >= Math.floor(bookMs / STAMP_MS) * STAMP_MS;
