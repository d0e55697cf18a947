import { EdgeHeap } from './edge-heap';
import { RowList } from './growing';
import type { Positions } from './positions';

const ALWAYS = Number.NEGATIVE_INFINITY;
/** `banded`: its price may move inside a band unseen. `hot`: each tick values its account. `gone`: removed. */
const [FREE, BANDED, HOT, GONE] = [0, 1, 2, 3];
/** Fewer reached rows than this are always worth walking the heaps for. */
const WALK_MIN = 64;
/** Beyond one reached, or hot, row in so many, looking at all of them costs less than keeping them in order. */
const WALK_RATE = 8;
/** The order is restored once a tick reaches less than a row in so many, and less than one in so many is hot. */
const ORDER_RATE = 32;
const ORDER_HOT_RATE = 16;
/** Rows that are gone are cleared away once they are a quarter of all. */
const GONE_RATE = 4;

/**
 * The longs, or the shorts, of one instrument, ordered by the edges of their bands: a tick finds those whose edge it
 * reached, and the hot ones. When one tick reaches a large share of the rows their order is not worth its keep: it is
 * dropped, with the list of the hot, and the rows are looked at one after the other, as they lie in memory, until few
 * are reached again.
 */
export class Ladder {
  /** Every row in the order of its arrival, those that are gone included until they are cleared away. */
  private readonly holders = new RowList();
  /** While there is an order; otherwise the state of the row alone says that it is hot. */
  private readonly hot = new RowList();
  private readonly down: EdgeHeap;
  private readonly up: EdgeHeap;
  private isOrdered = true;
  private reachedLast = 0;
  private hotLast = 0;
  private goneCount = 0;
  private stale = 0;
  /** How often all rows were looked at. */
  passes = 0;
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
    if (down === ALWAYS) this.isDisturbed = true;
    if (this.isOrdered) {
      if (positions.stateOf(row) === HOT) this.cool(row);
      this.down.set(row, down);
      this.up.set(row, up);
    } else {
      positions.down.key[row] = down;
      positions.up.key[row] = up;
    }
    positions.setState(row, BANDED);
  }

  isHot(row: number): boolean {
    return this.positions.stateOf(row) === HOT;
  }

  heat(row: number): void {
    const { positions, hot } = this;
    this.isDisturbed = true;
    const before = positions.stateOf(row);
    if (before === HOT) return;
    positions.setState(row, HOT);
    if (!this.isOrdered) return;
    if (before === BANDED) this.stale++;
    hot.push(row);
    positions.hotPlace[row] = hot.size;
    if (hot.size > this.walkMax()) this.disorder();
  }

  remove(row: number): void {
    const { positions } = this;
    if (this.isOrdered) {
      if (positions.stateOf(row) === HOT) this.cool(row);
      if (this.down.has(row)) this.stale++;
    }
    positions.setState(row, GONE);
    this.goneCount++;
  }

  /**
   * Adds the hot rows, then those whose bands `price` leaves, and answers how many are hot. Answers -1 and adds nothing
   * when they are too many, or in no order: `pass` finds them.
   */
  walk(price: number, found: RowList): number {
    this.isDisturbed = false;
    if (!this.isOrdered && !this.isQuiet()) return -1;
    if (!this.isOrdered) this.order();
    const start = found.size;
    const hotCount = this.hot.size;
    for (let at = 0; at < hotCount; at++) found.push(this.hot.at(at));
    const max = this.walkMax();
    if (this.down.reached(-price, found, max) && this.up.reached(price, found, max)) {
      // Afterwards: before a crash, putting in order what it drops would be lost work.
      if (this.goneCount * GONE_RATE > this.holders.size + WALK_MIN) this.clear();
      else if (this.stale * 2 > this.holders.size + WALK_MIN) this.order();
      return hotCount;
    }
    found.size = start;
    this.disorder();
    return -1;
  }

  /** Adds the hot rows and those whose bands `price` leaves, in the order of arrival; what is gone is cleared away. */
  pass(price: number, found: RowList): void {
    const { positions, holders } = this;
    const states = positions.state;
    const downs = positions.down.key;
    const ups = positions.up.key;
    const { rows, size } = holders;
    const start = found.size;
    let [kept, hotCount] = [0, 0];
    for (let at = 0; at < size; at++) {
      const row = rows[at] as number;
      const state = states[row] as number;
      if (state === GONE) {
        positions.giveBack(row);
        continue;
      }
      rows[kept++] = row;
      if (state === HOT) hotCount++;
      else if ((downs[row] as number) > -price && (ups[row] as number) > price) continue;
      found.push(row);
    }
    holders.size = kept;
    this.goneCount = 0;
    this.hotLast = hotCount;
    this.reachedLast = found.size - start - hotCount;
    this.passes++;
  }

  /** Every row that is still held, in the order of arrival. */
  *held(): Generator<number> {
    for (let at = 0; at < this.holders.size; at++) {
      const row = this.holders.at(at);
      if (this.positions.stateOf(row) !== GONE) yield row;
    }
  }

  private walkMax(): number {
    return Math.max(WALK_MIN, Math.floor(this.holders.size / WALK_RATE));
  }

  private isQuiet(): boolean {
    const { size } = this.holders;
    return size <= WALK_MIN || (this.reachedLast * ORDER_RATE < size && this.hotLast * ORDER_HOT_RATE < size);
  }

  /** Only a pass can tell that it is quiet again. */
  private disorder(): void {
    this.isOrdered = false;
    this.hot.size = 0;
    this.reachedLast = this.holders.size;
  }

  private cool(row: number): void {
    const { hot, positions } = this;
    const last = hot.at(--hot.size);
    const place = positions.hotPlace[row] as number;
    hot.rows[place - 1] = last;
    positions.hotPlace[last] = place;
    if (this.down.has(row)) this.stale--;
    positions.setState(row, FREE);
  }

  private clear(): void {
    const { holders, positions } = this;
    let kept = 0;
    for (let at = 0; at < holders.size; at++) {
      const row = holders.at(at);
      if (positions.stateOf(row) === GONE) positions.giveBack(row);
      else holders.rows[kept++] = row;
    }
    holders.size = kept;
    this.goneCount = 0;
    this.order();
  }

  private order(): void {
    const { holders, positions, hot } = this;
    const { down, up } = positions;
    this.isOrdered = true;
    this.stale = 0;
    hot.size = 0;
    this.down.empty();
    this.up.empty();
    for (let at = 0; at < holders.size; at++) {
      const row = holders.at(at);
      down.place[row] = 0;
      up.place[row] = 0;
      const state = positions.stateOf(row);
      if (state === BANDED) {
        this.down.append(row);
        this.up.append(row);
      } else if (state === HOT) {
        hot.push(row);
        positions.hotPlace[row] = hot.size;
      }
    }
    this.down.order();
    this.up.order();
  }
}
