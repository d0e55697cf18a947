import { withOrder } from '../../account/account';
import { andThen, type Decision } from '../../account/account-event';
import { type Order, remaining } from '../../account/order';
import { type Qty, qty } from '../../kernel/money';
import { cancelOrders } from './cancel-orders';

/**
 * The orders of one entry cancel one another: what one of them fills, the others give up, and with nothing left they
 * are cancelled. Together they never fill more than the entry did.
 */
export function afterSibling(decided: Decision, filled: Order, amount: Qty): Decision {
  if (filled.entryId === null) return decided;
  const siblings = decided.account.orders.filter(
    ({ entryId, orderId }) => entryId === filled.entryId && orderId !== filled.orderId,
  );
  return siblings.reduce((decision, sibling) => cut(decision, sibling, amount), decided);
}

function cut(decided: Decision, sibling: Order, amount: Qty): Decision {
  const { account } = decided;
  if (remaining(sibling) <= amount) return andThen(decided, cancelOrders(account, [sibling], 'other_filled'));
  const order: Order = { ...sibling, qty: qty(sibling.qty - amount) };
  return andThen(decided, {
    account: { ...account, orders: withOrder(account.orders, order) },
    events: [{ kind: 'order_amended', order }],
  });
}
