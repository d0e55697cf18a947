import type { AccountEvent } from '../../../domain/account/account-event';
import { filledOrder } from '../../../domain/account/evolve';
import { type Fill, type Order, type OrderTicket, ticketOf } from '../../../domain/account/orders/order';
import type { OrderId } from '../../../domain/kernel/ids';
import { isoText } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import type { AccountChange, AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { isToldByFill, stateColumn, ticketColumn } from './order-rows';

type Changed = {
  /** As the last of its events leaves it. */
  readonly order: Order;
  /** The fills of this change alone. */
  readonly fills: readonly Fill[];
  /** As it was asked for; of an order of an earlier change nothing of it is written again. */
  readonly ticket: OrderTicket;
  /** The version of the event that placed it; an order of an earlier change has version 0 here, and keeps its own. */
  readonly version: number;
};

/** As `save_decision` reads it; of an order that was known before, only `status` and `state` are written. */
type OrderRecord = ReturnType<typeof orderRecord>;

export type ChangedOrders = {
  /** The ids that no earlier order may have. */
  readonly placed: readonly OrderId[];
  readonly records: readonly OrderRecord[];
};

/** The orders that a change placed, worked or ended, each as the fold of its events leaves it. */
export function changedOrders(snapshot: AccountSnapshot, change: AccountChange): ChangedOrders {
  const before = new Map(snapshot.account.orders.map((order) => [order.orderId, order]));
  const changed = new Map<OrderId, Changed>();
  const of = (orderId: OrderId): Changed => {
    const known = changed.get(orderId) ?? unchanged(before.get(orderId));
    invariant(known !== undefined, `order ${orderId} worked before or was placed now`);
    return known;
  };
  change.events.forEach((event, index) => {
    const left = leftBy(event, change.versions[index], of);
    if (left) changed.set(left.order.orderId, left);
  });
  // A fill moves the orders that wait beside its own, and they have no event of it.
  for (const order of change.account.orders) {
    if (before.get(order.orderId) !== order) changed.set(order.orderId, { ...of(order.orderId), order });
  }
  const all = [...changed.values()];
  const working = new Set(change.account.orders.map(({ orderId }) => orderId));
  for (const { order } of all) {
    const hasEnded = order.status !== 'open' || working.has(order.orderId);
    invariant(hasEnded, `order ${order.orderId}, which the account no longer has, has ended`);
  }
  return {
    placed: all.filter(({ version }) => version > 0).map(({ order }) => order.orderId),
    records: all.filter(({ ticket, fills }) => !isToldByFill(ticket, fills)).map(orderRecord),
  };
}

const unchanged = (order: Order | undefined): Changed | undefined =>
  order && { order, fills: [], ticket: order, version: 0 };

/** What an event leaves of the order that it is about; undefined where it is about none. */
function leftBy(
  event: AccountEvent,
  version: number | undefined,
  of: (orderId: OrderId) => Changed,
): Changed | undefined {
  switch (event.kind) {
    case 'order_placed': {
      invariant(version !== undefined, 'every event has its version');
      return { order: event.order, fills: [], ticket: ticketOf(event.order), version };
    }
    case 'order_amended':
    case 'order_advanced':
    case 'order_triggered':
    case 'order_cancelled':
      return { ...of(event.order.orderId), order: event.order };
    case 'order_filled': {
      const known = of(event.fill.orderId);
      return { ...known, order: filledOrder(known.order, event), fills: [...known.fills, event.fill] };
    }
    default:
      return undefined;
  }
}

/** A market order that filled has no state: its fills tell what became of it. */
const orderRecord = ({ ticket, order, version }: Changed) => ({
  order_id: order.orderId,
  version,
  instrument: order.instrument,
  status: order.status,
  placed_at: isoText(order.placedAt),
  ticket: ticketColumn(ticket),
  state: order.terms.type === 'market' && order.status === 'filled' ? null : stateColumn(order),
});
