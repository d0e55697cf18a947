import { grownFloats, grownSize, grownWords, type RowList } from './growing';

/** Always reached, by any price: the row is looked at on each tick. */
export const HOT = Number.NEGATIVE_INFINITY;
/** Reached by no price. */
export const NEVER = Number.POSITIVE_INFINITY;

const ABSENT = 0;
/** Fewer reached rows than this are always worth walking the heap for. */
const WALK_MIN = 64;
/** A walk that reaches more than a row in so many costs more than looking at all of them. */
const WALK_RATE = 8;
/** The order is restored once a tick reaches less than a row in so many. */
const ORDER_RATE = 32;

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
 * its place, so a changed or removed row leaves nothing stale behind. When one price reaches a large share of the rows,
 * order is not worth its keep: the heap turns into a plain list that is scanned, until few are reached again.
 */
export class EdgeHeap {
  private rows = new Uint32Array(0);
  private isOrdered = true;
  private reachedLast = 0;
  size = 0;

  constructor(private readonly edges: Edges) {}

  has(row: number): boolean {
    return this.edges.place[row] !== ABSENT;
  }

  rowAt(index: number): number {
    return this.rows[index] as number;
  }

  /** Puts the row at this edge, whether it was here before or not. */
  set(row: number, key: number): void {
    const { edges } = this;
    const place = edges.place[row] as number;
    if (place === ABSENT) {
      if (this.size === this.rows.length) this.rows = grownWords(this.rows, grownSize(this.size, this.size + 1));
      edges.key[row] = key;
      this.rows[this.size++] = row;
      edges.place[row] = this.size;
      if (this.isOrdered) this.rise(this.size - 1);
      return;
    }
    const before = edges.key[row] as number;
    if (before === key) return;
    edges.key[row] = key;
    if (!this.isOrdered) return;
    if (key < before) this.rise(place - 1);
    else this.sink(place - 1);
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
    if (!this.isOrdered) return;
    this.rise(place - 1);
    this.sink((edges.place[last] as number) - 1);
  }

  /** Adds every row whose edge is at or below `limit` to `found`, in no particular order. */
  reached(limit: number, found: RowList): void {
    if (this.size === 0) return;
    if (!this.isOrdered && this.reachedLast * ORDER_RATE < this.size) this.order();
    const start = found.size;
    if (!this.isOrdered || !this.walk(limit, found)) this.scan(limit, found);
    this.reachedLast = found.size - start;
  }

  /** The rows reached so far are the queue of what is still to be walked: below an edge not reached none is. */
  private walk(limit: number, found: RowList): boolean {
    const { rows, size } = this;
    const { key, place } = this.edges;
    if ((key[rows[0] as number] as number) > limit) return true;
    const start = found.size;
    const end = start + Math.max(WALK_MIN, Math.floor(size / WALK_RATE));
    found.push(rows[0] as number);
    for (let at = start; at < found.size; at++) {
      if (found.size > end) {
        found.size = start;
        this.isOrdered = false;
        return false;
      }
      const child = 2 * (place[found.at(at)] as number) - 1;
      if (child < size && (key[rows[child] as number] as number) <= limit) found.push(rows[child] as number);
      if (child + 1 < size && (key[rows[child + 1] as number] as number) <= limit)
        found.push(rows[child + 1] as number);
    }
    return true;
  }

  private scan(limit: number, found: RowList): void {
    const { rows, size } = this;
    const { key } = this.edges;
    for (let at = 0; at < size; at++) {
      const row = rows[at] as number;
      if ((key[row] as number) <= limit) found.push(row);
    }
  }

  private order(): void {
    this.isOrdered = true;
    for (let at = (this.size >> 1) - 1; at >= 0; at--) this.sink(at);
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
