import { parsePrice } from '../../../../domain/kernel/money';
import type { Level } from '../../../../domain/market/level';
import type { Change } from '../wire/frames';
import type { PolymarketBook } from './book';

/** The best prices that the venue named with a change: those after the whole of what the change is a part of. */
export type Word = Pick<Change, 'best_bid' | 'best_ask'>;

/** Undefined where a change names none: events of the older form do not. */
export const wordOf = (change: Change | undefined): Word | undefined =>
  change && (change.best_bid !== undefined || change.best_ask !== undefined) ? change : undefined;

/** Whether a book has the best prices that the venue named. Where it named none there is nothing to disagree with. */
export function agrees(book: PolymarketBook, word: Word | undefined): boolean {
  return isBest(book.best('BUY'), word?.best_bid) && isBest(book.best('SELL'), word?.best_ask);
}

/** Absent says nothing; an empty side is an empty text, or a price of 0 or 1. */
function isBest(level: Level | undefined, said: string | undefined): boolean {
  if (said === undefined) return true;
  if (said === '' || said === '0' || said === '1') return level === undefined;
  return level?.price === parsePrice(said);
}
