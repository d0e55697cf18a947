import type { Order } from '../../account/orders/order';
import type { Quote } from '../../market/book';
import type { Primary } from '../../market/listing';
import { touchAt } from '../../market/mark';
import { stopLevel } from '../context/trigger-price';
import { limitOf } from './exposure';

/**
 * Whether an order may fill, trigger or trail at these best prices: at all others it rests. What comes of it, if
 * anything, the matching itself says. A side that nobody quotes sets nothing to work. Stops and trails go by the mark,
 * a limit by what its venue shows.
 */
export function mayWork(order: Order, quote: Pick<Quote, 'bid' | 'ask' | 'sources'>, primary: Primary): boolean {
  const isBuy = order.side === 'buy';
  const level = stopLevel(order);
  const exit = isBuy ? quote.ask : quote.bid;
  if (order.triggeredAt === null && order.terms.type === 'trailing_stop') {
    if (!exit || order.bestPrice === null) return exit !== null;
    const isBetter = isBuy ? exit.price < order.bestPrice : exit.price > order.bestPrice;
    if (isBetter) return true;
  }
  if (order.triggeredAt === null && level !== null) {
    return exit !== null && (isBuy ? exit.price >= level : exit.price <= level);
  }
  const touch = touchAt(quote, primary);
  const shown = isBuy ? touch.ask : touch.bid;
  const limit = limitOf(order);
  if (limit === null || limit === undefined) return shown !== null;
  // A resting order fills at its limit once the market has gone through it, strictly beyond the limit.
  return shown !== null && (isBuy ? shown.price < limit : shown.price > limit);
}
