import type { Account, Marks } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { type OrderTicket, remaining } from '../../account/orders/order';
import { invariant } from '../../kernel/invariant';
import type { Price } from '../../kernel/money';
import { accept, type Refused, type Result, refuse } from '../../kernel/result';
import type { Instrument } from '../../market/instrument';
import type { Market } from '../../market/market';
import { after } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { heldAgainst } from '../context/fillable';
import { marksAt } from '../context/marks';
import { placeNow } from '../matching/placing';
import { type ConductRefusal, closingBar, riskBar } from '../pre-trade/conduct';
import { type ExposureRefusal, overexposed } from '../pre-trade/exposure-caps';
import { unstorable } from '../pre-trade/order-size';
import { invalidOrder, type ValidityRefusal } from '../pre-trade/order-validity';
import { outsideBand } from '../pre-trade/outcome-caps';
import { invalidExits, type TradabilityRefusal, tooMany, tradable, verdictDue } from '../pre-trade/tradability';
import { beginCommand } from './begin-command';

/** What a command made happen, or why it may not. */
export type Decided<Refusal extends string> = Result<readonly AccountEvent[], Refusal>;

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
export function decideOrder(context: DecisionContext, ticket: OrderTicket): Decided<OrderRefusal> {
  const { status, instruments, at } = context;
  if (status !== 'active') return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
  const instrument = instruments.get(ticket.instrument);
  invariant(instrument !== undefined, `the catalogue knows ${ticket.instrument}`);
  const begun = beginCommand(context);
  const today = after(context, begun);
  const invalid = invalidOrder(today.account, ticket, instrument, at) ?? tooMany(today.account, ticket);
  if (invalid) return invalid;
  const market = tradable(today, instrument);
  if (!market.ok) return market;
  const placed = placeChecked(today, ticket, market.value);
  return placed.ok ? accept([...begun, ...placed.value]) : placed;
}

/** What is due comes first; then risk may be barred, and what the order would leave must keep every cap. */
function placeChecked(context: DecisionContext, ticket: OrderTicket, market: Market): Decided<OrderRefusal> {
  const marks = marksAt(context.books, context.at);
  const reduces = onlyReduces(context.account, ticket);
  const early =
    verdictDue(context, marks, reduces) ??
    invalidExits(ticket, market.book) ??
    (reduces ? closingBar(context, ticket) : riskBar(context, ticket.instrument));
  if (early) return early;
  const placed = placeNow(context, ticket, market);
  if (!placed.ok) return placed;
  const events = placed.value;
  const refused = reduces ? undefined : overCaps({ context, marks, events }, ticket, market);
  return refused ?? unstorable(context, events) ?? placed;
}

/** An order as it would be done, for the caps that it is held to. */
type Planned = {
  readonly context: DecisionContext;
  readonly marks: Marks;
  readonly events: readonly AccountEvent[];
};

export const overCaps = (
  { context, marks, events }: Planned,
  ticket: OrderTicket,
  market: Market,
): Refused<ExposureRefusal> | undefined =>
  overBand(context, events, ticket, market.instrument) ?? overexposed(after(context, events), ticket, market, marks);

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
function overBand(
  context: DecisionContext,
  events: readonly AccountEvent[],
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
