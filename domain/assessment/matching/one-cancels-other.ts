import { withOrder } from '../../account/account';
import { type Order, remaining } from '../../account/order';
import { type Qty, qty } from '../../kernel/money';
import { type Decided, followedBy } from '../context/account-event';
import { cancelOrders } from './cancel-orders';

/**
 * The orders of one entry cancel one another: what one of them fills, the others give up, and with nothing left they
 * are cancelled. Together they never fill more than the entry did.
 */
export function afterSibling(decided: Decided, filled: Order, amount: Qty): Decided {
  if (filled.entryId === null) return decided;
  const siblings = decided.account.orders.filter(
    ({ entryId, orderId }) => entryId === filled.entryId && orderId !== filled.orderId,
  );
  return siblings.reduce((so, sibling) => cut(so, sibling, amount), decided);
}

function cut(decided: Decided, sibling: Order, amount: Qty): Decided {
  const { account } = decided;
  if (remaining(sibling) <= amount) return followedBy(decided, cancelOrders(account, [sibling], 'other_filled'));
  const order: Order = { ...sibling, qty: qty(sibling.qty - amount) };
  return followedBy(decided, {
    account: { ...account, orders: withOrder(account.orders, order) },
    happenings: [{ kind: 'order_amended', order }],
  });
}
