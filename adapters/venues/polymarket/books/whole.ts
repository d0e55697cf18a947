import type { BookEvent } from '../wire/frames';
import { PolymarketBook } from './book';

/** A whole book as it was taken: everything else is applied on it. */
export type Whole = {
  readonly book: PolymarketBook;
  readonly ms: number;
  readonly hash: string;
  readonly isFromRest: boolean;
};

/** `before`: what was known until then. */
export const wholeOf = ({ bids, asks, timestamp, hash }: BookEvent, before: Whole, isFromRest: boolean): Whole => ({
  book: PolymarketBook.of(bids, asks, before.book),
  ms: Number(timestamp),
  hash,
  isFromRest,
});
