import { type Account, orderOf } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { CancelReason, Order } from '../../account/orders/order';
import type { Instrument } from '../../market/instrument';
import { endsUnheld, heldAgainst } from '../context/fillable';

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

/** Ends the orders that may only make a position smaller, where there is none any more or it is on the other side. */
export function endUnreducing(account: Account, { id, kind }: Instrument): readonly AccountEvent[] {
  const idle = account.orders.filter(
    (order) => order.instrument === id && endsUnheld(order, { kind }) && heldAgainst(account, order) === 0n,
  );
  return cancelOrders(account, idle, 'nothing_to_reduce');
}
