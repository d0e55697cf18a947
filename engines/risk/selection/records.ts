import { grownBytes, grownSize, grownWords, RowList } from './storage/growable-arrays';

/**
 * Where the numbers of an account lie in its record: cash, its bounds, the tick of its latest peak. `HEAD` of them, the
 * last of which is two words, are followed by its positions: signed quantity, the exit price at which the position's own
 * loss reaches its limit, and two words.
 */
export const LAYOUT = {
  CASH: 0,
  FLOOR: 1,
  CEILING: 2,
  PEAK: 3,
  PEAK_TICK: 4,
  HEAD: 6,
  POSITION: 3,
  QTY: 0,
  STOP: 1,
  /** A number is as long as two words; the first word of a position is its side, the second its slot. */
  WORDS: 2,
  SIDE: 4,
};
const { HEAD, SIDE, POSITION, WORDS } = LAYOUT;
const [TRAIL, COUNT, SLOT] = [10, 11, 5];
/** A line of memory is as long as eight numbers. */
const LINE = 8;
const NONE = 0;
/** Records of one size that are made at a time: those of several positions lie close together. */
const TOGETHER = 256;

/**
 * What floating point knows of the accounts, each in one piece of memory: a mass of them is read at the speed of memory
 * and in no order, so what is read together lies together.
 */
export class Records {
  numbers = new Float64Array(LINE);
  /** The sum of what `touch` read: storing it keeps the engine from optimizing the reads away. */
  touched = 0;
  words = new Uint32Array(this.numbers.buffer);
  /** By account: where its record begins. */
  private starts = new Uint32Array(0);
  private gone = new Uint8Array(0);
  private end = LINE;
  /** Records that were given back, by how many positions they have room for. */
  private readonly free = new Map<number, RowList>();

  /** Makes room for accounts below `end`. */
  reserve(end: number): void {
    const size = grownSize(this.starts.length, end);
    this.starts = grownWords(this.starts, size);
    this.gone = grownBytes(this.gone, size);
  }

  /** The account's new record, for so many positions. */
  take(account: number, count: number): number {
    const free = this.free.get(count) ?? new RowList();
    this.free.set(count, free);
    if (free.size === 0) this.append(HEAD + count * POSITION, free);
    const start = free.at(--free.size);
    this.starts[account] = start;
    this.gone[account] = 0;
    this.words[start * WORDS + COUNT] = count;
    return start;
  }

  giveBack(account: number): void {
    const start = this.of(account);
    if (start === NONE) return;
    const count = this.words[start * WORDS + COUNT] as number;
    const free = this.free.get(count) ?? new RowList();
    this.free.set(count, free);
    free.push(start);
    this.starts[account] = NONE;
  }

  /** Where the account's record begins; 0: it has none. */
  of(account: number): number {
    return this.starts[account] ?? NONE;
  }

  /** The account stays where it is until its number is used again, and is passed over. */
  leave(account: number): void {
    this.gone[account] = 1;
  }

  isGone(account: number): boolean {
    return this.gone[account] === 1;
  }

  /** Has the account's memory fetched while something else goes on. Answers what it read. */
  touch(account: number): number {
    const start = this.starts[account] as number;
    return (this.numbers[start] as number) + (this.numbers[this.endOf(start) - POSITION] as number);
  }

  /** The index behind the account's last position. */
  endOf(start: number): number {
    return start + HEAD + (this.words[start * WORDS + COUNT] as number) * POSITION;
  }

  trailOf(start: number): number {
    return this.words[start * WORDS + TRAIL] as number;
  }

  setTrail(start: number, trail: number): void {
    this.words[start * WORDS + TRAIL] = trail;
  }

  sideOf(position: number): number {
    return this.words[position * WORDS + SIDE] as number;
  }

  slotOf(position: number): number {
    return this.words[position * WORDS + SLOT] as number;
  }

  setSlot(position: number, side: number, slot: number): void {
    this.words[position * WORDS + SIDE] = side;
    this.words[position * WORDS + SLOT] = slot;
  }

  /** Makes room for some records of one size, so that those with several positions lie close together. */
  private append(length: number, free: RowList): void {
    for (let nth = TOGETHER - 1; nth >= 0; nth--) free.push(this.end + nth * length);
    this.end += TOGETHER * length;
    const size = grownSize(this.numbers.length, this.end);
    if (size === this.numbers.length) return;
    const grown = new Float64Array(size);
    grown.set(this.numbers);
    this.numbers = grown;
    this.words = new Uint32Array(grown.buffer);
  }
}
