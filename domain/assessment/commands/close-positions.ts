import { type Account, positionIn } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { marketableLevels } from '../../account/orders/liquidity';
import type { ClosingReason, OrderTicket } from '../../account/orders/order';
import type { InstrumentId, OrderId } from '../../kernel/ids';
import { invariant } from '../../kernel/invariant';
import { absolute, type Qty, qty } from '../../kernel/money';
import { accept, refuse } from '../../kernel/result';
import type { Instrument } from '../../market/instrument';
import type { Market } from '../../market/market';
import { after, inTurn } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { beginDay } from '../judging/begin-day';
import { cancelOrders } from '../matching/cancel-orders';
import { takerLevels } from '../matching/fill-as-taker';
import { fillOrder } from '../matching/fill-order';
import { newOrder, type PlacedBy } from '../matching/new-order';
import { closingBar } from '../pre-trade/conduct';
import { tradable, verdictDue } from '../pre-trade/tradability';
import { beginCommand } from './begin-command';
import type { Decided, OrderRefusal } from './decide-order';

/** Who closes: the trader, or the desk for a reason. */
export type ClosedBy = 'trader' | ClosingReason;

/** Closes a position whole, at once, with a market order; the desk itself asks neither for status nor for a verdict. */
export function closePosition(
  context: DecisionContext,
  instrument: InstrumentId,
  orderId: OrderId,
  by: ClosedBy,
): Decided<OrderRefusal> {
  const { status } = context;
  const isTrader = by === 'trader';
  if (isTrader && status !== 'active') {
    return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
  }
  const begun = isTrader ? beginCommand(context) : begin(context);
  const today = after(context, begun);
  const ticket = closingTicket(today.account, instrument, orderId);
  if (!ticket) return refuse('would_not_reduce', 'instrument', 'there is no position to close');
  const market = tradable(context, tradedInstrument(context, instrument));
  if (!market.ok) return market;
  const due = isTrader
    ? (verdictDue(today, marksAt(context.books, context.at)) ?? closingBar(today, ticket))
    : undefined;
  if (due) return due;
  if (!marketableLevels(market.value.book, ticket.side, ticket.qty)) {
    const rule = 'the book does not hold it within 5 % of its best price: close it in parts';
    return refuse('insufficient_liquidity', 'instrument', rule);
  }
  return accept([...begun, ...close(today, ticket, market.value, by)]);
}

/**
 * Cancels every order of a trader, then closes all that has a price. A verdict that is due comes first, as before any
 * other command: what has been missed is not wiped out by leaving.
 */
export function closeAccount(
  context: DecisionContext,
): Decided<'assessment_closed' | 'limit_broken' | 'news_blackout'> {
  const { status } = context;
  if (status !== 'active') return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
  const begun = beginCommand(context);
  const today = after(context, begun);
  const due = verdictDue(today, marksAt(context.books, context.at));
  if (due) return due;
  const { orders, positions } = today.account;
  const held = positions.map(({ instrument }) => instrument);
  // What may not be closed now keeps its stops.
  for (const instrument of held) {
    const barred = closingBar(today, { instrument, terms: { type: 'market' } });
    if (barred) return barred;
  }
  const closed = inTurn(
    today,
    ({ account }) => cancelOrders(account, orders, 'requested'),
    (now) => closePositions(now, held, 'trader'),
  );
  return accept([...begun, ...closed]);
}

/**
 * Closes what has a price now, each position as far as its book holds it within the slippage cap. What is left of them,
 * in whole or part, a later call closes.
 */
export const closePositions = (
  context: DecisionContext,
  instruments: readonly InstrumentId[],
  by: ClosedBy,
): readonly AccountEvent[] =>
  inTurn(
    context,
    begin,
    ...instruments.map((instrument) => (now: DecisionContext) => closeWhatIsThere(now, instrument, by)),
  );

function closeWhatIsThere(context: DecisionContext, instrument: InstrumentId, by: ClosedBy): readonly AccountEvent[] {
  const { account, nextOrderId } = context;
  if (!positionIn(account, instrument)) return [];
  const market = tradable(context, tradedInstrument(context, instrument));
  const ticket = market.ok ? closingTicket(account, instrument, nextOrderId()) : undefined;
  if (!market.ok || !ticket) return [];
  const order = newOrder(context, ticket, market.value.book, placedBy(by));
  const amount = sizeOf(takerLevels(context, order, market.value));
  return amount === 0n ? [] : close(context, { ...ticket, qty: amount }, market.value, by);
}

/** The ticket's whole quantity, which the book is known to hold. */
function close(context: DecisionContext, ticket: OrderTicket, market: Market, by: ClosedBy): readonly AccountEvent[] {
  const levels = marketableLevels(market.book, ticket.side, ticket.qty);
  invariant(levels !== undefined, 'what is closed was found in the book');
  const order = newOrder(context, ticket, market.book, placedBy(by));
  const source = { market, levels, liquidity: 'taker', ...(by !== 'trader' && { closedFor: by }) } as const;
  return inTurn(
    context,
    () => [{ kind: 'order_placed', order }],
    (now) => fillOrder(now, order, source),
  );
}

const placedBy = (by: ClosedBy): PlacedBy => ({ origin: by === 'trader' ? 'trader' : 'desk', entryId: null });

/** An assessment that has ended begins no day. */
const begin = (context: DecisionContext): readonly AccountEvent[] =>
  context.status === 'active' ? beginDay(context) : [];

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
