import { grownFloats, grownSize, grownWords, type RowList } from './growing';

/** Reached by any price. */
export const ALWAYS = Number.NEGATIVE_INFINITY;
/** Reached by no price. */
export const NEVER = Number.POSITIVE_INFINITY;

const ABSENT = 0;

/** The edge of each row and its place in the one heap that holds it; shared by all heaps over the same rows. */
export class Edges {
  key = new Float64Array(0);
  place = new Uint32Array(0);

  /** Makes room for rows below `end`. */
  reserve(end: number): void {
    const size = grownSize(this.key.length, end);
    this.key = grownFloats(this.key, size);
    this.place = grownWords(this.place, size);
  }
}

/**
 * Rows ordered by their edges, smallest first: a price touches only the rows whose edges it has reached. Each row knows
 * its place, so a row that was changed or removed leaves nothing behind.
 */
export class EdgeHeap {
  private rows = new Uint32Array(0);
  size = 0;

  constructor(private readonly edges: Edges) {}

  /** The smallest edge. */
  get least(): number {
    return this.size === 0 ? NEVER : (this.edges.key[this.rows[0] as number] as number);
  }

  has(row: number): boolean {
    return this.edges.place[row] !== ABSENT;
  }

  /** Puts the row at this edge, whether it was here before or not. */
  set(row: number, key: number): void {
    const { edges } = this;
    const place = edges.place[row] as number;
    const before = edges.key[row] as number;
    if (place === ABSENT) {
      edges.key[row] = key;
      this.append(row);
      this.rise(this.size - 1);
    } else if (before !== key) {
      edges.key[row] = key;
      if (key < before) this.rise(place - 1);
      else this.sink(place - 1);
    }
  }

  remove(row: number): void {
    const { edges, rows } = this;
    const place = edges.place[row] as number;
    if (place === ABSENT) return;
    edges.place[row] = ABSENT;
    const last = rows[--this.size] as number;
    if (last === row) return;
    rows[place - 1] = last;
    edges.place[last] = place;
    this.rise(place - 1);
    this.sink((edges.place[last] as number) - 1);
  }

  /** Leaves the heap empty; the places of its rows are the caller's to clear before they are filled in again. */
  empty(): void {
    this.size = 0;
  }

  /** Takes a row without putting it in order: `order` follows. */
  append(row: number): void {
    if (this.size === this.rows.length) this.rows = grownWords(this.rows, grownSize(this.size, this.size + 1));
    this.rows[this.size++] = row;
    this.edges.place[row] = this.size;
  }

  order(): void {
    for (let at = (this.size >> 1) - 1; at >= 0; at--) this.sink(at);
  }

  /**
   * Adds the rows whose edges are at or below `limit` to `found`, in no particular order. With more than `max` of them it
   * gives up, answers false and has added nothing. The rows added are the queue of what is still to be walked: below an
   * edge that is not reached none is.
   */
  reached(limit: number, found: RowList, max: number): boolean {
    const { rows, size } = this;
    const { key, place } = this.edges;
    if (this.least > limit || size === 0) return true;
    const start = found.size;
    found.push(rows[0] as number);
    for (let at = start; at < found.size; at++) {
      if (found.size - start > max) {
        found.size = start;
        return false;
      }
      const child = 2 * (place[found.at(at)] as number) - 1;
      if (child < size && (key[rows[child] as number] as number) <= limit) found.push(rows[child] as number);
      if (child + 1 < size && (key[rows[child + 1] as number] as number) <= limit)
        found.push(rows[child + 1] as number);
    }
    return true;
  }

  private rise(from: number): void {
    const { rows } = this;
    const { key, place } = this.edges;
    const row = rows[from] as number;
    const edge = key[row] as number;
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = rows[up] as number;
      if ((key[parent] as number) <= edge) break;
      rows[at] = parent;
      place[parent] = at + 1;
      at = up;
    }
    rows[at] = row;
    place[row] = at + 1;
  }

  private sink(from: number): void {
    const { rows, size } = this;
    const { key, place } = this.edges;
    const row = rows[from] as number;
    const edge = key[row] as number;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (key[rows[child + 1] as number] as number) < (key[rows[child] as number] as number))
        child++;
      const below = rows[child] as number;
      if ((key[below] as number) >= edge) break;
      rows[at] = below;
      place[below] = at + 1;
      at = child;
    }
    rows[at] = row;
    place[row] = at + 1;
  }
}
