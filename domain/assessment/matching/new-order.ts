import { type Order, type OrderTicket, type Side, workingOrder } from '../../account/orders/order';
import { type Price, type Qty, qty } from '../../kernel/money';
import type { Book } from '../../market/book';
import type { DecisionContext } from '../context/decision-context';
import { bestExitPrice } from '../context/trigger-price';

/** Who placed an order, and the entry that it is an exit of. */
export type PlacedBy = Pick<Order, 'origin' | 'entryId'>;

const TRADER: PlacedBy = { origin: 'trader', entryId: null };

/** An order as it begins to work on this state of the book. */
export function newOrder(
  { rules, at }: DecisionContext,
  ticket: OrderTicket,
  book: Book,
  { origin, entryId }: PlacedBy = TRADER,
): Order {
  const { terms, side } = ticket;
  const isQueued = rules.execution.restingFills === 'queue' && terms.type === 'limit';
  return {
    ...workingOrder(ticket, { placedAt: at, bookSequence: book.sequence, origin }),
    bestPrice: terms.type === 'trailing_stop' ? bestExitPrice(book, side) : null,
    queueAhead: isQueued ? queueAt(book, side, terms.limitPrice) : null,
    entryId,
  };
}

/** What the venue shows at a price on the side of an order: all of it goes before an order that comes now. */
export const queueAt = (book: Pick<Book, 'bids' | 'asks'>, side: Side, at: Price): Qty =>
  (side === 'buy' ? book.bids : book.asks).find((level) => level.price === at)?.qty ?? qty(0n);
