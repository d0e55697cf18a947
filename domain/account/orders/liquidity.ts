import { divide, type Price, price, type Qty, qty } from '../../kernel/money';
import { type Book, type Walk, walk } from '../../market/book';
import type { Level } from '../../market/level';
import type { Side } from './order';

/** A market order takes nothing further than this from the touch. */
export const SLIPPAGE_PERCENT_MAX = 5n;

/** The side of the book that an order takes, best level first. */
export const opposingLevels = (book: Pick<Book, 'bids' | 'asks'>, side: Side): readonly Level[] =>
  side === 'buy' ? book.asks : book.bids;

/** At the limit or better for whoever trades on `side`. */
export const isWithin = (side: Side, at: Price, limit: Price): boolean => (side === 'buy' ? at <= limit : at >= limit);

/** Strictly better than the limit: the market has traded through it. */
export const isThrough = (side: Side, at: Price, limit: Price): boolean => (side === 'buy' ? at < limit : at > limit);

/** The worst price that a market order may take, 5 % from the touch; nothing while the side is empty. */
export function slippageLimit(book: Pick<Book, 'bids' | 'asks'>, side: Side): Price | undefined {
  const bestPrice = opposingLevels(book, side)[0]?.price;
  if (bestPrice === undefined) return undefined;
  return side === 'buy'
    ? price(divide(bestPrice * (100n + SLIPPAGE_PERCENT_MAX), 100n, 'floor'))
    : price(divide(bestPrice * (100n - SLIPPAGE_PERCENT_MAX), 100n, 'ceil'));
}

/** Walks the opposing levels from the best on, no further than `limit`, for at most `amount`. */
export function levelsWithin(book: Pick<Book, 'bids' | 'asks'>, side: Side, amount: Qty, limit: Price): Walk {
  const levels = opposingLevels(book, side);
  const end = levels.findIndex((level) => !isWithin(side, level.price, limit));
  return walk(end === -1 ? levels : levels.slice(0, end), amount);
}

/**
 * The levels that a market order would take of a book, or nothing when it is too thin within the slippage cap, which is
 * measured from the best price of `touched`.
 */
export function marketableLevels(
  book: Pick<Book, 'bids' | 'asks'>,
  side: Side,
  amount: Qty,
  touched = book,
): readonly Level[] | undefined {
  const limit = slippageLimit(touched, side);
  if (limit === undefined || amount <= 0n) return undefined;
  const { levels, filled } = levelsWithin(book, side, amount, limit);
  return filled === amount ? levels : undefined;
}

/** Whole steps of a quantity, so that no partial fill leaves a position that cannot be traded. */
export const wholeSteps = (amount: Qty, step: Qty): Qty => qty(amount - (amount % step));
