import { opposingLevels } from '../../account/orders/liquidity';
import type { Order, Side, Trail } from '../../account/orders/order';
import { divide, MILLION, type Price, price } from '../../kernel/money';
import type { Book } from '../../market/book';
import { undoubted } from '../../market/doubt';

/**
 * What an order of this side would trade at now, as stops are measured: at the mark. Null while that side is empty, or
 * in doubt.
 */
export function bestExitPrice(book: Pick<Book, 'bids' | 'asks' | 'doubts' | 'mark'>, side: Side): Price | null {
  if (book.mark) return (side === 'buy' ? book.mark.ask : book.mark.bid)?.price ?? null;
  return opposingLevels(undoubted(book), side)[0]?.price ?? null;
}

/** A share of the best price is rounded up: the stop stays the wider way. */
const distanceOf = (trail: Trail, best: Price): bigint =>
  trail.kind === 'price' ? trail.price : divide(best * trail.share, MILLION, 'ceil');

/** The price that triggers an order; null for one that has no stop, or whose trail has seen no price yet. */
export function stopLevel({ terms, side, bestPrice }: Pick<Order, 'terms' | 'side' | 'bestPrice'>): Price | null {
  switch (terms.type) {
    case 'stop':
    case 'stop_limit':
      return terms.stopPrice;
    case 'trailing_stop': {
      if (bestPrice === null) return null;
      const distance = distanceOf(terms.trail, bestPrice);
      return price(side === 'sell' ? bestPrice - distance : bestPrice + distance);
    }
    case 'market':
    case 'limit':
      return null;
  }
}

/** A sale is triggered at its stop or below it, a buy at it or above. */
export function isReached(order: Order, exit: Price): boolean {
  const level = stopLevel(order);
  if (level === null) return false;
  return order.side === 'sell' ? exit <= level : exit >= level;
}

/** A trail follows in steps of this part of its distance: finer ones would only be noise in the account's history. */
export const STEPS_PER_DISTANCE = 100n;

/**
 * The order with its trail moved up to a better exit price, never back; the same order where there is nothing to move.
 * It has then met that state of the book: one of before, read again after an outage, is not held against the new stop.
 */
export function trailedOrder(order: Order, exit: Price, bookSequence: number): Order {
  if (order.terms.type !== 'trailing_stop') return order;
  const best = order.bestPrice;
  if (best === null) return { ...order, bestPrice: exit, bookSequence };
  const gained = order.side === 'sell' ? exit - best : best - exit;
  if (gained <= 0n || gained * STEPS_PER_DISTANCE < distanceOf(order.terms.trail, best)) return order;
  return { ...order, bestPrice: exit, bookSequence };
}
