import type { Instant } from '../kernel/instant';
import type { Level } from './level';

/**
 * Why a side of a good book is not believed. `jumped`: its best price lies too far from the last one that was believed,
 * and has not stood for long enough. `twin`: it contradicts the other outcome of its market. `thin`: what it shows near
 * its best price is worth too little to say what anything is worth. `disagrees`: the other venues of a coin do not
 * show such a price.
 */
export type DoubtReason = 'jumped' | 'twin' | 'thin' | 'disagrees';

export type Doubt = { readonly why: DoubtReason; readonly since: Instant };

/** The sides of a book that are in doubt; of a book without any it is absent. */
export type Doubts = { readonly bid?: Doubt; readonly ask?: Doubt };

type Sides = { readonly bids: readonly Level[]; readonly asks: readonly Level[]; readonly doubts?: Doubts };

const isWrong = (doubt: Doubt | undefined): boolean => doubt !== undefined && doubt.why !== 'thin';

/**
 * The book as orders may meet it: a side that may be wrong has no levels. A thin side is real, only small: whoever
 * wants what it shows may have it, or a position in a thin market could never be left.
 */
export function believed<Some extends Sides>(book: Some): Some {
  const { doubts } = book;
  if (!isWrong(doubts?.bid) && !isWrong(doubts?.ask)) return book;
  return { ...book, bids: isWrong(doubts?.bid) ? NONE : book.bids, asks: isWrong(doubts?.ask) ? NONE : book.asks };
}

/** The book as far as nothing of it is in doubt: what marks, what triggers a stop, what the desk closes by. */
export const undoubted = <Some extends Sides>(book: Some): Some =>
  book.doubts === undefined
    ? book
    : { ...book, bids: book.doubts.bid ? NONE : book.bids, asks: book.doubts.ask ? NONE : book.asks };

const NONE: readonly Level[] = [];
