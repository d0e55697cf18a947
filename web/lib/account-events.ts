import type { AccountEvent, Order, Position, Snapshot } from './contract';
import { QTY_SCALE, readQty, writeDecimal } from './decimal';

/** Fields of an event's data as the contract of its type names them. */
type Filled = Pick<Snapshot, 'cashUsd' | 'balanceUsd' | 'tradesClosed'> & {
  readonly instrument: string;
  readonly orderId: string;
  readonly qty: string;
  readonly position: Position | null;
};

type Settled = Pick<Snapshot, 'cashUsd' | 'balanceUsd' | 'dayAnchorUsd' | 'isPaused'> & { readonly instrument: string };

/** The account after one event of its stream. */
export function evolve(snapshot: Snapshot, { event, data }: AccountEvent): Snapshot {
  switch (event) {
    case 'trading.order-placed':
    case 'trading.order-amended':
    case 'trading.order-advanced':
    case 'trading.order-triggered':
    case 'trading.order-cancelled': {
      const order = data.order as Order | null;
      return order ? { ...snapshot, orders: withOrder(snapshot.orders, order) } : snapshot;
    }
    case 'trading.order-filled':
      return filled(snapshot, data as Filled);
    case 'trading.position-settled': {
      const { instrument, cashUsd, balanceUsd, dayAnchorUsd, isPaused } = data as Settled;
      const positions = withPosition(snapshot.positions, instrument, null);
      // A correction pays for what is no longer held: only a position that ends is a trade.
      const tradesClosed = snapshot.tradesClosed + snapshot.positions.length - positions.length;
      return { ...snapshot, cashUsd, balanceUsd, dayAnchorUsd, isPaused, tradesClosed, positions };
    }
    case 'assessment.day-opened': {
      const { day, dayAnchorUsd } = data as Pick<Snapshot, 'day' | 'dayAnchorUsd'>;
      return { ...snapshot, day, dayAnchorUsd, isPaused: false };
    }
    case 'rules.trading-paused':
      return { ...snapshot, isPaused: true };
    case 'assessment.held':
      return { ...snapshot, hold: (data as Pick<Snapshot, 'hold'>).hold };
    case 'assessment.released':
      return { ...snapshot, hold: null };
    case 'assessment.abandoned':
      return { ...snapshot, status: 'failed' };
    case 'assessment.completed':
      return { ...snapshot, status: 'passed' };
    default:
      return snapshot;
  }
}

function filled(snapshot: Snapshot, data: Filled): Snapshot {
  const { instrument, cashUsd, balanceUsd, tradesClosed, position } = data;
  const order = snapshot.orders.find(({ orderId }) => orderId === data.orderId);
  return {
    ...snapshot,
    cashUsd,
    balanceUsd,
    tradesClosed,
    positions: withPosition(snapshot.positions, instrument, position),
    orders: order ? withOrder(snapshot.orders, grown(order, data.qty)) : snapshot.orders,
  };
}

/** An order with one more fill; it is done with its last. */
function grown(order: Order, qty: string): Order {
  const filledQty = readQty(order.filledQty) + readQty(qty);
  const status = filledQty >= readQty(order.qty) ? 'filled' : order.status;
  return { ...order, status, filledQty: writeDecimal(filledQty, QTY_SCALE) };
}

/** Replaces the order of the same id or adds it; one that no longer works leaves. */
function withOrder(orders: Snapshot['orders'], order: Order): Snapshot['orders'] {
  const isKnown = orders.some(({ orderId }) => orderId === order.orderId);
  if (order.status !== 'open') return orders.filter(({ orderId }) => orderId !== order.orderId);
  if (!isKnown) return [...orders, order];
  return orders.map((known) => (known.orderId === order.orderId ? order : known));
}

function withPosition(positions: Snapshot['positions'], instrument: string, position: Position | null) {
  const others = positions.filter((held) => held.instrument !== instrument);
  return [...others, ...(position ? [position] : [])].sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
}
