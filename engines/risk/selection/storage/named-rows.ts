import { grownSize, grownWords, RowList } from './growable-arrays';

/** One word of the set is looked at in about the time that sorting takes for a row in so many. */
const SET_RATE = 8;
const WORD_BITS = 32;

/** The accounts that a tick names, answered in ascending order: few are sorted, many pass through a set of bits. */
export class NamedRows {
  private readonly list = new RowList();
  private words = new Uint32Array(0);

  /** Makes room for rows below `end`. */
  reserve(end: number): void {
    this.list.reserve(end);
    this.words = grownWords(this.words, grownSize(this.words.length, Math.ceil(end / WORD_BITS)));
  }

  get size(): number {
    return this.list.size;
  }

  empty(): void {
    this.list.size = 0;
  }

  push(row: number): void {
    this.list.push(row);
  }

  /** Good until the next row is pushed. */
  ascending(): Uint32Array {
    const { rows, size } = this.list;
    const named = rows.subarray(0, size);
    let isAscending = true;
    for (let at = 1; at < size && isAscending; at++) isAscending = (named[at - 1] as number) < (named[at] as number);
    if (isAscending) return named;
    return size * SET_RATE < this.words.length ? named.sort() : this.throughSet(named);
  }

  private throughSet(named: Uint32Array): Uint32Array {
    const { words } = this;
    for (let at = 0; at < named.length; at++) {
      const row = named[at] as number;
      const word = row >>> 5;
      words[word] = (words[word] as number) | (1 << (row & 31));
    }
    let size = 0;
    for (let word = 0; word < words.length; word++) {
      let bits = words[word] as number;
      if (bits === 0) continue;
      words[word] = 0;
      while (bits !== 0) {
        const lowest = bits & -bits;
        named[size++] = word * WORD_BITS + 31 - Math.clz32(lowest);
        bits ^= lowest;
      }
    }
    return named.subarray(0, size);
  }
}
