import type { Account } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { Instrument } from '../../market/instrument';
import { endsUnheld, heldAgainst } from '../context/fillable';
import { cancelOrders } from './cancel-orders';

/** Ends the orders that may only make a position smaller, where there is none any more or it is on the other side. */
export function endUnreducing(account: Account, { id, kind }: Instrument): readonly AccountEvent[] {
  const idle = account.orders.filter(
    (order) => order.instrument === id && endsUnheld(order, { kind }) && heldAgainst(account, order) === 0n,
  );
  return cancelOrders(account, idle, 'nothing_to_reduce');
}
