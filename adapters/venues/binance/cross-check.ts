import { parsePrice } from '../../../domain/kernel/money';
import type { Levels } from '../teller';
import type { BestPrices } from './frames';
import { OLDER_MAX } from './pending';

type State = { readonly id: number; readonly levels: Levels };
type Heard = { readonly best: BestPrices; readonly at: number };

const AHEAD_MAX = 1_000;

/**
 * The venue's own word for a symbol's best prices (`bookTicker`), which counts by the same update ids as the book. One
 * is sent whenever they change, before the diff that has the change. So the last word up to an id has the best prices
 * of that id, once a later word, or one of the very id, shows that none is missing.
 */
export class CrossCheck {
  private last: BestPrices | undefined;
  /** Words of updates that the book does not have yet. */
  private ahead: Heard[] = [];
  /** What the book was, while a later word may still be on its way. */
  private open: State | undefined;
  private older = 0;

  /** Whether the book that was told agrees with the word. */
  hear(best: BestPrices, at: number): boolean {
    this.older = best.id < this.newestId() ? this.older + 1 : 0;
    if (this.older >= OLDER_MAX) this.restart();
    if (best.id <= this.newestId()) return true;
    const { open } = this;
    const isRight = !open || best.id <= open.id || agrees(open.levels, this.last);
    if (open && best.id <= open.id) this.last = best;
    else {
      this.ahead.push({ best, at });
      this.open = undefined;
      if (this.ahead.length > AHEAD_MAX) this.last = this.ahead.shift()?.best;
    }
    return isRight;
  }

  /** Whether a book agrees, so far as that can be said yet. */
  allows(state: State): boolean {
    const known = this.ahead.findLast(({ best }) => best.id <= state.id)?.best ?? this.last;
    const isSure = known?.id === state.id || this.newestId() > state.id;
    return !isSure || (known?.id ?? 0) > state.id || agrees(state.levels, known);
  }

  /** The book has come to this state. */
  reach(state: State): void {
    const reached = this.ahead.filter(({ best }) => best.id <= state.id);
    this.last = reached.at(-1)?.best ?? this.last;
    this.ahead = this.ahead.slice(reached.length);
    this.open = this.ahead.length > 0 || this.last?.id === state.id ? undefined : state;
  }

  /** The update of the last word. */
  newestId = (): number => this.ahead.at(-1)?.best.id ?? this.last?.id ?? -1;

  /** Since when the venue has spoken of an update that the book does not have. */
  aheadSince = (): number | undefined => this.ahead[0]?.at;

  /** Words may have been missed. */
  restart(): void {
    this.last = undefined;
    this.ahead = [];
    this.open = undefined;
    this.older = 0;
  }
}

/** A side without a level is told as 0. */
function agrees({ bids, asks }: Levels, word: BestPrices | undefined): boolean {
  if (!word) return true;
  return (bids[0]?.price ?? 0n) === parsePrice(word.bid) && (asks[0]?.price ?? 0n) === parsePrice(word.ask);
}
