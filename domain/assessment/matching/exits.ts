import { positionIn, withOrder } from '../../account/account';
import { andThen, type Decision } from '../../account/account-event';
import { type Attached, type Order, opposite, remaining, type Terms } from '../../account/order';
import { absolute, type Qty, qty } from '../../kernel/money';
import type { Book } from '../../market/book';
import type { DecisionContext } from '../context/decision-context';
import { newOrder } from './new-order';

/**
 * The exits of an entry begin to work with its first fill and grow with each further one, sized to what was filled and
 * to the position. An entry that only made a position smaller has none.
 */
export function withExits(
  context: DecisionContext,
  decided: Decision,
  entry: Order,
  amount: Qty,
  book: Book,
): Decision {
  if (entry.attached === null) return decided;
  const { account } = decided;
  const held = positionIn(account, entry.instrument)?.qty ?? 0n;
  if (held === 0n || held > 0n !== (entry.side === 'buy')) return decided;
  const working = account.orders.filter(({ entryId }) => entryId === entry.orderId);
  const room = absolute(qty(held));
  if (working.length > 0) return working.reduce((decision, exit) => grown(decision, exit, amount, room), decided);
  const size = amount < room ? amount : room;
  return exitTerms(entry.attached).reduce(
    (decision, terms) => placed(context, decision, entry, terms, size, book),
    decided,
  );
}

function grown(decided: Decision, exit: Order, amount: Qty, room: Qty): Decision {
  const left = remaining(exit) + amount < room ? remaining(exit) + amount : room;
  const order: Order = { ...exit, qty: qty(exit.filledQty + left) };
  const orders = withOrder(decided.account.orders, order);
  return andThen(decided, {
    account: { ...decided.account, orders },
    events: [{ kind: 'order_amended', order }],
  });
}

function placed(
  context: DecisionContext,
  decided: Decision,
  entry: Order,
  terms: Terms,
  size: Qty,
  book: Book,
): Decision {
  const ticket = {
    orderId: context.nextOrderId(),
    instrument: entry.instrument,
    side: opposite(entry.side),
    qty: size,
    terms,
    reduceOnly: true,
    attached: null,
  };
  const order = newOrder(context, ticket, book, entry.origin, entry.orderId);
  return andThen(decided, {
    account: { ...decided.account, orders: withOrder(decided.account.orders, order) },
    events: [{ kind: 'order_placed', ticket, order }],
  });
}

function exitTerms({ takeProfit, stopLoss }: Attached): readonly Terms[] {
  const terms: Terms[] = [];
  if (takeProfit !== null) terms.push({ type: 'limit', limitPrice: takeProfit, timeInForce: { kind: 'gtc' } });
  if (stopLoss !== null) terms.push({ type: 'stop', stopPrice: stopLoss });
  return terms;
}
