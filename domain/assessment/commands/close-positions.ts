import { type Account, positionIn } from '../../account/account';
import { type AccountEvent, andThen, type Decision } from '../../account/account-event';
import { marketableLevels } from '../../account/liquidity';
import type { ClosingReason, Order, OrderTicket } from '../../account/order';
import type { InstrumentId, OrderId } from '../../kernel/ids';
import { invariant } from '../../kernel/invariant';
import { absolute, type Qty, qty } from '../../kernel/money';
import { accept, type Result, refuse } from '../../kernel/result';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { beginDay } from '../judging/begin-day';
import { takerLevels } from '../matching/fill-as-taker';
import { fillOrder } from '../matching/fill-order';
import { newOrder } from '../matching/new-order';
import { tradable, verdictDue } from '../pre-trade/tradability';
import type { OrderRefusal } from './decide-order';

/** Who closes: the trader, or the desk for a reason. */
export type ClosedBy = 'trader' | ClosingReason;

/** Closes a position whole, at once, with a market order; the desk itself asks neither for status nor for a verdict. */
export function closePosition(
  context: DecisionContext,
  instrument: InstrumentId,
  orderId: OrderId,
  by: ClosedBy,
): Result<Decision, OrderRefusal> {
  const { status } = context;
  const isTrader = by === 'trader';
  if (isTrader && status !== 'active') {
    return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
  }
  const begun = begin(context);
  const ticket = closingTicket(begun.account, instrument, orderId);
  if (!ticket) return refuse('would_not_reduce', 'instrument', 'there is no position to close');
  const traded = tradedInstrument(context, instrument);
  const open = tradable(context, traded);
  if (!open.ok) return open;
  const today = { ...context, account: begun.account };
  const due = isTrader ? verdictDue(today, marksAt(context.books, context.at)) : undefined;
  if (due) return due;
  if (!marketableLevels(open.value, ticket.side, ticket.qty)) {
    const rule = 'the book does not hold it within 5 % of its best price: close it in parts';
    return refuse('insufficient_liquidity', 'instrument', rule);
  }
  return accept(andThen(begun, close(today, ticket, traded, open.value, by)));
}

/**
 * Closes what has a price now, each position as far as its book holds it within the slippage cap. `unpriced` are those
 * that are left, in whole or part: a later call closes more.
 */
export function closePositions(
  context: DecisionContext,
  instruments: readonly InstrumentId[],
  nextOrderId: () => OrderId,
  by: ClosedBy,
): Decision & { readonly unpriced: readonly InstrumentId[] } {
  const unpriced: InstrumentId[] = [];
  let decision = begin(context);
  for (const instrument of instruments) {
    if (!positionIn(decision.account, instrument)) continue;
    const now = { ...context, account: decision.account };
    decision = andThen(decision, closeWhatIsThere(now, instrument, nextOrderId, by));
    if (positionIn(decision.account, instrument)) unpriced.push(instrument);
  }
  return { ...decision, unpriced };
}

function closeWhatIsThere(
  context: DecisionContext,
  instrument: InstrumentId,
  nextOrderId: () => OrderId,
  by: ClosedBy,
): Decision {
  const nothing = { account: context.account, events: [] };
  const traded = tradedInstrument(context, instrument);
  const open = tradable(context, traded);
  const ticket = open.ok ? closingTicket(context.account, instrument, nextOrderId()) : undefined;
  if (!open.ok || !ticket) return nothing;
  const order = newOrder(context, ticket, open.value, originOf(by));
  const amount = sizeOf(takerLevels(context.rules, context.account, order, traded, open.value));
  return amount === 0n ? nothing : close(context, { ...ticket, qty: amount }, traded, open.value, by);
}

/** The ticket's whole quantity, which the book is known to hold. */
function close(
  context: DecisionContext,
  ticket: OrderTicket,
  instrument: Instrument,
  book: Book,
  by: ClosedBy,
): Decision {
  const levels = marketableLevels(book, ticket.side, ticket.qty);
  invariant(levels !== undefined, 'what is closed was found in the book');
  const placed: Decision = { account: context.account, events: [{ kind: 'order_placed', ticket }] };
  const order = newOrder(context, ticket, book, originOf(by));
  const filled = fillOrder(context, placed, order, { instrument, book, levels, liquidity: 'taker' });
  return by === 'trader' ? filled : { ...filled, events: filled.events.map(closedFor(by, ticket.orderId)) };
}

const originOf = (by: ClosedBy): Order['origin'] => (by === 'trader' ? 'trader' : 'desk');

/** The closing's own fill says why the desk made it. */
const closedFor =
  (reason: ClosingReason, orderId: OrderId) =>
  (event: AccountEvent): AccountEvent =>
    event.kind === 'order_filled' && event.fill.orderId === orderId
      ? { ...event, fill: { ...event.fill, closedFor: reason } }
      : event;

/** An assessment that has ended begins no day. */
const begin = (context: DecisionContext): Decision =>
  context.status === 'active' ? beginDay(context) : { account: context.account, events: [] };

function closingTicket(account: Account, instrument: InstrumentId, orderId: OrderId): OrderTicket | undefined {
  const held = positionIn(account, instrument);
  return (
    held && {
      orderId,
      instrument,
      side: held.qty > 0n ? 'sell' : 'buy',
      qty: absolute(held.qty),
      terms: { type: 'market' },
      reduceOnly: true,
      attached: null,
    }
  );
}

function tradedInstrument({ instruments }: DecisionContext, id: InstrumentId): Instrument {
  const instrument = instruments.get(id);
  invariant(instrument !== undefined, `the catalogue knows ${id}`);
  return instrument;
}

const sizeOf = (levels: readonly { readonly qty: Qty }[]): Qty =>
  qty(levels.reduce((sum, level) => sum + level.qty, 0n));
