import { type Price, price } from '../kernel/money';
import { type Book, type Quote, quoteOf } from './book';
import { believed } from './doubt';

/** The mid, rounded down to a unit of 10^-8; undefined while a side is empty. */
export const midOf = ({ bid, ask }: Quote): Price | undefined =>
  bid && ask ? price((bid.price + ask.price) / 2n) : undefined;

/** The mid that a book is drawn at; undefined while it is no price. What a thin market shows is drawn all the same. */
export function drawnMidOf(book: Book): Price | undefined {
  const { doubts: _, ...shown } = believed(book);
  const quote = quoteOf(shown);
  return quote && midOf(quote);
}
