import type { AccountEvent } from '../../account/account-event';
import type { Order, OrderTicket } from '../../account/orders/order';
import type { Qty } from '../../kernel/money';
import { accept, type Result, refuse } from '../../kernel/result';
import type { Market } from '../../market/market';
import { inTurn } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { fillable } from '../context/fillable';
import { bestExitPrice, isReached } from '../context/trigger-price';
import { limitOf } from '../pre-trade/exposure';
import { cancelOrders } from './cancel-orders';
import { fillAsTaker, levelsFor, takerLevels } from './fill-as-taker';
import { fillOrder } from './fill-order';
import { leftFor } from './left-for';
import { newOrder, queueAt } from './new-order';
import { shortage } from './shortage';
import { worksFrom } from './works-from';

type Placed = Result<readonly AccountEvent[], 'insufficient_liquidity'>;

/** Places an order on this state of the book: what can be filled now is filled, the rest works on or ends. */
export function placeNow(context: DecisionContext, ticket: OrderTicket, market: Market): Placed {
  const order = newOrder(context, ticket, market.book);
  switch (ticket.terms.type) {
    case 'market':
      return placeMarket(context, order, market);
    case 'limit':
      return placeLimit(context, order, market);
    case 'stop':
    case 'stop_limit':
    case 'trailing_stop':
      return accept(placeStop(context, order, market));
  }
}

const placed = (order: Order) => (): readonly AccountEvent[] => [{ kind: 'order_placed', order }];

function placeMarket(context: DecisionContext, order: Order, market: Market): Placed {
  const { instrument } = market;
  const wanted = order.reduceOnly ? fillable(context.account, order, instrument) : order.qty;
  const left = leftFor(context, order, market);
  const levels = levelsFor(wanted, order.side, market, left);
  if (!levels) {
    const rule = shortage('the book must hold it within 5 % of its best price', { side: order.side, market, left });
    return refuse('insufficient_liquidity', 'qty', rule);
  }
  return accept(inTurn(context, placed(order), (now) => fillOrder(now, order, { market, levels, liquidity: 'taker' })));
}

function placeLimit(context: DecisionContext, order: Order, market: Market): Placed {
  const { terms } = order;
  const kind = terms.type === 'limit' ? terms.timeInForce.kind : 'gtc';
  if (kind === 'fok' && takerQty(context, order, market) < fillable(context.account, order, market.instrument)) {
    const left = leftFor(context, order, market);
    const rule = 'the book must hold all of it at the limit or better';
    const limit = limitOf(order) ?? undefined;
    return refuse('insufficient_liquidity', 'qty', shortage(rule, { side: order.side, market, left, limit }));
  }
  return accept(
    inTurn(
      context,
      placed(order),
      (now) => fillAsTaker(now, order, market),
      ({ account }) => (kind === 'ioc' || kind === 'fok' ? cancelOrders(account, [order], 'unfilled') : []),
    ),
  );
}

const takerQty = (context: DecisionContext, order: Order, market: Market): bigint =>
  takerLevels(context, order, market).reduce((sum, level) => sum + level.qty, 0n);

/** A stop that is already reached is triggered at once. */
const placeStop = (context: DecisionContext, order: Order, market: Market): readonly AccountEvent[] =>
  inTurn(context, placed(order), (now) => triggerReached(now, order, market));

/** Triggers a stop that this state of the book has reached. */
export function triggerReached(context: DecisionContext, order: Order, market: Market): readonly AccountEvent[] {
  const bestPrice = bestExitPrice(market.book, order.side);
  return bestPrice !== null && isReached(order, bestPrice) ? trigger(context, order, market) : [];
}

/**
 * A stop that is reached works from now on as what it becomes: it takes what it can of this book at once, unless it is
 * on its way for longer than that. Then it meets a book that holds once it is there.
 */
export function trigger(context: DecisionContext, order: Order, market: Market, most?: Qty): readonly AccountEvent[] {
  const { terms, side } = order;
  const { rules, at } = context;
  const isQueued = rules.execution.restingFills === 'queue' && terms.type === 'stop_limit';
  const working: Order = {
    ...order,
    triggeredAt: at,
    bookSequence: market.book.sequence,
    queueAhead: isQueued ? queueAt(market.book, side, terms.limitPrice) : null,
    tapeSeenAt: at,
    worksFrom: worksFrom(context),
  };
  return inTurn(
    context,
    () => [{ kind: 'order_triggered', order: working }],
    (now) => (working.worksFrom > at ? [] : fillAsTaker(now, working, market, most)),
  );
}
