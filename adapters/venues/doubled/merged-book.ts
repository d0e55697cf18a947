import { type Instant, instant } from '../../../domain/kernel/instant';
import type { ListedBook } from '../../../domain/market/mark';

/** Which of the two connections. */
export type Line = 0 | 1;

export const other = (line: Line): Line => (line === 0 ? 1 : 0);

export type MergedBookParts = {
  readonly now: () => Instant;
  readonly onBook: (book: ListedBook, mark: number | undefined) => void;
  readonly onHeld: (book: ListedBook) => void;
};

type Heard = { readonly book: ListedBook; readonly mark: number | undefined };
type Told = Heard & { readonly by: Line };
/** What the other line had told by then, and this one had not. */
type Behind = { readonly mark: number; readonly since: Instant };

/** After so long a line that is still behind what was told is believed: the venue has begun its count anew. */
const BEHIND_MS_MAX = 5_000;

/**
 * The book of one instrument as two connections bring it. The venue's own mark of a state, its update id or the time of
 * its engine, says which of them is ahead: that one leads, and what the other brings of before is not told again. A
 * leader that loses something hands over to the other one; only where both have lost is the book told as lost.
 */
export class MergedBook {
  private readonly heard: [Heard | undefined, Heard | undefined] = [undefined, undefined];
  private readonly behind: [Behind | undefined, Behind | undefined] = [undefined, undefined];
  private leader: Line = 0;
  private told: Told | undefined;
  private sequence: number;

  constructor(private readonly parts: MergedBookParts) {
    // Counting from the clock keeps the sequence rising over a restart.
    this.sequence = parts.now();
  }

  take(line: Line, book: ListedBook, mark: number | undefined): void {
    this.heard[line] = { book, mark };
    this.follow(line);
    if (book.quality !== 'good') this.lose(line);
    else if (line === this.told?.by || this.isNews(line)) this.tell(line);
  }

  /** That line's book still holds; it counts where it is the one that was told. */
  hold(line: Line, book: ListedBook): void {
    const { told } = this;
    const heard = this.heard[line];
    const isTold = heard && told && (line === told.by || (heard.mark !== undefined && heard.mark === told.mark));
    if (!isTold || told.book.quality !== 'good' || book.venueAt <= told.book.venueAt) return;
    this.told = { ...told, book: { ...told.book, venueAt: book.venueAt } };
    this.parts.onHeld(this.told.book);
  }

  /** How long the line has lacked something that the other one told. */
  behindMs = (line: Line): number => this.parts.now() - (this.behind[line]?.since ?? this.parts.now());

  /** The line is begun anew: what it lacks is known. */
  excuse(line: Line): void {
    this.behind[line] = undefined;
  }

  /** Whether what a line brings, that did not tell the last state, is to be told. */
  private isNews(line: Line): boolean {
    const { told } = this;
    const mark = this.heard[line]?.mark;
    if (!told) return true;
    const isLost = told.book.quality !== 'good';
    const ahead = mark === undefined || told.mark === undefined ? 0 : mark - told.mark;
    if (ahead > 0) return true;
    if (line !== this.leader && !isLost) return false;
    // It leads, or nobody does: the same again is good news, and what is older only where it stays so.
    return ahead === 0 || this.parts.now() - told.book.receivedAt >= BEHIND_MS_MAX;
  }

  /** The leader has lost its book. What was told of it was true: the other one goes on from there. */
  private lose(line: Line): void {
    if (line !== this.leader) return;
    if (this.heard[other(line)]?.book.quality === 'good') this.leader = other(line);
    else this.tell(line);
  }

  private tell(line: Line): void {
    const heard = this.heard[line];
    if (!heard) return;
    const { told } = this;
    this.leader = line;
    this.sequence += 1;
    const book = { ...heard.book, sequence: this.sequence };
    // One that was lost keeps the mark of what was good, and whose that was: the way back does not lead behind it.
    const isLost = book.quality !== 'good' && told;
    this.told = isLost ? { book, mark: told.mark, by: told.by } : { book, mark: heard.mark, by: line };
    this.behind[line] = undefined;
    this.parts.onBook(book, this.told.mark);
    this.follow(other(line));
  }

  /** Notes since when a line has lacked what was told, until it has it. One that has lost its book knows of that. */
  private follow(line: Line): void {
    const heard = this.heard[line];
    const mark = heard?.book.quality === 'good' ? heard.mark : undefined;
    const told = this.told?.mark;
    const behind = this.behind[line];
    if (mark === undefined || told === undefined || (behind && mark >= behind.mark)) this.behind[line] = undefined;
    if (mark !== undefined && told !== undefined && mark < told) {
      this.behind[line] ??= { mark: told, since: instant(this.parts.now()) };
    }
  }
}
