import { ALWAYS, EdgeHeap } from './edge-heap';
import { RowList } from './growing';
import { BANDED, FREE, GONE, HOT, type Positions } from './positions';

/** Fewer reached rows than this are always worth walking the heaps for. */
const WALK_MIN = 64;
/** A walk that reaches more than a row in so many costs more than looking at all of them. */
const WALK_RATE = 8;
/** The order is restored once a tick reaches less than a row in so many. */
const ORDER_RATE = 32;
/** Rows that are gone are cleared away once they are a quarter of all. */
const GONE_RATE = 4;

/**
 * The longs, or the shorts, of one instrument, ordered by the edges of their bands: a tick finds those whose edge it
 * reached, and the hot ones. When one tick reaches a large share of the rows their order is not worth its keep: it is
 * dropped, and the rows are looked at one after the other, as they lie in memory, until few are reached again.
 */
export class Ladder {
  /** Every row in the order of its arrival, those that are gone included until they are cleared away. */
  private readonly holders = new RowList();
  readonly hot = new RowList();
  private readonly down: EdgeHeap;
  private readonly up: EdgeHeap;
  private isOrdered = true;
  private reachedLast = 0;
  private goneCount = 0;
  private stale = 0;
  /** A row came or became hot: the same price again is news for it. */
  isDisturbed = false;

  constructor(private readonly positions: Positions) {
    this.down = new EdgeHeap(positions.down);
    this.up = new EdgeHeap(positions.up);
  }

  add(row: number): void {
    this.holders.push(row);
    this.isDisturbed = true;
  }

  /** The row's edges; `down` is compared with the negative of the price. */
  band(row: number, down: number, up: number): void {
    const { positions } = this;
    if (positions.state[row] === HOT) this.cool(row);
    positions.state[row] = BANDED;
    if (down === ALWAYS) this.isDisturbed = true;
    if (this.isOrdered) {
      this.down.set(row, down);
      this.up.set(row, up);
    } else {
      positions.down.key[row] = down;
      positions.up.key[row] = up;
    }
  }

  heat(row: number): void {
    const { positions, hot } = this;
    this.isDisturbed = true;
    if (positions.state[row] === HOT) return;
    if (positions.state[row] === BANDED && this.isOrdered) this.stale++;
    positions.state[row] = HOT;
    hot.push(row);
    positions.hotPlace[row] = hot.size;
  }

  remove(row: number): void {
    const { positions } = this;
    if (positions.state[row] === HOT) this.cool(row);
    if (this.isOrdered && this.down.has(row)) this.stale++;
    positions.state[row] = GONE;
    this.goneCount++;
  }

  /** Adds the rows whose bands `price` leaves; answers whether they are so many that they were looked for one by one. */
  reached(price: number, found: RowList): boolean {
    this.isDisturbed = false;
    if (this.goneCount * GONE_RATE > this.holders.size + WALK_MIN) this.clear();
    const isFew = this.reachedLast * ORDER_RATE < this.holders.size;
    if (this.isOrdered ? this.stale * 2 > this.holders.size + WALK_MIN : isFew) this.order();
    const start = found.size;
    if (this.isOrdered) {
      const max = Math.max(WALK_MIN, Math.floor(this.holders.size / WALK_RATE));
      if (this.down.reached(-price, found, max) && this.up.reached(price, found, max)) return false;
      found.size = start;
      this.isOrdered = false;
    }
    const { state, down, up } = this.positions;
    const { rows, size } = this.holders;
    for (let at = 0; at < size; at++) {
      const row = rows[at] as number;
      if (state[row] !== BANDED) continue;
      if ((down.key[row] as number) <= -price || (up.key[row] as number) <= price) found.push(row);
    }
    this.reachedLast = found.size - start;
    return true;
  }

  /** Every row that is still held, in the order of arrival. */
  *held(): Generator<number> {
    for (let at = 0; at < this.holders.size; at++) {
      const row = this.holders.at(at);
      if (this.positions.state[row] !== GONE) yield row;
    }
  }

  private cool(row: number): void {
    const { hot, positions } = this;
    const last = hot.at(--hot.size);
    const place = positions.hotPlace[row] as number;
    hot.rows[place - 1] = last;
    positions.hotPlace[last] = place;
    positions.hotPlace[row] = 0;
    if (this.isOrdered && this.down.has(row)) this.stale--;
    positions.state[row] = FREE;
  }

  private clear(): void {
    const { holders, positions } = this;
    const { down, up } = positions;
    let kept = 0;
    const wasOrdered = this.isOrdered;
    for (let at = 0; at < holders.size; at++) {
      const row = holders.at(at);
      if (positions.state[row] !== GONE) {
        holders.rows[kept++] = row;
        continue;
      }
      down.place[row] = 0;
      up.place[row] = 0;
      positions.giveBack(row);
    }
    holders.size = kept;
    this.goneCount = 0;
    if (wasOrdered) this.order();
  }

  private order(): void {
    const { holders, positions } = this;
    const { state, down, up } = positions;
    this.isOrdered = true;
    this.stale = 0;
    this.down.empty();
    this.up.empty();
    for (let at = 0; at < holders.size; at++) {
      const row = holders.at(at);
      down.place[row] = 0;
      up.place[row] = 0;
      if (state[row] !== BANDED) continue;
      this.down.append(row);
      this.up.append(row);
    }
    this.down.order();
    this.up.order();
  }
}
