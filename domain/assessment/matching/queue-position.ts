import type { TradePart } from '../../account/account-event';
import { isThrough, opposingLevels } from '../../account/orders/liquidity';
import type { Order } from '../../account/orders/order';
import { type Price, qty } from '../../kernel/money';
import type { Book } from '../../market/book';
import type { Level } from '../../market/level';
import type { VenueTrade } from '../../market/venue-trade';
import type { Execution } from '../rules/rule-set';

/** What the venue shows on the other side, strictly better than the limit: the market has come through it. */
export const levelsThrough = (
  book: Pick<Book, 'bids' | 'asks'>,
  { side }: Pick<Order, 'side'>,
  limit: Price,
): readonly Level[] => opposingLevels(book, side).filter((level) => isThrough(side, level.price, limit));

export type Counted = {
  /** Trade by trade, in their order: all that went through its price, and what went past its queue. */
  readonly credits: readonly TradePart[];
  /** The order with its queue shortened and the trades seen; the same order where none concerned it. */
  readonly order: Order;
};

/**
 * Counts the venue's trades since the order was placed or last counted. A trade strictly beyond the limit fills it;
 * with `queue` a trade at the limit, by somebody who came to it, first consumes what stood before the order. Trades are
 * counted one after another, so that it does not matter how many of them are counted at a time. What was traded before
 * the order reached the market is none of its business, however late it is told.
 */
export function countTape(
  order: Order,
  limit: Price,
  tape: readonly VenueTrade[],
  { restingFills }: Execution,
): Counted {
  const credits: TradePart[] = [];
  let ahead: bigint = order.queueAhead ?? 0n;
  let seenAt = order.tapeSeenAt;
  for (const { tradeId, price, qty: traded, taker, venueAt, receivedAt } of tape) {
    if (receivedAt <= order.tapeSeenAt || venueAt <= order.worksFrom) continue;
    const isPast = isThrough(order.side, price, limit);
    if (!isPast && (restingFills !== 'queue' || price !== limit || taker === order.side)) continue;
    // A trade beyond the price means that nobody stands at it any more.
    if (isPast) ahead = 0n;
    if (traded > ahead) credits.push({ tradeId, qty: qty(traded - ahead) });
    ahead = traded > ahead ? 0n : ahead - traded;
    if (receivedAt > seenAt) seenAt = receivedAt;
  }
  if (seenAt === order.tapeSeenAt) return { credits, order };
  return {
    credits,
    order: { ...order, queueAhead: order.queueAhead === null ? null : qty(ahead), tapeSeenAt: seenAt },
  };
}
