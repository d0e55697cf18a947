import type { Account } from '../../account/account';
import type { Order } from '../../account/orders/order';
import { absolute } from '../../kernel/money';

/** Whether an order could do more than make what is held smaller. */
export function addsRisk({ positions }: Account, { instrument, side, qty, filledQty, reduceOnly }: Order): boolean {
  if (reduceOnly) return false;
  const held = positions.find((position) => position.instrument === instrument);
  const isExit = held !== undefined && side === (held.qty > 0n ? 'sell' : 'buy');
  return !isExit || qty - filledQty > absolute(held.qty);
}
