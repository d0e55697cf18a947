import { ALWAYS, type Bands, BLOCK, NEVER, NOBODY } from './bands';
import type { Records } from './records';
import { RowList } from './storage/growable-arrays';
import type { NamedRows } from './storage/named-rows';

const [EDGES, DOWN, UP] = [2, 0, 1];
/** A block with more reached slots than this is likely to be looked into again: its least edges stay as they are. */
const FEW = 3;
/** Blocks taken at a time, which then lie side by side. */
const TOGETHER = 8;

/**
 * The longs, or the shorts, of one instrument: blocks of slots with a band each. A tick compares the least edges of
 * each block with the price, and looks into those blocks alone in which one is reached. In a crash these are all of
 * them: a plain scan, over numbers that lie side by side. Shorts have negative prices, so what falls is lost.
 *
 * Accounts with one position alone have an index of their own: the edge on the losing side says all about them.
 */
export class EdgeIndex {
  private readonly blocks = new RowList();
  private readonly free = new RowList();

  constructor(
    private readonly bands: Bands,
    private readonly records: Records,
    private readonly isOfSingles: boolean,
  ) {}

  /** Answers the slot of a position that has no band yet. */
  add(account: number): number {
    if (this.free.size === 0) this.grow();
    const slot = this.free.at(--this.free.size);
    this.bands.owners[slot] = account;
    return slot;
  }

  remove(slot: number): void {
    this.bands.set(slot, NEVER, NEVER);
    this.bands.owners[slot] = NOBODY;
    this.free.push(slot);
  }

  /**
   * Names the accounts that the price decides something about, as far as one edge says it, and adds the others whose
   * bands it leaves to `found`.
   */
  tick(price: number, named: NamedRows, found: RowList): void {
    const { least } = this.bands;
    const { rows, size } = this.blocks;
    for (let nth = 0; nth < size; nth++) {
      const block = rows[nth] as number;
      const at = block * EDGES;
      if ((least[at + DOWN] as number) <= -price || (least[at + UP] as number) <= price) {
        this.lookInto(block, price, named, found);
      }
    }
  }

  /** Every account with a position here. */
  *held(): Generator<number> {
    const { bands, blocks, records } = this;
    for (let nth = 0; nth < blocks.size; nth++) {
      const from = blocks.at(nth) * BLOCK;
      for (let slot = from; slot < from + BLOCK; slot++) {
        const account = bands.ownerOf(slot);
        if (account !== NOBODY && !records.isGone(account)) yield account;
      }
    }
  }

  private lookInto(block: number, price: number, named: NamedRows, found: RowList): void {
    const { isOfSingles, records } = this;
    const { edges, owners } = this.bands;
    const before = named.size + found.size;
    const from = block * BLOCK;
    for (let slot = from; slot < from + BLOCK; slot++) {
      const down = edges[slot * EDGES + DOWN] as number;
      if (down > -price && (edges[slot * EDGES + UP] as number) > price) continue;
      const account = owners[slot] as number;
      if (records.isGone(account)) {
        edges[slot * EDGES + DOWN] = NEVER;
        edges[slot * EDGES + UP] = NEVER;
      } else if (isOfSingles && down <= -price && down !== ALWAYS) named.push(account);
      else found.push(account);
    }
    if (named.size + found.size - before <= FEW) this.bands.measure(block);
  }

  /** The lowest slots are given out first. */
  private grow(): void {
    const { bands, blocks, free } = this;
    for (let nth = 0; nth < TOGETHER; nth++) blocks.push(bands.takeBlock());
    for (let nth = blocks.size - 1; nth >= blocks.size - TOGETHER; nth--) {
      const from = blocks.at(nth) * BLOCK;
      for (let slot = from + BLOCK - 1; slot >= from; slot--) free.push(slot);
    }
  }
}
