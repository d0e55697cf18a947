import type { Account } from '../../account/account';
import { type Order, type OrderTicket, remaining, type Terms } from '../../account/orders/order';
import type { Instant } from '../../kernel/instant';
import { formatPrice, formatQty, MILLION, ONE_DOLLAR_PRICE, type Price, ppm, type Qty } from '../../kernel/money';
import { type Refused, refuse } from '../../kernel/result';
import type { Instrument } from '../../market/instrument';
import { stepAt } from '../../market/price-grid';
import type { DecisionContext } from '../context/decision-context';
import { endsUnheld, heldAgainst } from '../context/fillable';
import { dearer, PRICE_MAX, type SizeRefusal, tooLarge } from './order-size';

export type ValidityRefusal =
  | 'qty_off_step'
  | 'qty_below_minimum'
  | 'price_off_tick'
  | 'price_out_of_range'
  | 'order_expired'
  | 'would_not_reduce'
  | 'short_not_allowed'
  | SizeRefusal;

/** Whether an order fits its instrument and what is held of it, whatever the market does. */
export const invalidOrder = (
  account: Account,
  ticket: OrderTicket,
  instrument: Instrument,
  at: Instant,
): Refused<ValidityRefusal> | undefined =>
  invalidQty(account, ticket, instrument, ticket.qty) ??
  invalidPrices(ticket, instrument) ??
  tooLarge(account, ticket, ticket.qty, namedPrices(ticket)) ??
  invalidExpiry(ticket.terms, at) ??
  invalidHolding(account, ticket, instrument, ticket.qty);

/** Why an order that works may not be changed so. A quantity, or a price, that stays was valid before. */
export function invalidChange(
  { account, at }: Pick<DecisionContext, 'account' | 'at'>,
  before: Order,
  order: Order,
  instrument: Instrument,
): Refused<ValidityRefusal> | undefined {
  const left = remaining(order);
  const invalid = order.qty === before.qty ? undefined : invalidQty(account, order, instrument, left);
  return (
    invalid ??
    invalidPrices(order, instrument, pricesOf(before)) ??
    tooLarge(account, order, left, namedPrices(order)) ??
    invalidExpiry(order.terms, at) ??
    invalidHolding(account, order, instrument, left)
  );
}

/**
 * The least quantity is one of entries: what makes a position smaller may be as small as it likes. It goes in whole
 * steps, but for the last crumb, which a partial fill or other steps of the venue may have left.
 */
function invalidQty(
  account: Account,
  ticket: OrderTicket,
  instrument: Instrument,
  left: Qty,
): Refused<ValidityRefusal> | undefined {
  const { qty, terms, reduceOnly } = ticket;
  const { qtyStep, qtyMin } = instrument;
  const tooSmall = refuse('qty_below_minimum', 'qty', `must be at least ${formatQty(qtyMin)}`);
  if (left <= 0n) return tooSmall;
  const held = heldAgainst(account, ticket);
  const opensNothing = endsUnheld(ticket, instrument) || (terms.type === 'market' && left <= held);
  if (opensNothing && held > 0n && (left === held || (reduceOnly && left > held))) return undefined;
  if (left % qtyStep !== 0n) return refuse('qty_off_step', 'qty', `must be a multiple of ${formatQty(qtyStep)}`);
  return qty >= qtyMin || opensNothing ? undefined : tooSmall;
}

type Named = readonly [field: string, price: Price];

function invalidPrices(
  ticket: OrderTicket,
  instrument: Instrument,
  kept: readonly Named[] = [],
): Refused<ValidityRefusal> | undefined {
  for (const [field, price] of pricesOf(ticket)) {
    if (kept.some(([name, before]) => name === field && before === price)) continue;
    if (price <= 0n) return refuse('price_out_of_range', field, 'must be greater than zero');
    if (price > PRICE_MAX) return dearer(field);
    // What a stop trails by is no price, but a distance.
    const step = field === 'trail' ? instrument.priceTick : stepAt(instrument, price);
    if (price % step !== 0n) return refuse('price_off_tick', field, `must be a multiple of ${formatPrice(step)}`);
    if (instrument.kind === 'outcome' && price >= ONE_DOLLAR_PRICE) {
      return refuse('price_out_of_range', field, 'must be below one dollar: the price of an outcome is a probability');
    }
  }
  const { terms } = ticket;
  if (terms.type !== 'trailing_stop' || terms.trail.kind === 'price') return undefined;
  const { share } = terms.trail;
  return share > 0n && share < ppm(MILLION)
    ? undefined
    : refuse('price_out_of_range', 'trail', 'must be more than nothing and less than the whole price');
}

function pricesOf({ terms, attached }: OrderTicket): readonly Named[] {
  const prices: Named[] = [];
  if ('limitPrice' in terms) prices.push(['limitPrice', terms.limitPrice]);
  if ('stopPrice' in terms) prices.push(['stopPrice', terms.stopPrice]);
  if (terms.type === 'trailing_stop' && terms.trail.kind === 'price') prices.push(['trail', terms.trail.price]);
  if (attached && attached.takeProfit !== null) prices.push(['takeProfit', attached.takeProfit]);
  if (attached && attached.stopLoss !== null) prices.push(['stopLoss', attached.stopLoss]);
  return prices;
}

const namedPrices = (ticket: OrderTicket): readonly Price[] => pricesOf(ticket).map(([, each]) => each);

const invalidExpiry = (terms: Terms, at: Instant): Refused<ValidityRefusal> | undefined =>
  terms.type === 'limit' && terms.timeInForce.kind === 'gtd' && terms.timeInForce.expiresAt <= at
    ? refuse('order_expired', 'timeInForce', 'must expire in the future')
    : undefined;

/** An outcome is never sold short: other sales that work may take a part of what is held before this one. */
function invalidHolding(
  account: Account,
  ticket: OrderTicket,
  { kind }: Instrument,
  left: Qty,
): Refused<ValidityRefusal> | undefined {
  if (ticket.reduceOnly) {
    if (heldAgainst(account, ticket) > 0n) return undefined;
    return refuse('would_not_reduce', 'side', 'there is no position that this order would make smaller');
  }
  if (kind !== 'outcome' || ticket.side === 'buy') return undefined;
  const promised = account.orders.reduce(
    (sum, order) => (order.orderId !== ticket.orderId && sellsSame(order, ticket) ? sum + remaining(order) : sum),
    0n,
  );
  if (left + promised <= heldAgainst(account, ticket)) return undefined;
  const rule = 'an outcome can be sold only up to what is held and not for sale yet; buy the other outcome';
  return refuse('short_not_allowed', 'qty', rule);
}

const sellsSame = (order: Order, { instrument }: OrderTicket): boolean =>
  order.instrument === instrument && order.side === 'sell' && !order.reduceOnly;
