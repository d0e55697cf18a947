import { positionIn } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import {
  type Attached,
  type Order,
  type OrderTicket,
  opposite,
  remaining,
  type Terms,
} from '../../account/orders/order';
import { absolute, type Qty, qty } from '../../kernel/money';
import type { Book } from '../../market/book';
import type { DecisionContext } from '../context/decision-context';
import { newOrder } from './new-order';

/**
 * The exits of an entry begin to work with its first fill and grow with each further one, sized to what was filled and
 * to the position. An entry that only made a position smaller has none.
 */
export function workExits(context: DecisionContext, entry: Order, amount: Qty, book: Book): readonly AccountEvent[] {
  if (entry.attached === null) return [];
  const { account } = context;
  const held = positionIn(account, entry.instrument)?.qty ?? 0n;
  if (held === 0n || held > 0n !== (entry.side === 'buy')) return [];
  const room = absolute(qty(held));
  const working = account.orders.filter(({ entryId }) => entryId === entry.orderId);
  if (working.length > 0) return working.map((exit) => grown(exit, amount, room));
  const size = amount < room ? amount : room;
  const place = { origin: entry.origin, entryId: entry.orderId };
  return exitTerms(entry.attached).map((terms): AccountEvent => {
    const ticket = exitTicket(context, entry, terms, size);
    return { kind: 'order_placed', order: newOrder(context, ticket, book, place) };
  });
}

function grown(exit: Order, amount: Qty, room: Qty): AccountEvent {
  const left = remaining(exit) + amount < room ? remaining(exit) + amount : room;
  return { kind: 'order_amended', order: { ...exit, qty: qty(exit.filledQty + left) } };
}

const exitTicket = ({ nextOrderId }: DecisionContext, entry: Order, terms: Terms, size: Qty): OrderTicket => ({
  orderId: nextOrderId(),
  instrument: entry.instrument,
  side: opposite(entry.side),
  qty: size,
  terms,
  reduceOnly: true,
  attached: null,
});

function exitTerms({ takeProfit, stopLoss }: Attached): readonly Terms[] {
  const terms: Terms[] = [];
  if (takeProfit !== null) terms.push({ type: 'limit', limitPrice: takeProfit, timeInForce: { kind: 'gtc' } });
  if (stopLoss !== null) terms.push({ type: 'stop', stopPrice: stopLoss });
  return terms;
}
