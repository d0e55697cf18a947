import { type Account, orderOf } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { CancelReason, Order } from '../../account/orders/order';

/** Ends those of the orders that still work. Their fills so far stay. */
export const cancelOrders = (
  account: Account,
  orders: readonly Pick<Order, 'orderId'>[],
  reason: CancelReason,
): readonly AccountEvent[] =>
  orders.flatMap(({ orderId }): readonly AccountEvent[] => {
    const order = orderOf(account, orderId);
    return order ? [{ kind: 'order_cancelled', order: endedOrder(order, reason) }] : [];
  });

export const endedOrder = (order: Order, cancelReason: CancelReason): Order => ({
  ...order,
  status: cancelReason === 'expired' ? 'expired' : 'cancelled',
  cancelReason,
});
