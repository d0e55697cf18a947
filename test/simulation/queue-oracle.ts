import type { Order } from '../../domain/account/orders/order';
import { restsAt } from '../../domain/assessment/matching/order-edges';
import { countTape } from '../../domain/assessment/matching/queue-position';
import type { OrderId } from '../../domain/kernel/ids';
import type { KeptAccount } from '../fakes/memory-world';
import type { History, SavedChange } from './history';
import type { Findings } from './oracles';

/**
 * O6: whoever was killed when, an order that is saved has before it what every trade until then, since it took its
 * place, leaves of its queue; and at rest no trade that was told is still to be counted.
 */
export function queueFindings({ snapshot }: KeptAccount, history: History): Findings {
  const placed = new Map<OrderId, Order>();
  const findings = history.changesOf(snapshot.accountId).flatMap(({ change }) => {
    for (const order of placingsOf(change)) placed.set(order.orderId, order);
    return change.account.orders.flatMap((order) => misplaced(order, order.tapeSeenAt));
  });
  const isAtRest = snapshot.status === 'active';
  return isAtRest ? [...findings, ...snapshot.account.orders.flatMap((order) => misplaced(order))] : findings;

  function misplaced(order: Order, until = Number.POSITIVE_INFINITY): Findings {
    const [limit, anchor] = [restsAt(order), placed.get(order.orderId)];
    if (limit === undefined || !anchor) return [];
    const trades = history.trades.filter((one) => one.instrument === order.instrument && one.receivedAt <= until);
    const { queueAhead } = countTape(anchor, limit, trades, snapshot.rules.execution).order;
    if (queueAhead === order.queueAhead) return [];
    return [`O6: order ${order.orderId} has ${order.queueAhead} before it, not ${queueAhead}`];
  }
}

/** The orders that took their place with this change: placed, amended by their owner, or triggered. */
const placingsOf = ({ events, versions, messages }: SavedChange['change']): readonly Order[] =>
  events.flatMap((event, index) => {
    if (!('order' in event) || event.order?.status !== 'open') return [];
    const at = messages.find(({ accountVersion }) => accountVersion === versions[index])?.occurredAt;
    const isAmended = event.kind === 'order_amended' && event.order.tapeSeenAt === at;
    const isPlaced = event.kind === 'order_placed' || event.kind === 'order_triggered' || isAmended;
    return isPlaced ? [event.order] : [];
  });
