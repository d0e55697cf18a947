import { type Account, positionIn } from '../../account/account';
import type { ClosingReason, Order, OrderTicket } from '../../account/order';
import { takeable } from '../../account/taking';
import type { InstrumentId, OrderId } from '../../kernel/ids';
import { invariant } from '../../kernel/invariant';
import { absolute, type Qty, qty } from '../../kernel/money';
import { accept, type Result, refuse } from '../../kernel/result';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import { type Decided, followedBy, type Happening } from '../context/account-event';
import type { Desk } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { beginDay } from '../judging/begin-day';
import { takenNow } from '../matching/fill-as-taker';
import { fillOrder } from '../matching/fill-order';
import { newOrder } from '../matching/new-order';
import { tradable, verdictDue } from '../pre-trade/tradability';
import type { OrderRefusal } from './decide-order';

/** Who closes: the trader, or the desk for a reason. */
export type ClosedBy = 'trader' | ClosingReason;

/** Closes a position whole, at once, with a market order; the desk itself asks neither for status nor for a verdict. */
export function closePosition(
  desk: Desk,
  instrument: InstrumentId,
  orderId: OrderId,
  by: ClosedBy,
): Result<Decided, OrderRefusal> {
  const { status } = desk;
  const isTrader = by === 'trader';
  if (isTrader && status !== 'active') {
    return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
  }
  const begun = begin(desk);
  const ticket = closingTicket(begun.account, instrument, orderId);
  if (!ticket) return refuse('would_not_reduce', 'instrument', 'there is no position to close');
  const traded = tradedInstrument(desk, instrument);
  const open = tradable(desk, traded);
  if (!open.ok) return open;
  const today = { ...desk, account: begun.account };
  const due = isTrader ? verdictDue(today, marksAt(desk.books, desk.at)) : undefined;
  if (due) return due;
  if (!takeable(open.value, ticket.side, ticket.qty)) {
    const rule = 'the book does not hold it within 5 % of its best price: close it in parts';
    return refuse('insufficient_liquidity', 'instrument', rule);
  }
  return accept(followedBy(begun, close(today, ticket, traded, open.value, by)));
}

/**
 * Closes what has a price now, each position as far as its book holds it within the slippage cap. `unpriced` are those
 * that are left, in whole or part: a later call closes more.
 */
export function closePositions(
  desk: Desk,
  instruments: readonly InstrumentId[],
  nextOrderId: () => OrderId,
  by: ClosedBy,
): Decided & { readonly unpriced: readonly InstrumentId[] } {
  const unpriced: InstrumentId[] = [];
  let so = begin(desk);
  for (const instrument of instruments) {
    if (!positionIn(so.account, instrument)) continue;
    const now = { ...desk, account: so.account };
    so = followedBy(so, closeWhatIsThere(now, instrument, nextOrderId, by));
    if (positionIn(so.account, instrument)) unpriced.push(instrument);
  }
  return { ...so, unpriced };
}

function closeWhatIsThere(desk: Desk, instrument: InstrumentId, nextOrderId: () => OrderId, by: ClosedBy): Decided {
  const nothing = { account: desk.account, happenings: [] };
  const traded = tradedInstrument(desk, instrument);
  const open = tradable(desk, traded);
  const ticket = open.ok ? closingTicket(desk.account, instrument, nextOrderId()) : undefined;
  if (!open.ok || !ticket) return nothing;
  const order = newOrder(desk, ticket, open.value, originOf(by));
  const amount = sizeOf(takenNow(desk.rules, desk.account, order, traded, open.value));
  return amount === 0n ? nothing : close(desk, { ...ticket, qty: amount }, traded, open.value, by);
}

/** The ticket's whole quantity, which the book is known to hold. */
function close(desk: Desk, ticket: OrderTicket, instrument: Instrument, book: Book, by: ClosedBy): Decided {
  const levels = takeable(book, ticket.side, ticket.qty);
  invariant(levels !== undefined, 'what is closed was found in the book');
  const placed: Decided = { account: desk.account, happenings: [{ kind: 'order_placed', ticket }] };
  const order = newOrder(desk, ticket, book, originOf(by));
  const filled = fillOrder(desk, placed, order, { instrument, book, levels, liquidity: 'taker' });
  return by === 'trader' ? filled : { ...filled, happenings: filled.happenings.map(closedFor(by, ticket.orderId)) };
}

const originOf = (by: ClosedBy): Order['origin'] => (by === 'trader' ? 'trader' : 'desk');

/** The closing's own fill says why the desk made it. */
const closedFor =
  (reason: ClosingReason, orderId: OrderId) =>
  (happening: Happening): Happening =>
    happening.kind === 'order_filled' && happening.fill.orderId === orderId
      ? { ...happening, fill: { ...happening.fill, closedFor: reason } }
      : happening;

/** An assessment that has ended begins no day. */
const begin = (desk: Desk): Decided =>
  desk.status === 'active' ? beginDay(desk) : { account: desk.account, happenings: [] };

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

function tradedInstrument({ instruments }: Desk, id: InstrumentId): Instrument {
  const instrument = instruments.get(id);
  invariant(instrument !== undefined, `the desk knows ${id}`);
  return instrument;
}

const sizeOf = (levels: readonly { readonly qty: Qty }[]): Qty =>
  qty(levels.reduce((sum, level) => sum + level.qty, 0n));
