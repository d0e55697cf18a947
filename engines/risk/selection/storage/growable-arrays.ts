/** Half as much again: a table of a million rows never holds a million empty ones. */
export const grownSize = (size: number, needed: number): number =>
  needed <= size ? size : Math.max(needed, Math.ceil(size * 1.5), 16);

export function grownFloats(old: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  if (size <= old.length) return old;
  const grown = new Float64Array(size);
  grown.set(old);
  return grown;
}

export function grownWords(old: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  if (size <= old.length) return old;
  const grown = new Uint32Array(size);
  grown.set(old);
  return grown;
}

export function grownBytes(old: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  if (size <= old.length) return old;
  const grown = new Uint8Array(size);
  grown.set(old);
  return grown;
}

export function grownBigs(old: BigInt64Array<ArrayBuffer>, size: number): BigInt64Array<ArrayBuffer> {
  if (size <= old.length) return old;
  const grown = new BigInt64Array(size);
  grown.set(old);
  return grown;
}

/** A list of row numbers that is emptied and filled again without making garbage. */
export class RowList {
  rows = new Uint32Array(64);
  size = 0;

  push(row: number): void {
    if (this.size === this.rows.length) this.rows = grownWords(this.rows, grownSize(this.size, this.size + 1));
    this.rows[this.size++] = row;
  }

  /** Makes room for so many rows. */
  reserve(size: number): void {
    this.rows = grownWords(this.rows, grownSize(this.rows.length, size));
  }

  at(index: number): number {
    return this.rows[index] as number;
  }
}

/** Row numbers for a table: those that were given back are given out again before new ones. */
export class Rows {
  private readonly free = new RowList();
  private next = 0;

  /** All row numbers given out so far are below it. */
  get end(): number {
    return this.next;
  }

  take(): number {
    return this.free.size > 0 ? this.free.at(--this.free.size) : this.next++;
  }

  giveBack(row: number): void {
    this.free.push(row);
  }
}
