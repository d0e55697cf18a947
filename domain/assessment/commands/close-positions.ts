import { type Account, positionIn } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { ClosingReason, Order, OrderTicket } from '../../account/orders/order';
import type { InstrumentId, OrderId } from '../../kernel/ids';
import { invariant } from '../../kernel/invariant';
import { absolute } from '../../kernel/money';
import { accept, refuse } from '../../kernel/result';
import type { Instrument } from '../../market/instrument';
import type { Level } from '../../market/level';
import type { Market } from '../../market/market';
import { sizeOf } from '../../market/taken';
import { after, inTurn } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { cancelOrders } from '../matching/cancel-orders';
import { levelsFor, takerLevels } from '../matching/fill-as-taker';
import { fillOrder } from '../matching/fill-order';
import { leftFor } from '../matching/left-for';
import { newOrder, type PlacedBy } from '../matching/new-order';
import { shortage } from '../matching/shortage';
import { closingBar } from '../pre-trade/conduct';
import { tradable, verdictDue } from '../pre-trade/tradability';
import { beginCommand } from './begin-command';
import { beginDay } from './begin-day';
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
    ? (verdictDue(today, marksAt(context.books, context.at), true) ?? closingBar(today, ticket))
    : undefined;
  if (due) return due;
  const order = newOrder(today, ticket, market.value.book, placedBy(by));
  const left = leftFor(today, order, market.value);
  const levels = levelsFor(ticket.qty, ticket.side, market.value, left);
  if (!levels) {
    const rule = 'the book does not hold it within 5 % of its best price: close it in parts';
    return refuse(
      'insufficient_liquidity',
      'instrument',
      shortage(rule, { side: ticket.side, market: market.value, left }),
    );
  }
  return accept([...begun, ...close(today, { order, market: market.value, levels }, by)]);
}

/**
 * Cancels every order of a trader, then closes all that has a price. A verdict that is due comes first, as before any
 * other command: what has been missed is not wiped out by leaving. `confirmed`: what alone may be closed, if not all.
 */
export function closeAccount(
  context: DecisionContext,
  confirmed?: ReadonlySet<InstrumentId>,
): Decided<'assessment_closed' | 'limit_broken' | 'news_blackout'> {
  const { status } = context;
  if (status !== 'active') return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
  const begun = beginCommand(context);
  const today = after(context, begun);
  const due = verdictDue(today, marksAt(context.books, context.at), true);
  if (due) return due;
  const { orders, positions } = today.account;
  const held = positions.map(({ instrument }) => instrument).filter((id) => confirmed?.has(id) ?? true);
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
  const levels = takerLevels(context, order, market.value);
  const amount = sizeOf(levels);
  const sized = { ...order, qty: amount };
  return amount === 0n ? [] : close(context, { order: sized, market: market.value, levels }, by);
}

type Closing = { readonly order: Order; readonly market: Market; readonly levels: readonly Level[] };

/** The order's whole quantity, which is what these levels hold. */
function close(context: DecisionContext, { order, market, levels }: Closing, by: ClosedBy): readonly AccountEvent[] {
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
