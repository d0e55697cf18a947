import { type Account, positionIn } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { type OrderTicket, remaining } from '../../account/orders/order';
import { isStorable } from '../../account/storable';
import {
  absolute,
  formatPrice,
  formatQty,
  notional,
  type Price,
  parsePrice,
  parseQty,
  parseUsd,
  type Qty,
  qty,
  type Usd,
} from '../../kernel/money';
import { type Refused, refuse } from '../../kernel/result';
import { after } from '../context/after';
import type { DecisionContext } from '../context/decision-context';

export type SizeRefusal = 'quantity_too_large';

/** With these no sum of an account comes near eight bytes of hundred-millionths, or of millionths of a dollar. */
const QTY_MAX = parseQty('90000000000') as Qty;
const NOTIONAL_MAX = parseUsd('1000000000000') as Usd;
/** No unit of anything is worth a billion dollars. */
export const PRICE_MAX = parsePrice('1000000000') as Price;

export const dearer = (field: string): Refused<'price_out_of_range'> =>
  refuse('price_out_of_range', field, `must be at most ${formatPrice(PRICE_MAX)}`);

/**
 * An order is small enough that whatever becomes of it can be kept: its quantity, what would be held once every order of
 * its side had filled, and what it is worth at each price that it names.
 */
export function tooLarge(
  account: Account,
  ticket: OrderTicket,
  left: Qty,
  prices: readonly Price[],
): Refused<SizeRefusal> | undefined {
  if (ticket.qty > QTY_MAX || heldThen(account, ticket, left) > QTY_MAX) {
    return refuse('quantity_too_large', 'qty', `no more than ${formatQty(QTY_MAX)} can be ordered and held together`);
  }
  if (prices.every((each) => notional(each, left, 'ceil') <= NOTIONAL_MAX)) return undefined;
  return refuse('quantity_too_large', 'qty', 'an order may be worth at most a trillion dollars at the prices it names');
}

/** What an order did, if a figure of it is beyond what can be kept. */
export const unstorable = (
  context: DecisionContext,
  events: readonly AccountEvent[],
): Refused<SizeRefusal> | undefined =>
  isStorable(after(context, events).account, events)
    ? undefined
    : refuse('quantity_too_large', 'qty', 'what it would fill is more than can be kept');

/** What is held of the instrument, and every order of this side beside it, this one among them. */
function heldThen(account: Account, { orderId, instrument, side, reduceOnly }: OrderTicket, left: Qty): bigint {
  if (reduceOnly) return 0n;
  const held = absolute(positionIn(account, instrument)?.qty ?? qty(0n));
  return account.orders.reduce(
    (sum, order) =>
      order.instrument === instrument && order.side === side && !order.reduceOnly && order.orderId !== orderId
        ? sum + remaining(order)
        : sum,
    held + left,
  );
}
