import { Edges } from './edge-heap';
import { grownFloats, grownSize, grownWords, Rows } from './growing';

/** `banded`: its price may move inside a band unseen. `hot`: each tick values its account. `gone`: removed. */
export const [FREE, BANDED, HOT, GONE] = [0, 1, 2, 3] as const;
export const NONE = 0;

/** The positions of all accounts in floating point; those of one account follow one another by `next`. */
export class Positions {
  /** Three numbers a row: its account, its instrument, the account's next position. */
  links = new Uint32Array(0);
  /** Two numbers a row: signed quantity, and the exit price at which the position's own loss reaches its limit. */
  sizes = new Float64Array(0);
  state = new Uint8Array(0);
  /** Where a hot row stands in the list of the hot. */
  hotPlace = new Uint32Array(0);
  /** Edges of falling and of rising prices. */
  readonly down = new Edges();
  readonly up = new Edges();
  private readonly rows = new Rows();

  constructor() {
    this.rows.take(); // Row 0 stands for no position.
  }

  add(account: number, instrument: number, next: number, qty: number, stopPrice: number): number {
    const row = this.rows.take();
    this.reserve();
    this.links[row * 3] = account;
    this.links[row * 3 + 1] = instrument;
    this.links[row * 3 + 2] = next;
    this.sizes[row * 2] = qty;
    this.sizes[row * 2 + 1] = stopPrice;
    this.state[row] = FREE;
    return row;
  }

  giveBack(row: number): void {
    this.state[row] = FREE;
    this.rows.giveBack(row);
  }

  ownerOf(row: number): number {
    return this.links[row * 3] as number;
  }

  instrumentOf(row: number): number {
    return this.links[row * 3 + 1] as number;
  }

  nextOf(row: number): number {
    return this.links[row * 3 + 2] as number;
  }

  isLong(row: number): boolean {
    return (this.sizes[row * 2] as number) > 0;
  }

  private reserve(): void {
    const size = grownSize(this.state.length, this.rows.end);
    this.links = grownWords(this.links, size * 3);
    this.sizes = grownFloats(this.sizes, size * 2);
    this.hotPlace = grownWords(this.hotPlace, size);
    this.down.reserve(size);
    this.up.reserve(size);
    if (size > this.state.length) {
      const state = new Uint8Array(size);
      state.set(this.state);
      this.state = state;
    }
  }
}
