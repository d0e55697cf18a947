import type { Order } from '../../account/orders/order';
import type { Quote } from '../../market/book';
import { stopLevel } from '../context/trigger-price';
import { limitOf } from './exposure';

/**
 * Whether an order may fill, trigger or trail at these best prices: at all others it rests. What comes of it, if
 * anything, the matching itself says. A side that nobody quotes sets nothing to work.
 */
export function mayWork(order: Order, { bid, ask }: Pick<Quote, 'bid' | 'ask'>): boolean {
  const isBuy = order.side === 'buy';
  const level = stopLevel(order);
  const exit = isBuy ? ask : bid;
  if (order.triggeredAt === null && order.terms.type === 'trailing_stop') {
    if (!exit || order.bestPrice === null) return exit !== null;
    const isBetter = isBuy ? exit.price < order.bestPrice : exit.price > order.bestPrice;
    if (isBetter) return true;
  }
  if (order.triggeredAt === null && level !== null) {
    return exit !== null && (isBuy ? exit.price >= level : exit.price <= level);
  }
  const limit = limitOf(order);
  if (limit === null || limit === undefined) return exit !== null;
  // A resting order fills at its limit once the market has gone through it, strictly beyond the limit.
  return exit !== null && (isBuy ? exit.price < limit : exit.price > limit);
}
