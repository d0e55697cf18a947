import { Edges } from './edge-heap';
import { grownFloats, grownSize, grownWords, Rows } from './growing';

/** A position's three words: its account, its ladder, the account's next position. */
const LINKS = 3;
const [LADDER, NEXT] = [1, 2];

/** The positions of all accounts in floating point; those of one account follow one another by `next`. */
export class Positions {
  links = new Uint32Array(0);
  /** One byte a row, which its ladder keeps. */
  state = new Uint8Array(0);
  /** Two numbers a row: signed quantity, and the exit price at which the position's own loss reaches its limit. */
  sizes = new Float64Array(0);
  /** Where a hot row stands in the list of the hot. */
  hotPlace = new Uint32Array(0);
  /** Edges of falling and of rising prices. */
  readonly down = new Edges();
  readonly up = new Edges();
  private readonly rows = new Rows();

  constructor() {
    this.rows.take(); // Row 0 stands for no position.
  }

  add(account: number, ladder: number, next: number, qty: number, stopPrice: number): number {
    const row = this.rows.take();
    this.reserve();
    this.links[row * LINKS] = account;
    this.links[row * LINKS + LADDER] = ladder;
    this.links[row * LINKS + NEXT] = next;
    this.state[row] = 0;
    this.sizes[row * 2] = qty;
    this.sizes[row * 2 + 1] = stopPrice;
    // Who had the row before may have left it in a heap that is no longer in order.
    this.down.place[row] = 0;
    this.up.place[row] = 0;
    return row;
  }

  giveBack(row: number): void {
    this.rows.giveBack(row);
  }

  ownerOf(row: number): number {
    return this.links[row * LINKS] as number;
  }

  ladderOf(row: number): number {
    return this.links[row * LINKS + LADDER] as number;
  }

  nextOf(row: number): number {
    return this.links[row * LINKS + NEXT] as number;
  }

  isLong(row: number): boolean {
    return (this.sizes[row * 2] as number) > 0;
  }

  stopOf(row: number): number {
    return this.sizes[row * 2 + 1] as number;
  }

  stateOf(row: number): number {
    return this.state[row] as number;
  }

  setState(row: number, state: number): void {
    this.state[row] = state;
  }

  private reserve(): void {
    const size = grownSize(this.hotPlace.length, this.rows.end);
    this.links = grownWords(this.links, size * LINKS);
    this.sizes = grownFloats(this.sizes, size * 2);
    this.hotPlace = grownWords(this.hotPlace, size);
    this.down.reserve(size);
    this.up.reserve(size);
    if (size <= this.state.length) return;
    const state = new Uint8Array(size);
    state.set(this.state);
    this.state = state;
  }
}
