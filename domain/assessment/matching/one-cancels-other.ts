import type { Account } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { type Order, remaining } from '../../account/orders/order';
import { type Qty, qty } from '../../kernel/money';
import { cancelOrders } from './cancel-orders';

/**
 * The orders of one entry cancel one another: what one of them fills, the others give up, and with nothing left they
 * are cancelled. Together they never fill more than the entry did.
 */
export function cutSiblings(
  account: Account,
  { orderId, entryId }: Pick<Order, 'orderId' | 'entryId'>,
  amount: Qty,
): readonly AccountEvent[] {
  if (entryId === null) return [];
  const siblings = account.orders.filter((order) => order.entryId === entryId && order.orderId !== orderId);
  return siblings.flatMap((sibling): readonly AccountEvent[] =>
    remaining(sibling) <= amount
      ? cancelOrders(account, [sibling], 'other_filled')
      : [{ kind: 'order_amended', order: { ...sibling, qty: qty(sibling.qty - amount) } }],
  );
}
