import type { Account } from '../../account/account';
import { andThen, type Decision } from '../../account/account-event';
import { type OrderTicket, remaining } from '../../account/order';
import { invariant } from '../../kernel/invariant';
import type { Price } from '../../kernel/money';
import { accept, type Refused, type Result, refuse } from '../../kernel/result';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { heldAgainst } from '../context/fillable';
import { marksAt } from '../context/marks';
import { beginDay } from '../judging/begin-day';
import { placeNow } from '../matching/placing';
import { type ConductRefusal, riskBar } from '../pre-trade/conduct';
import { type ExposureRefusal, overexposed } from '../pre-trade/exposure-caps';
import { invalidOrder, type ValidityRefusal } from '../pre-trade/order-validity';
import { outsideBand } from '../pre-trade/outcome-caps';
import { invalidExits, type TradabilityRefusal, tooMany, tradable, verdictDue } from '../pre-trade/tradability';

export type OrderRefusal =
  | 'assessment_closed'
  | 'insufficient_liquidity'
  | ValidityRefusal
  | TradabilityRefusal
  | ConductRefusal
  | ExposureRefusal;

/**
 * Takes an order or refuses it by name. The account is brought into its day first. Market orders fill at once or are
 * refused; others fill what they can now, and the rest works. An order that only makes a position smaller is held to no
 * cap: getting out is always allowed.
 */
export function decideOrder(context: DecisionContext, ticket: OrderTicket): Result<Decision, OrderRefusal> {
  const { status, instruments, at } = context;
  if (status !== 'active') return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
  const instrument = instruments.get(ticket.instrument);
  invariant(instrument !== undefined, `the catalogue knows ${ticket.instrument}`);
  const begun = beginDay(context);
  const today = begun.account === context.account ? context : { ...context, account: begun.account };
  const unfitting = invalidOrder(begun.account, ticket, instrument, at) ?? tooMany(begun.account, ticket);
  if (unfitting) return unfitting;
  const open = tradable(context, instrument);
  if (!open.ok) return open;
  const decided = decideOn(today, ticket, instrument, open.value);
  return decided.ok && begun.events.length > 0 ? accept(andThen(begun, decided.value)) : decided;
}

function decideOn(
  context: DecisionContext,
  ticket: OrderTicket,
  instrument: Instrument,
  book: Book,
): Result<Decision, OrderRefusal> {
  const marks = marksAt(context.books, context.at);
  const early = verdictDue(context, marks) ?? invalidExits(ticket, book);
  if (early) return early;
  if (onlyReduces(context.account, ticket)) return placeNow(context, ticket, instrument, book, 'trader');
  const barred = riskBar(context, ticket.instrument);
  if (barred) return barred;
  const placed = placeNow(context, ticket, instrument, book, 'trader');
  if (!placed.ok) return placed;
  return (
    overBand(context, placed.value, ticket, instrument) ??
    overexposed(context, placed.value.account, ticket, instrument, book, marks) ??
    placed
  );
}

/** Whatever happens to it and to the other orders of its side, it closes what is held and opens nothing. */
export function onlyReduces(account: Account, ticket: OrderTicket): boolean {
  if (ticket.reduceOnly) return true;
  const held = heldAgainst(account, ticket);
  if (held === 0n || ticket.terms.type === 'market') return ticket.qty <= held;
  const { instrument, side, orderId } = ticket;
  const promised = account.orders.reduce(
    (sum, order) =>
      order.instrument === instrument && order.side === side && !order.reduceOnly && order.orderId !== orderId
        ? sum + remaining(order)
        : sum,
    0n,
  );
  return ticket.qty + promised <= held;
}

/** Prices that a buy of an outcome names, and those that it took. */
export function overBand(
  context: DecisionContext,
  { events }: Decision,
  { terms, side }: OrderTicket,
  instrument: Instrument,
): Refused<ExposureRefusal> | undefined {
  if (instrument.kind !== 'outcome' || side === 'sell') return undefined;
  const prices: Price[] = events.flatMap((event) =>
    event.kind === 'order_filled' ? event.fill.levels.map((level) => level.price) : [],
  );
  if ('limitPrice' in terms) prices.push(terms.limitPrice);
  if ('stopPrice' in terms) prices.push(terms.stopPrice);
  return outsideBand(context, instrument, prices);
}
