import type { Fill, Order, OrderTicket } from '../../../domain/account/order';
import type { OrderId } from '../../../domain/kernel/ids';
import { type Instant, isoText } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import { qty } from '../../../domain/kernel/money';
import type { AccountChange, AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { isToldByFill, stateColumn, ticketColumn } from './order-rows';

type Known = {
  readonly ticket: OrderTicket;
  readonly order: Order | undefined;
  /** The fills of this change alone. */
  readonly fills: readonly Fill[];
  /** The version of the event that placed it; an order of an earlier change has version 0 here, and keeps its own. */
  readonly version: number;
  readonly placedAt: Instant;
};

/** As `save_decision` reads it; of an order that was known before, only `status` and `state` are written. */
type OrderRecord = ReturnType<typeof orderRecord>;

export type ChangedOrders = {
  /** The ids that no earlier order may have. */
  readonly placed: readonly OrderId[];
  readonly records: readonly OrderRecord[];
};

/** The orders that a change placed, worked or ended. Those that still work are as the account has them. */
export function changedOrders(snapshot: AccountSnapshot, change: AccountChange): ChangedOrders {
  const before = new Set(snapshot.account.orders);
  const known = new Map<OrderId, Known>(
    snapshot.account.orders.map((order) => [
      order.orderId,
      { ticket: order, order, fills: [], version: 0, placedAt: order.placedAt },
    ]),
  );
  const touched = new Map<OrderId, Known>();
  const touch = (of: Known | undefined) => {
    if (!of) return;
    known.set(of.ticket.orderId, of);
    touched.set(of.ticket.orderId, of);
  };
  change.events.forEach((event, index) => {
    touch(after(event, known, change, index));
  });
  const working = new Set(change.account.orders.map(({ orderId }) => orderId));
  for (const order of change.account.orders.filter((one) => !before.has(one))) {
    touch({ ...knownOf(known, order.orderId), order });
  }
  const changed = [...touched.values()];
  for (const { ticket, order } of changed) {
    const hasEnded = order?.status !== 'open' || working.has(ticket.orderId);
    invariant(hasEnded, `order ${ticket.orderId}, which the account no longer has, has ended`);
  }
  return {
    placed: changed.filter(({ version }) => version > 0).map(({ ticket }) => ticket.orderId),
    records: changed.filter(({ order, ticket, fills }) => order || !isToldByFill(ticket, fills)).map(orderRecord),
  };
}

function knownOf(known: ReadonlyMap<OrderId, Known>, orderId: OrderId): Known {
  const of = known.get(orderId);
  invariant(of !== undefined, `order ${orderId} worked before or was placed now`);
  return of;
}

/** What an event leaves of the order that it is about; undefined where it is about none. */
function after(
  event: AccountChange['events'][number],
  known: ReadonlyMap<OrderId, Known>,
  change: AccountChange,
  index: number,
): Known | undefined {
  switch (event.kind) {
    case 'order_placed': {
      const { order } = event;
      const rests = order.terms.type !== 'market';
      return { ticket: order, order: rests ? order : undefined, fills: [], ...placementOf(change, index) };
    }
    case 'order_amended':
    case 'order_advanced':
    case 'order_triggered':
    case 'order_cancelled':
      return { ...knownOf(known, event.order.orderId), order: event.order };
    case 'order_filled': {
      const { fill } = event;
      const of = knownOf(known, fill.orderId);
      return { ...of, order: of.order && filled(of.order, fill), fills: [...of.fills, fill] };
    }
    case 'day_opened':
    case 'position_settled':
    case 'trading_paused':
    case 'account_held':
    case 'account_released':
    case 'stop_corrected':
    case 'limit_warned':
    case 'high_water_raised':
      return undefined;
  }
}

function placementOf({ versions, messages }: AccountChange, index: number) {
  const version = versions[index];
  const placedAt = messages.find(({ accountVersion }) => accountVersion === version)?.occurredAt;
  invariant(version !== undefined && placedAt !== undefined, 'every event has its event');
  return { version, placedAt };
}

const filled = (order: Order, fill: Fill): Order => {
  const filledQty = qty(order.filledQty + fill.qty);
  return { ...order, filledQty, parts: fill.part, status: filledQty >= order.qty ? 'filled' : order.status };
};

const orderRecord = ({ ticket, order, fills, version, placedAt }: Known) => ({
  order_id: ticket.orderId,
  version,
  instrument: ticket.instrument,
  status: order?.status ?? (fills.length > 0 ? 'filled' : 'cancelled'),
  placed_at: isoText(placedAt),
  ticket: ticketColumn(ticket),
  state: order ? stateColumn(order) : null,
});
