import { type Order, type OrderTicket, type Side, workingOrder } from '../../account/orders/order';
import { type Price, type Qty, qty } from '../../kernel/money';
import type { Book } from '../../market/book';
import type { Level } from '../../market/level';
import type { DecisionContext } from '../context/decision-context';
import { bestExitPrice } from '../context/trigger-price';
import { worksFrom } from './works-from';

/** Who placed an order, and the entry that it is an exit of. */
export type PlacedBy = Pick<Order, 'origin' | 'entryId'>;

const TRADER: PlacedBy = { origin: 'trader', entryId: null };

/** An order as it begins to work on this state of the book. */
export function newOrder(
  context: DecisionContext,
  ticket: OrderTicket,
  book: Book,
  { origin, entryId }: PlacedBy = TRADER,
): Order {
  const { rules, at } = context;
  const { terms, side } = ticket;
  const isQueued = rules.execution.restingFills === 'queue' && terms.type === 'limit';
  return {
    ...workingOrder(ticket, { placedAt: at, bookSequence: book.sequence, origin }),
    bestPrice: terms.type === 'trailing_stop' ? bestExitPrice(book, side) : null,
    queueAhead: isQueued ? queueAt(book, side, terms.limitPrice) : null,
    worksFrom: terms.type === 'market' ? at : worksFrom(context),
    entryId,
  };
}

/**
 * What stands at a price on the side of an order: all of it goes before an order that comes now. Between levels that the
 * venue shows, and before the best, there is nothing. What lies behind the last of them nobody sees: there it is taken
 * for as much as all levels of the side hold together, which is a long queue.
 */
export function queueAt(book: Pick<Book, 'bids' | 'asks'>, side: Side, at: Price): Qty {
  const levels = side === 'buy' ? book.bids : book.asks;
  const shown = levels.find((level) => level.price === at);
  if (shown) return shown.qty;
  const last = levels.at(-1);
  const isUnseen = last !== undefined && (side === 'buy' ? at < last.price : at > last.price);
  return isUnseen ? sumOf(levels) : qty(0n);
}

const sumOf = (levels: readonly Level[]): Qty => qty(levels.reduce((sum, level) => sum + level.qty, 0n));
