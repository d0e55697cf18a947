import { orderOf } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { type Order, remaining, type Terms, type TimeInForce, type Trail } from '../../account/orders/order';
import type { OrderId } from '../../kernel/ids';
import { invariant } from '../../kernel/invariant';
import type { Price, Qty } from '../../kernel/money';
import { accept, type Refused, type Result, refuse } from '../../kernel/result';
import type { Book } from '../../market/book';
import type { Market } from '../../market/market';
import { after, inTurn } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { stopLevel } from '../context/trigger-price';
import { worksFrom } from '../context/works-from';
import { fillAsTaker } from '../matching/fill-as-taker';
import { queueAt } from '../matching/new-order';
import { triggerReached } from '../matching/placing';
import { closingBar, riskBar } from '../pre-trade/conduct';
import { limitOf } from '../pre-trade/exposure';
import { unstorable } from '../pre-trade/order-size';
import { invalidChange } from '../pre-trade/order-validity';
import { invalidExits, tradable, verdictDue } from '../pre-trade/tradability';
import { beginCommand } from './begin-command';
import { type Decided, type OrderRefusal, onlyReduces, overCaps } from './decide-order';

/** What may be changed of an order that works; what is absent stays. `qty` counts what has been filled. */
export type Amendment = {
  readonly qty?: Qty | undefined;
  readonly limitPrice?: Price | undefined;
  readonly stopPrice?: Price | undefined;
  readonly trail?: Trail | undefined;
  readonly timeInForce?: TimeInForce | undefined;
};

export type AmendRefusal = OrderRefusal | 'order_not_working' | 'amendment_unfit';

/** Changes an order as if it were placed anew, under every check of a new one: it gives up its place in the queue. */
export function amendOrder(context: DecisionContext, orderId: OrderId, change: Amendment): Decided<AmendRefusal> {
  const { status, instruments, at } = context;
  if (status !== 'active') return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
  const begun = beginCommand(context);
  const today = after(context, begun);
  const order = orderOf(today.account, orderId);
  if (!order) return refuse('order_not_working', 'orderId', 'the order has ended, or never was');
  const changed = amended(order, change);
  if (!changed.ok) return changed;
  const instrument = instruments.get(order.instrument);
  invariant(instrument !== undefined, `the catalogue knows ${order.instrument}`);
  const invalid = invalidChange({ account: today.account, at }, order, changed.value, instrument);
  if (invalid) return invalid;
  const market = tradable(today, instrument);
  if (!market.ok) return market;
  const decided = amendChecked(today, changed.value, market.value);
  return decided.ok ? accept([...begun, ...decided.value]) : decided;
}

function amendChecked(context: DecisionContext, order: Order, market: Market): Decided<AmendRefusal> {
  const marks = marksAt(context.books, context.at);
  const reduces = onlyReduces(context.account, { ...order, qty: remaining(order) });
  const early =
    verdictDue(context, marks, reduces) ??
    invalidExits(order, market.book) ??
    (reduces ? closingBar(context, order) : riskBar(context, order.instrument));
  if (early) return early;
  const events = workAnew(context, order, market);
  const refused = reduces ? undefined : overCaps({ context, marks, events }, order, market);
  return refused ?? unstorable(context, events) ?? accept(events);
}

/** It meets this state of the book as a new order would, but for one that this very state has filled before. */
function workAnew(context: DecisionContext, before: Order, market: Market): readonly AccountEvent[] {
  const { book } = market;
  const order = anew(context, before, book);
  const hasMet = before.parts > 0 && book.sequence <= before.bookSequence;
  const waits = stopLevel(order) !== null && order.triggeredAt === null;
  return inTurn(
    context,
    () => [{ kind: 'order_amended', order }],
    (now) => (hasMet ? [] : (waits ? triggerReached : fillAsTaker)(now, order, market)),
  );
}

function anew(context: DecisionContext, order: Order, book: Book): Order {
  const { rules, at } = context;
  const limit = limitOf(order);
  const isQueued = rules.execution.restingFills === 'queue' && limit !== null;
  const queueAhead = isQueued ? queueAt(book, order.side, limit) : null;
  return { ...order, bookSequence: book.sequence, tapeSeenAt: at, worksFrom: worksFrom(context), queueAhead };
}

function amended(order: Order, change: Amendment): Result<Order, 'amendment_unfit'> {
  const asked = change.qty ?? order.qty;
  if (asked <= order.filledQty) {
    return refuse('amendment_unfit', 'qty', 'must be more than what has been filled; cancel the order instead');
  }
  const terms = amendedTerms(order, change);
  return 'type' in terms ? accept({ ...order, qty: asked, terms }) : terms;
}

function amendedTerms({ terms, triggeredAt }: Order, change: Amendment): Terms | Refused<'amendment_unfit'> {
  const { limitPrice, stopPrice, trail, timeInForce } = change;
  const has = (field: 'limitPrice' | 'stopPrice' | 'trail' | 'timeInForce') => field in terms;
  if (limitPrice !== undefined && !has('limitPrice')) return invalidField('limitPrice', terms);
  if (stopPrice !== undefined && !has('stopPrice')) return invalidField('stopPrice', terms);
  if (trail !== undefined && !has('trail')) return invalidField('trail', terms);
  if (timeInForce !== undefined && !has('timeInForce')) return invalidField('timeInForce', terms);
  if (triggeredAt !== null && (stopPrice !== undefined || trail !== undefined)) {
    return refuse('amendment_unfit', stopPrice === undefined ? 'trail' : 'stopPrice', 'the stop has been reached');
  }
  if (timeInForce && timeInForce.kind !== 'gtc' && timeInForce.kind !== 'gtd') {
    return refuse('amendment_unfit', 'timeInForce', 'an order that works is good till cancelled or till its expiry');
  }
  return changedTerms(terms, change);
}

function changedTerms(terms: Terms, { limitPrice, stopPrice, trail, timeInForce }: Amendment): Terms {
  switch (terms.type) {
    case 'market':
      return terms;
    case 'limit':
      return {
        ...terms,
        limitPrice: limitPrice ?? terms.limitPrice,
        timeInForce: timeInForce ?? terms.timeInForce,
      };
    case 'stop':
      return { ...terms, stopPrice: stopPrice ?? terms.stopPrice };
    case 'stop_limit':
      return { ...terms, stopPrice: stopPrice ?? terms.stopPrice, limitPrice: limitPrice ?? terms.limitPrice };
    case 'trailing_stop':
      return { ...terms, trail: trail ?? terms.trail };
  }
}

const invalidField = (field: string, { type }: Terms): Refused<'amendment_unfit'> =>
  refuse('amendment_unfit', field, `a ${type} order has none`);
