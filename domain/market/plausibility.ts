import { absolute } from '../kernel/money';
import type { Book } from './book';

/** What is known of an instrument's recent good prices. `mid2` is twice the mid price, so that it stays whole. */
export type PriceMemory = {
  readonly mid2: bigint;
  /** A price far from `mid2`, and how many books in a row have shown it. */
  readonly rival?: { readonly mid2: bigint; readonly seen: number };
};

const JUMP_PERCENT_MAX = 20n;
/** So many books in a row at the new level make it the price. */
const CONFIRMATIONS = 3;

export type Plausibility = { readonly book: Book; readonly memory: PriceMemory | undefined };

/**
 * A good book whose mid lies more than 20 % away from the last good one is quarantined (`gapped`) until three books in
 * a row agree on the new level: one shifted decimal never fills an order nor fails an account. Probabilities jump when
 * news breaks, so outcomes are not held to it.
 */
export function plausible(book: Book, memory: PriceMemory | undefined, kind: 'spot' | 'outcome'): Plausibility {
  const [bid, ask] = [book.bids[0], book.asks[0]];
  if (book.quality !== 'good' || !bid || !ask || kind === 'outcome') return { book, memory };
  const mid2 = bid.price + ask.price;
  if (!memory || isNear(mid2, memory.mid2)) return { book, memory: { mid2 } };
  const seen = memory.rival && isNear(mid2, memory.rival.mid2) ? memory.rival.seen + 1 : 1;
  if (seen >= CONFIRMATIONS) return { book, memory: { mid2 } };
  return { book: { ...book, quality: 'gapped' }, memory: { mid2: memory.mid2, rival: { mid2, seen } } };
}

const isNear = (mid2: bigint, reference: bigint): boolean =>
  absolute(mid2 - reference) * 100n <= reference * JUMP_PERCENT_MAX;
