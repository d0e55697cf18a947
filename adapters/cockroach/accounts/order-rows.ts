import { order, orderTicket } from '../../../contracts/account';
import { jsonWriter } from '../../../contracts/json-writer';
import type { Fill, Order, OrderTicket } from '../../../domain/account/orders/order';
import type { PriorOrder } from '../../../usecases/ports/accounts/account-store';

/** The columns of an order: as it was asked for, and, where it rested, what became of it. */
export type OrderRow = { readonly ticket: string; readonly state: string | null };

const orders = order.array();

export const ticketColumn: (ticket: OrderTicket) => string = jsonWriter(orderTicket);
export const stateColumn: (state: Order) => string = jsonWriter(order);

// The contract reads instants as plain numbers: their brand is all that the casts add.
const ticketOf = (column: string) => orderTicket.parse(JSON.parse(column)) as OrderTicket;
const orderOf = (column: string) => order.parse(JSON.parse(column)) as Order;

/** The states of working orders, joined into one JSON array by the query. */
export const workingOrders = (column: string): readonly Order[] =>
  column === '[]' ? [] : (orders.parse(JSON.parse(column)) as Order[]);

/** An order from its row and its fills; a plain market order has fills alone. */
export function priorOrder(row: OrderRow | undefined, fills: readonly Fill[]): PriorOrder | undefined {
  if (row) return { ticket: ticketOf(row.ticket), order: row.state === null ? undefined : orderOf(row.state), fills };
  const [fill] = fills;
  return fill && { ticket: ticketOfFill(fill), order: undefined, fills };
}

const ticketOfFill = ({ orderId, instrument, side, qty }: Fill): OrderTicket => ({
  orderId,
  instrument,
  side,
  qty,
  terms: { type: 'market' },
  reduceOnly: false,
  attached: null,
});

/** Whether the fills alone tell all of the order, so that it needs no row. */
export const isToldByFill = (ticket: OrderTicket, fills: readonly Fill[]): boolean =>
  ticket.terms.type === 'market' &&
  !ticket.reduceOnly &&
  ticket.attached === null &&
  fills.length === 1 &&
  fills[0]?.qty === ticket.qty;
