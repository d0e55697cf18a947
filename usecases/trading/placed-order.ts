import { type Account, orderOf } from '../../domain/account/account';
import type { AccountEvent } from '../../domain/account/account-event';
import {
  type CancelReason,
  type Fill,
  type Order,
  type OrderStatus,
  type OrderTicket,
  ticketOf,
} from '../../domain/account/orders/order';
import type { AccountId, InstrumentId, OrderId } from '../../domain/kernel/ids';
import { type Qty, qty } from '../../domain/kernel/money';
import type { AccountStore, PriorOrder } from '../ports/accounts/account-store';

/** What became of an order so far, fills oldest first. */
export type PlacedOrder = {
  readonly orderId: OrderId;
  readonly status: OrderStatus;
  readonly cancelReason: CancelReason | null;
  readonly filledQty: Qty;
  readonly fills: readonly Fill[];
};

/** An order that was placed before, as it is kept. One that never rested was filled whole. */
export function placedBefore({ ticket, order, fills }: PriorOrder): PlacedOrder {
  if (!order) return filledWhole(ticket.orderId, fills);
  const { orderId, status, cancelReason, filledQty } = order;
  return { orderId, status, cancelReason, filledQty, fills };
}

/** An order as it is in the account that events left, with the fills of before and of those events. */
export function placedNow(
  orderId: OrderId,
  left: Account,
  events: readonly AccountEvent[],
  earlier: readonly Fill[] = [],
): PlacedOrder {
  const made = events.flatMap((event) =>
    event.kind === 'order_filled' && event.fill.orderId === orderId ? [event.fill] : [],
  );
  const fills = [...earlier, ...made];
  const order = orderOf(left, orderId) ?? events.findLast((event) => endOf(event, orderId))?.order;
  if (!order) return filledWhole(orderId, fills);
  const { status, cancelReason, filledQty } = order;
  return { orderId, status, cancelReason, filledQty, fills };
}

type Ended = AccountEvent & { readonly kind: 'order_cancelled'; readonly order: Order };

const endOf = (event: AccountEvent, orderId: OrderId): event is Ended =>
  event.kind === 'order_cancelled' && event.order.orderId === orderId;

const filledWhole = (orderId: OrderId, fills: readonly Fill[]): PlacedOrder => ({
  orderId,
  status: 'filled',
  cancelReason: null,
  filledQty: qty(fills.reduce((sum, fill) => sum + fill.qty, 0n)),
  fills,
});

/** Whether a command was sent again with every part as it was. */
export const isSameTicket = (a: OrderTicket, b: OrderTicket): boolean => isEqual(ticketOf(a), ticketOf(b));

/** A command that closes this position whole. */
export const closes = ({ instrument, terms, reduceOnly }: OrderTicket, position: InstrumentId): boolean =>
  instrument === position && terms.type === 'market' && reduceOnly;

/** Compares plain data by its values. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size && left.every(([name, value]) => right.has(name) && isEqual(value, right.get(name)))
  );
}

/** A decision knows its own fills; an order that was filled in part before it has more. */
export const withEarlierFills = (
  accounts: Pick<AccountStore, 'load'>,
  accountId: AccountId,
  orders: readonly PlacedOrder[],
): Promise<readonly PlacedOrder[]> =>
  Promise.all(
    orders.map(async (order) => {
      const known = order.fills.reduce((sum, fill) => sum + fill.qty, 0n);
      if (known === order.filledQty) return order;
      const fills = (await accounts.load(accountId, order.orderId))?.prior?.fills;
      return fills ? { ...order, fills } : order;
    }),
  );
