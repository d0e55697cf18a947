import { withOrder } from '../../account/account';
import { andThen, type Decision } from '../../account/account-event';
import { marketableLevels } from '../../account/liquidity';
import type { Order, OrderTicket } from '../../account/order';
import { accept, type Result, refuse } from '../../kernel/result';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { fillable } from '../context/fillable';
import { bestExitPrice, isReached } from '../context/trigger-price';
import { cancelOrders } from './cancel-orders';
import { fillAsTaker, takerLevels } from './fill-as-taker';
import { fillOrder } from './fill-order';
import { newOrder, queueAt } from './new-order';

type Placed = Result<Decision, 'insufficient_liquidity'>;

/** Places an order on this state of the book: what can be filled now is filled, the rest works on or ends. */
export function placeNow(
  context: DecisionContext,
  ticket: OrderTicket,
  instrument: Instrument,
  book: Book,
  origin: Order['origin'],
): Placed {
  const order = newOrder(context, ticket, book, origin);
  switch (ticket.terms.type) {
    case 'market':
      return placeMarket(context, order, ticket, instrument, book);
    case 'limit':
      return placeLimit(context, order, ticket, instrument, book);
    case 'stop':
    case 'stop_limit':
    case 'trailing_stop':
      return accept(placeStop(context, order, ticket, instrument, book));
  }
}

function placeMarket(
  context: DecisionContext,
  order: Order,
  ticket: OrderTicket,
  instrument: Instrument,
  book: Book,
): Placed {
  const wanted = order.reduceOnly ? fillable(context.account, order, instrument) : order.qty;
  const levels = marketableLevels(book, order.side, wanted);
  if (!levels) return refuse('insufficient_liquidity', 'qty', 'the book must hold it within 5 % of its best price');
  const placed: Decision = { account: context.account, events: [{ kind: 'order_placed', ticket }] };
  const filled = fillOrder(context, placed, order, { instrument, book, levels, liquidity: 'taker' });
  return accept(filled);
}

function placeLimit(
  context: DecisionContext,
  order: Order,
  ticket: OrderTicket,
  instrument: Instrument,
  book: Book,
): Placed {
  const { terms } = ticket;
  const kind = terms.type === 'limit' ? terms.timeInForce.kind : 'gtc';
  if (kind === 'fok') {
    const wanted = fillable(context.account, order, instrument);
    const there = takerLevels(context.rules, context.account, order, instrument, book);
    if (there.reduce((sum, level) => sum + level.qty, 0n) < wanted) {
      return refuse('insufficient_liquidity', 'qty', 'the book must hold all of it at the limit or better');
    }
  }
  const filled = fillAsTaker(context, rested(context, order, ticket), order, instrument, book);
  const rest = filled.account.orders.filter(({ orderId }) => orderId === order.orderId);
  return accept(
    kind === 'ioc' || kind === 'fok' ? andThen(filled, cancelOrders(filled.account, rest, 'unfilled')) : filled,
  );
}

/** A stop that is already reached is triggered at once. */
function placeStop(
  context: DecisionContext,
  order: Order,
  ticket: OrderTicket,
  instrument: Instrument,
  book: Book,
): Decision {
  const placed = rested(context, order, ticket);
  const bestPrice = bestExitPrice(book, order.side);
  return bestPrice !== null && isReached(order, bestPrice)
    ? triggered(context, placed, order, instrument, book)
    : placed;
}

const rested = ({ account }: DecisionContext, order: Order, ticket: OrderTicket): Decision => ({
  account: { ...account, orders: withOrder(account.orders, order) },
  events: [{ kind: 'order_placed', ticket, order }],
});

/** A stop that is reached works from now on as what it becomes: it takes what it can of this book at once. */
export function triggered(
  context: DecisionContext,
  decision: Decision,
  order: Order,
  instrument: Instrument,
  book: Book,
): Decision {
  const { terms, side } = order;
  const isQueued = context.rules.execution.restingFills === 'queue' && terms.type === 'stop_limit';
  const working: Order = {
    ...order,
    triggeredAt: context.at,
    bookSequence: book.sequence,
    queueAhead: isQueued ? queueAt(book, side, terms.limitPrice) : null,
    tapeSeenAt: context.at,
  };
  const account = { ...decision.account, orders: withOrder(decision.account.orders, working) };
  const begun = andThen(decision, { account, events: [{ kind: 'order_triggered', order: working }] });
  return fillAsTaker(context, begun, working, instrument, book);
}
