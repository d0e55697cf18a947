import type { Order } from '../account/order';
import { isThrough, opposing } from '../account/taking';
import { type Price, type Qty, qty } from '../kernel/money';
import type { Book } from '../market/book';
import type { VenueTrade } from '../market/venue-trade';
import type { Execution } from './rules';

/** What the venue shows on the other side, strictly better than the limit: the market has come through it. */
export const shownThrough = (book: Pick<Book, 'bids' | 'asks'>, { side }: Order, limit: Price): Qty =>
  opposing(book, side).reduce(
    (sum, level) => (isThrough(side, level.price, limit) ? qty(sum + level.qty) : sum),
    qty(0n),
  );

export type Counted = {
  /** What the trades let the order have: all that went through its price, and what went past its queue. */
  readonly traded: Qty;
  /** The order with its queue shortened and the trades seen; the same order where none concerned it. */
  readonly order: Order;
};

/**
 * Counts the venue's trades since the order was placed or last counted. A trade strictly beyond the limit fills it;
 * with `queue` a trade at the limit, by somebody who came to it, first consumes what stood before the order.
 */
export function countTape(
  order: Order,
  limit: Price,
  tape: readonly VenueTrade[],
  { restingFills }: Execution,
): Counted {
  let [through, at, seenAt] = [0n, 0n, order.tapeSeenAt];
  for (const trade of tape) {
    if (trade.receivedAt <= order.tapeSeenAt) continue;
    if (isThrough(order.side, trade.price, limit)) through += trade.qty;
    else if (restingFills === 'queue' && trade.price === limit && trade.taker !== order.side) at += trade.qty;
    else continue;
    if (trade.receivedAt > seenAt) seenAt = trade.receivedAt;
  }
  if (seenAt === order.tapeSeenAt) return { traded: qty(0n), order };
  const ahead = order.queueAhead ?? 0n;
  const past = at > ahead ? at - ahead : 0n;
  // A trade beyond the price means that nobody stands at it any more.
  const left = through > 0n || at >= ahead ? 0n : ahead - at;
  const queueAhead = order.queueAhead === null ? null : qty(left);
  return { traded: qty(through + past), order: { ...order, queueAhead, tapeSeenAt: seenAt } };
}
