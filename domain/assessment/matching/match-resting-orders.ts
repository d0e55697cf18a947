import { type Account, orderOf, withOrder } from '../../account/account';
import { andThen, type Decision } from '../../account/account-event';
import { bookAfter, wholeSteps } from '../../account/liquidity';
import type { CancelReason, Order } from '../../account/order';
import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { type Price, type Qty, qty } from '../../kernel/money';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { fillable, heldAgainst } from '../context/fillable';
import { marksAt } from '../context/marks';
import { bestExitPrice, isReached, stopLevel, trailedOrder } from '../context/trigger-price';
import { type ConductRefusal, riskBar } from '../pre-trade/conduct';
import { limitOf } from '../pre-trade/exposure';
import { overMargin } from '../pre-trade/exposure-caps';
import { tradable } from '../pre-trade/tradability';
import { cancelOrders } from './cancel-orders';
import { fillAsTaker } from './fill-as-taker';
import { fillOrder } from './fill-order';
import { triggered } from './placing';
import { countTape, shownThrough, type TradeCredit } from './queue-position';

/** What the orders of this pass have taken already: the books that are left, and quantities by trade and side. */
type Used = { readonly books: Map<InstrumentId, Book>; readonly trades: Map<string, Qty> };

/** An order and the market that it meets. Only a state that came after the order fills it. */
type Meeting = {
  readonly context: DecisionContext;
  readonly order: Order;
  readonly instrument: Instrument;
  readonly book: Book;
  readonly isNew: boolean;
  readonly used: Used;
};

/**
 * Lets every order that works meet the present books and trades, oldest first: orders expire, trails follow, stops are
 * triggered, resting limits fill. What one order takes of a book or a trade is gone for the next. The account may come
 * back changed without an event: its orders remember what they have met.
 */
export function matchRestingOrders(context: DecisionContext): Decision {
  let decision: Decision = { account: context.account, events: [] };
  if (context.status !== 'active') return decision;
  const used: Used = { books: new Map(), trades: new Map() };
  for (const { orderId } of context.account.orders) {
    const order = orderOf(decision.account, orderId);
    if (order) decision = work({ ...context, account: decision.account }, decision, order, used);
  }
  return decision;
}

function work(context: DecisionContext, decision: Decision, order: Order, used: Used): Decision {
  const instrument = context.instruments.get(order.instrument);
  if (!instrument) return decision;
  if (hasExpired(order, context.at)) return ended(decision, order, 'expired');
  // Trading goes on after a halt; after anything else it does not.
  if (instrument.status !== 'open' && instrument.status !== 'halted') return ended(decision, order, 'market_closed');
  const open = tradable(context, instrument);
  if (!open.ok) return decision;
  const book = open.value;
  const isNew = book.sequence > order.bookSequence && book.receivedAt > order.placedAt;
  const meeting = { context, order, instrument, book, isNew, used };
  const next = meet(meeting, decision);
  return isNew && used.books.has(instrument.id) ? havingMet(next, order, book) : next;
}

function meet(meeting: Meeting, decision: Decision): Decision {
  const { context, order, instrument, isNew } = meeting;
  const limit = limitOf(order);
  const isWaiting = stopLevel(order) !== null && order.triggeredAt === null;
  if (isWaiting) return isNew ? meetStop(meeting, decision) : decision;
  if (limit !== null) return meetLimit(meeting, decision, limit);
  return isNew
    ? allowed(meeting, decision, fillAsTaker(context, decision, order, instrument, leftOf(meeting)))
    : decision;
}

function meetStop(meeting: Meeting, decision: Decision): Decision {
  const { context, order, instrument, book } = meeting;
  const bestPrice = bestExitPrice(book, order.side);
  if (bestPrice === null) return decision;
  if (isReached(order, bestPrice))
    return allowed(meeting, decision, triggered(context, decision, order, instrument, leftOf(meeting)));
  const moved = trailedOrder(order, bestPrice, book.sequence);
  if (moved === order) return decision;
  return advanced({ ...decision, account: kept(decision.account, moved) }, moved);
}

/** A resting limit fills at its own price with what the market now shows, or traded, beyond it. */
function meetLimit(meeting: Meeting, decision: Decision, limit: Price): Decision {
  const { context, order, instrument, book, isNew, used } = meeting;
  const tape = context.tape.get(instrument.id) ?? [];
  const { credits, order: counted } = countTape(order, limit, tape, context.rules.execution);
  const seen: Decision = counted === order ? decision : { ...decision, account: kept(decision.account, counted) };
  const wanted = fillable(decision.account, order, instrument);
  const shown = isNew ? shownThrough(leftOf(meeting), order, limit) : qty(0n);
  const fromBook = partOf(shown, wanted, instrument);
  const taken = takenOf(meeting, credits, qty(wanted - fromBook));
  const amount = taken.reduce((sum, credit) => qty(sum + credit.qty), fromBook);
  if (amount === 0n) {
    const isPast = wanted === 0n && credits.length > 0;
    return isPast || order.queueAhead !== counted.queueAhead ? advanced(seen, counted) : seen;
  }
  const levels = [{ price: limit, qty: amount }];
  const next = fillOrder(context, seen, counted, { instrument, book, levels, liquidity: 'maker' });
  const objection = objectionTo(meeting, decision.account, next.account);
  // Trades that came while it may not be filled are past, and stay so.
  if (objection === 'wait') return counted === order ? seen : advanced(seen, counted);
  if (objection) return ended(seen, counted, objection);
  if (fromBook > 0n) used.books.set(instrument.id, bookAfter(leftOf(meeting), order.side, fromBook));
  for (const { tradeId, qty: part } of taken) {
    const at = takenAt(meeting, tradeId);
    used.trades.set(at, qty((used.trades.get(at) ?? 0n) + part));
  }
  return next;
}

/** The part of each trade that the order gets: what older orders of the account left of it. */
function takenOf(meeting: Meeting, credits: readonly TradeCredit[], wanted: Qty): readonly TradeCredit[] {
  let left: bigint = wanted;
  return credits.flatMap(({ tradeId, qty: credited }) => {
    const gone = meeting.used.trades.get(takenAt(meeting, tradeId)) ?? 0n;
    const part = credited > gone ? partOf(qty(credited - gone), qty(left), meeting.instrument) : qty(0n);
    left -= part;
    return part > 0n ? [{ tradeId, qty: part }] : [];
  });
}

const takenAt = ({ instrument, order }: Meeting, tradeId: string): string =>
  `${instrument.id} ${order.side} ${tradeId}`;

/** All that is wanted where it is there, or else whole steps of what is. */
const partOf = (there: Qty, wanted: Qty, { qtyStep }: Instrument): Qty =>
  there >= wanted ? wanted : wholeSteps(there, qtyStep);

const advanced = (decision: Decision, order: Order): Decision =>
  andThen(decision, { account: decision.account, events: [{ kind: 'order_advanced', order }] });

/** What a taker did, unless the account may not have it; then the order waits, or ends. */
function allowed(meeting: Meeting, decision: Decision, next: Decision): Decision {
  const { order, instrument, used } = meeting;
  const amount = filledSince(decision, next, order);
  if (amount === 0n) return next;
  const objection = objectionTo(meeting, decision.account, next.account);
  if (objection === 'wait') return decision;
  if (objection) return ended(decision, order, objection);
  used.books.set(instrument.id, bookAfter(leftOf(meeting), order.side, amount));
  return next;
}

/**
 * A fill that adds risk is held to the pause, the calendar and the margin of its own moment: equity may have fallen
 * since the order was placed. Only what is held then counts, not what works beside it.
 */
function objectionTo(
  { context, order, instrument }: Meeting,
  before: Account,
  after: Account,
): CancelReason | 'wait' | undefined {
  if (heldAgainst(before, order) >= fillable(before, order, instrument)) return undefined;
  const barred = riskBar(context, instrument.id);
  if (barred) return ENDED_BY[barred.refusal];
  const over = overMargin(context, { ...after, orders: [] }, instrument, marksAt(context.books, context.at));
  if (!over) return undefined;
  return over.refusal === 'price_unavailable' ? 'wait' : 'insufficient_margin';
}

/** The calendar lets an order wait; a pause and a hold end it. */
const ENDED_BY: Readonly<Record<ConductRefusal, CancelReason | 'wait'>> = {
  account_frozen: 'account_held',
  account_refunded: 'account_held',
  trading_paused: 'trading_paused',
  weekend_closed: 'wait',
  news_blackout: 'wait',
};

const leftOf = ({ book, instrument, used }: Meeting): Book => used.books.get(instrument.id) ?? book;

const hasExpired = ({ terms }: Order, at: Instant): boolean =>
  terms.type === 'limit' && terms.timeInForce.kind === 'gtd' && terms.timeInForce.expiresAt <= at;

const ended = (decision: Decision, order: Order, reason: CancelReason): Decision =>
  andThen(decision, cancelOrders(decision.account, [order], reason));

const kept = (account: Account, order: Order): Account => ({ ...account, orders: withOrder(account.orders, order) });

/** An order that met a book which others of its account drew on: the same state has nothing more for it. */
function havingMet(decision: Decision, { orderId }: Order, { sequence }: Book): Decision {
  const order = orderOf(decision.account, orderId);
  if (!order || order.bookSequence >= sequence) return decision;
  return { ...decision, account: kept(decision.account, { ...order, bookSequence: sequence }) };
}

const filledSince = (decision: Decision, { events }: Decision, { orderId }: Order): Qty =>
  events
    .slice(decision.events.length)
    .reduce(
      (sum, event) =>
        event.kind === 'order_filled' && event.fill.orderId === orderId ? qty(sum + event.fill.qty) : sum,
      qty(0n),
    );
