import { orderOf } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { Order } from '../../account/orders/order';
import type { Instant } from '../../kernel/instant';
import { inTurn } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { bestExitPrice, isReached, stopLevel, trailedOrder } from '../context/trigger-price';
import { limitOf } from '../pre-trade/exposure';
import { tradable } from '../pre-trade/tradability';
import { cancelOrders } from './cancel-orders';
import { fillAsTaker, isKeptByBand } from './fill-as-taker';
import { allowedFill, endedBy, type FillAttempt } from './fill-objection';
import { onGrid } from './instrument-grid';
import { matchLimit } from './match-limit';
import type { Meeting } from './meeting';
import { trigger } from './placing';

/**
 * Lets every order that works meet the present books and trades, oldest first: orders expire, trails follow, stops are
 * triggered, resting limits fill. What one order takes of a book or a trade is gone for the next.
 */
export function matchRestingOrders(context: DecisionContext): readonly AccountEvent[] {
  if (context.status !== 'active') return [];
  const orders = context.account.orders.map(({ orderId, bookSequence }) => (now: DecisionContext) => {
    const order = orderOf(now.account, orderId);
    return order ? matchOrder(now, order, bookSequence) : [];
  });
  return inTurn(context, ...orders);
}

/** `metSequence`: the state of the book that the order had met before any order of this turn. */
function matchOrder(context: DecisionContext, order: Order, metSequence: number): readonly AccountEvent[] {
  const instrument = context.instruments.get(order.instrument);
  if (!instrument) return [];
  if (hasExpired(order, context.at)) return cancelOrders(context.account, [order], 'expired');
  // Trading goes on after a halt; after anything else it does not.
  const isOver = instrument.status !== 'open' && instrument.status !== 'halted';
  if (isOver) return cancelOrders(context.account, [order], 'market_closed');
  const market = tradable(context, instrument);
  if (!market.ok) return [];
  const { book } = market.value;
  const changed = onGrid(context, order, market.value);
  if (changed.length > 0) return changed;
  const isNew = book.sequence > metSequence && book.venueAt > order.worksFrom;
  return meet(context, { order, market: { ...market.value, isShared: true }, isNew });
}

function meet(context: DecisionContext, meeting: Meeting): readonly AccountEvent[] {
  const { order, market, isNew } = meeting;
  const limit = limitOf(order);
  const isWaiting = stopLevel(order) !== null && order.triggeredAt === null;
  if (!isWaiting && limit !== null) return matchLimit(context, meeting, limit);
  if (!isNew) return [];
  if (!isWaiting) return take(context, meeting, (most) => fillAsTaker(context, order, market, most));
  return meetStop(context, meeting);
}

function meetStop(context: DecisionContext, meeting: Meeting): readonly AccountEvent[] {
  const { order, market } = meeting;
  const bestPrice = bestExitPrice(market.book, order.side);
  if (bestPrice === null) return [];
  if (isReached(order, bestPrice)) {
    return take(context, meeting, (most) => trigger(context, order, market, most));
  }
  const moved = trailedOrder(order, bestPrice, market.book.sequence);
  return moved === order ? [] : [{ kind: 'order_advanced', order: moved }];
}

/** What a taker may take; an outcome that is offered beyond the tier's band alone is not waited for. */
function take(context: DecisionContext, meeting: Meeting, attempt: FillAttempt): readonly AccountEvent[] {
  const { order, market } = meeting;
  const allowed = allowedFill(context, order, market, attempt);
  const { amount, objection } = allowed;
  if (amount === 0n && objection === 'wait') return [];
  const isKept = objection === undefined && isKeptByBand(context, order, market);
  return endedBy(context, order, isKept ? { ...allowed, objection: 'outcome_price_band' } : allowed);
}

const hasExpired = ({ terms }: Order, at: Instant): boolean =>
  terms.type === 'limit' && terms.timeInForce.kind === 'gtd' && terms.timeInForce.expiresAt <= at;
