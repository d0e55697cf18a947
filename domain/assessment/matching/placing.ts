import { withOrder } from '../../account/account';
import type { Order, OrderTicket } from '../../account/order';
import { takeable } from '../../account/taking';
import { accept, type Result, refuse } from '../../kernel/result';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import { type Decided, followedBy } from '../context/account-event';
import type { Desk } from '../context/decision-context';
import { fillable } from '../context/fillable';
import { exitTouch, isReached } from '../context/trigger-price';
import { cancelOrders } from './cancel-orders';
import { takeNow, takenNow } from './fill-as-taker';
import { fillOrder } from './fill-order';
import { newOrder, queueAt } from './new-order';

type Placed = Result<Decided, 'insufficient_liquidity'>;

/** Places an order on this state of the book: what can be filled now is filled, the rest works on or ends. */
export function placeNow(
  desk: Desk,
  ticket: OrderTicket,
  instrument: Instrument,
  book: Book,
  origin: Order['origin'],
): Placed {
  const order = newOrder(desk, ticket, book, origin);
  switch (ticket.terms.type) {
    case 'market':
      return placeMarket(desk, order, ticket, instrument, book);
    case 'limit':
      return placeLimit(desk, order, ticket, instrument, book);
    case 'stop':
    case 'stop_limit':
    case 'trailing_stop':
      return accept(placeStop(desk, order, ticket, instrument, book));
  }
}

function placeMarket(desk: Desk, order: Order, ticket: OrderTicket, instrument: Instrument, book: Book): Placed {
  const wanted = order.reduceOnly ? fillable(desk.account, order, instrument) : order.qty;
  const levels = takeable(book, order.side, wanted);
  if (!levels) return refuse('insufficient_liquidity', 'qty', 'the book must hold it within 5 % of its best price');
  const placed: Decided = { account: desk.account, happenings: [{ kind: 'order_placed', ticket }] };
  const filled = fillOrder(desk, placed, order, { instrument, book, levels, liquidity: 'taker' });
  return accept(filled);
}

function placeLimit(desk: Desk, order: Order, ticket: OrderTicket, instrument: Instrument, book: Book): Placed {
  const { terms } = ticket;
  const kind = terms.type === 'limit' ? terms.timeInForce.kind : 'gtc';
  if (kind === 'fok') {
    const wanted = fillable(desk.account, order, instrument);
    const there = takenNow(desk.rules, desk.account, order, instrument, book);
    if (there.reduce((sum, level) => sum + level.qty, 0n) < wanted) {
      return refuse('insufficient_liquidity', 'qty', 'the book must hold all of it at the limit or better');
    }
  }
  const filled = takeNow(desk, rested(desk, order, ticket), order, instrument, book);
  const rest = filled.account.orders.filter(({ orderId }) => orderId === order.orderId);
  return accept(
    kind === 'ioc' || kind === 'fok' ? followedBy(filled, cancelOrders(filled.account, rest, 'unfilled')) : filled,
  );
}

/** A stop that is already reached is triggered at once. */
function placeStop(desk: Desk, order: Order, ticket: OrderTicket, instrument: Instrument, book: Book): Decided {
  const placed = rested(desk, order, ticket);
  const touch = exitTouch(book, order.side);
  return touch !== null && isReached(order, touch) ? triggered(desk, placed, order, instrument, book) : placed;
}

const rested = ({ account }: Desk, order: Order, ticket: OrderTicket): Decided => ({
  account: { ...account, orders: withOrder(account.orders, order) },
  happenings: [{ kind: 'order_placed', ticket, order }],
});

/** A stop that is reached works from now on as what it becomes: it takes what it can of this book at once. */
export function triggered(desk: Desk, so: Decided, order: Order, instrument: Instrument, book: Book): Decided {
  const { terms, side } = order;
  const isQueued = desk.rules.execution.restingFills === 'queue' && terms.type === 'stop_limit';
  const working: Order = {
    ...order,
    triggeredAt: desk.at,
    bookSequence: book.sequence,
    queueAhead: isQueued ? queueAt(book, side, terms.limitPrice) : null,
    tapeSeenAt: desk.at,
  };
  const account = { ...so.account, orders: withOrder(so.account.orders, working) };
  const begun = followedBy(so, { account, happenings: [{ kind: 'order_triggered', order: working }] });
  return takeNow(desk, begun, working, instrument, book);
}
