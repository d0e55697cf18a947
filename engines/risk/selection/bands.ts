import { grownFloats, grownSize, grownWords } from './storage/growable-arrays';

/** Reached by any price. */
export const ALWAYS = Number.NEGATIVE_INFINITY;
/** Reached by no price. */
export const NEVER = Number.POSITIVE_INFINITY;

/** So many slots share the least of their edges: few enough to look through, so many that most are passed over. */
export const BLOCK = 32;
/** The owner of a free slot. */
export const NOBODY = 0x7fff_ffff;
const BLOCK_BITS = 5;
/** Each slot, and each block, has an edge for a falling price, kept as its negative, and one for a rising price. */
const [EDGES, DOWN, UP] = [2, 0, 1];

/** The band of each position, the two edges between which its price may move unseen, and the least ones by block. */
export class Bands {
  edges = new Float64Array(0);
  least = new Float64Array(0);
  /** The account of each slot. */
  owners = new Uint32Array(0);
  private end = 0;

  /** Answers the number of a new block, in which every slot is free. */
  takeBlock(): number {
    const block = this.end++;
    const before = this.owners.length;
    const size = grownSize(before / BLOCK, this.end) * BLOCK;
    if (size > before) {
      this.owners = grownWords(this.owners, size).fill(NOBODY, before);
      this.edges = grownFloats(this.edges, size * EDGES).fill(NEVER, before * EDGES);
      this.least = grownFloats(this.least, (size / BLOCK) * EDGES).fill(NEVER, (before / BLOCK) * EDGES);
    }
    return block;
  }

  set(slot: number, down: number, up: number): void {
    this.edges[slot * EDGES + DOWN] = down;
    this.edges[slot * EDGES + UP] = up;
    this.lower((slot >>> BLOCK_BITS) * EDGES, down, up);
  }

  ownerOf(slot: number): number {
    return this.owners[slot] as number;
  }

  /** Finds the least edges of the block anew: `set` only lowers them, so they fall behind when bands move away. */
  measure(block: number): void {
    const { edges, least } = this;
    let [leastDown, leastUp] = [NEVER, NEVER];
    for (let at = block * BLOCK * EDGES; at < (block + 1) * BLOCK * EDGES; at += EDGES) {
      const down = edges[at + DOWN] as number;
      const up = edges[at + UP] as number;
      if (down < leastDown) leastDown = down;
      if (up < leastUp) leastUp = up;
    }
    least[block * EDGES + DOWN] = leastDown;
    least[block * EDGES + UP] = leastUp;
  }

  private lower(at: number, down: number, up: number): void {
    const { least } = this;
    if (down < (least[at + DOWN] as number)) least[at + DOWN] = down;
    if (up < (least[at + UP] as number)) least[at + UP] = up;
  }
}
