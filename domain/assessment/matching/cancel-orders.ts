import { type Account, orderOf, withOrder } from '../../account/account';
import type { AccountEvent, Decision } from '../../account/account-event';
import type { CancelReason, Order } from '../../account/order';

/** Ends those of the orders that still work. Their fills so far stay. */
export function cancelOrders(account: Account, orders: readonly Order[], reason: CancelReason): Decision {
  const events: AccountEvent[] = [];
  let working = account.orders;
  for (const { orderId } of orders) {
    const order = orderOf(account, orderId);
    if (!order) continue;
    const ended = endedOrder(order, reason);
    working = withOrder(working, ended);
    events.push({ kind: 'order_cancelled', order: ended });
  }
  return events.length === 0 ? { account, events } : { account: { ...account, orders: working }, events };
}

export const endedOrder = (order: Order, cancelReason: CancelReason): Order => ({
  ...order,
  status: cancelReason === 'expired' ? 'expired' : 'cancelled',
  cancelReason,
});
