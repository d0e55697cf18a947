import { invariant } from '../../kernel/invariant';
import type { Order } from './order';

/** What an order is between two of its events; `absent`: there is none of its id. */
export type OrderState = 'absent' | 'working' | 'triggered' | 'partly_filled' | 'filled' | 'cancelled' | 'expired';

export type OrderEventKind =
  | 'order_placed'
  | 'order_amended'
  | 'order_advanced'
  | 'order_triggered'
  | 'order_filled'
  | 'order_cancelled';

type Transitions = Readonly<Partial<Record<OrderEventKind, readonly OrderState[]>>>;

const ENDED: Transitions = {};

/** What each event may leave of an order. One that has ended has no event any more, and its id is never used again. */
const TRANSITIONS: Readonly<Record<OrderState, Transitions>> = {
  absent: { order_placed: ['working'] },
  working: {
    order_amended: ['working'],
    order_advanced: ['working'],
    order_triggered: ['triggered'],
    order_filled: ['partly_filled', 'filled'],
    order_cancelled: ['cancelled', 'expired'],
  },
  triggered: {
    order_amended: ['triggered'],
    order_advanced: ['triggered'],
    order_filled: ['partly_filled', 'filled'],
    order_cancelled: ['cancelled', 'expired'],
  },
  partly_filled: {
    order_amended: ['partly_filled'],
    order_advanced: ['partly_filled'],
    order_filled: ['partly_filled', 'filled'],
    order_cancelled: ['cancelled', 'expired'],
  },
  filled: ENDED,
  cancelled: ENDED,
  expired: ENDED,
};

export function stateOf(order: Order | undefined): OrderState {
  if (!order) return 'absent';
  if (order.status !== 'open') return order.status;
  if (order.filledQty > 0n) return 'partly_filled';
  return order.triggeredAt === null ? 'working' : 'triggered';
}

/** Refuses what cannot have happened: `before` is the order as the account has it, `after` as the event leaves it. */
export function assertTransition(kind: OrderEventKind, before: Order | undefined, after: Order): void {
  const [from, to] = [stateOf(before), stateOf(after)];
  const isAllowed = TRANSITIONS[from][kind]?.includes(to) ?? false;
  invariant(isAllowed, `${kind} cannot leave order ${after.orderId} ${to}, which is ${from}`);
  invariant(after.filledQty <= after.qty, `order ${after.orderId} is filled beyond its quantity`);
  if (before && kind !== 'order_filled') {
    invariant(isSameOrder(before, after), `${kind} changes what stays with order ${after.orderId} for its life`);
  }
}

/** What no event but a fill, or none at all, changes. */
const isSameOrder = (a: Order, b: Order): boolean =>
  a.instrument === b.instrument &&
  a.side === b.side &&
  a.reduceOnly === b.reduceOnly &&
  a.placedAt === b.placedAt &&
  a.filledQty === b.filledQty &&
  a.parts === b.parts &&
  a.entryId === b.entryId &&
  a.origin === b.origin;
