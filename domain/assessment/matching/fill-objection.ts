import type { AccountEvent } from '../../account/account-event';
import type { CancelReason, Order } from '../../account/orders/order';
import { type Qty, qty } from '../../kernel/money';
import type { Refused } from '../../kernel/result';
import type { Market } from '../../market/market';
import { after, inTurn } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { heldAgainst } from '../context/fillable';
import { marksAt } from '../context/marks';
import { type ConductRefusal, riskBar } from '../pre-trade/conduct';
import { type ExposureRefusal, overHeld, tooThin } from '../pre-trade/exposure-caps';
import { type SizeRefusal, unstorable } from '../pre-trade/order-size';
import { outsideBand } from '../pre-trade/outcome-caps';
import { cancelOrders } from './cancel-orders';

/** Fills an order with all that the market has for it, or with no more than `most`. */
export type FillAttempt = (most?: Qty) => readonly AccountEvent[];

/** What of a fill an account may have, and what becomes of the rest of the order: it waits, or ends for the reason. */
export type AllowedFill = {
  readonly events: readonly AccountEvent[];
  readonly amount: Qty;
  readonly objection?: CancelReason | 'wait';
};

/**
 * A fill that adds risk is held to the pause, the calendar and every cap of its own moment: prices, equity and what
 * is held may be others since the order was placed. The largest quantity in whole steps that keeps them all is
 * filled. What of it makes a position smaller is held to nothing.
 */
export function allowedFill(context: DecisionContext, order: Order, market: Market, attempt: FillAttempt): AllowedFill {
  const events = attempt();
  const amount = filledIn(events, order);
  const exit = heldAgainst(context.account, order);
  if (amount <= exit) return { events, amount };
  const objectionTo = (made: readonly AccountEvent[]) => fillObjection(context, made, order, market);
  const objection = objectionTo(events);
  if (!objection) return { events, amount };
  const fits = (most: Qty) => objectionTo(attempt(most)) === undefined;
  const isBarred = riskBar(context, order.instrument) !== undefined || objection === 'wait';
  const most = isBarred ? exit : largestFit(exit, amount, market.instrument.qtyStep, fits);
  return most === 0n ? { events: [], amount: most, objection } : { events: attempt(most), amount: most, objection };
}

/** What an allowed fill did, and the end of an order of which the rest is not allowed. */
export function endedBy(
  context: DecisionContext,
  order: Order,
  { events, objection }: AllowedFill,
): readonly AccountEvent[] {
  if (objection === undefined || objection === 'wait') return events;
  return inTurn(
    context,
    () => events,
    ({ account }) => cancelOrders(account, [order], objection),
  );
}

/** Undefined where nothing speaks against a fill that adds risk. */
function fillObjection(
  context: DecisionContext,
  events: readonly AccountEvent[],
  order: Order,
  market: Market,
): CancelReason | 'wait' | undefined {
  const { instrument, book } = market;
  const barred = riskBar(context, instrument.id);
  if (barred) return BARRED[barred.refusal];
  const left = after(context, events);
  const over =
    (order.side === 'buy' ? outsideBand(context, instrument, pricesIn(events, order)) : undefined) ??
    overHeld(left, order, instrument, marksAt(left.books, left.at)) ??
    (isTaken(events, order) ? tooThin(context, book, order.side) : undefined) ??
    unstorable(context, events);
  return over && endOf(over);
}

/** Every cap grows with the quantity: it is halved between one that is allowed and one that is not. */
function largestFit(allowed: Qty, refused: Qty, step: Qty, fits: (amount: Qty) => boolean): Qty {
  let [low, high] = [allowed / step, (refused + step - 1n) / step];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (fits(qty(middle * step))) low = middle;
    else high = middle;
  }
  const largest = qty(low * step);
  return largest > allowed ? largest : allowed;
}

/** A missing price, a thin book and a day pass by; of every other cap the order ends by its name. */
const endOf = ({ refusal }: Refused<ExposureRefusal | SizeRefusal>): CancelReason | 'wait' =>
  refusal === 'price_unavailable' || refusal === 'liquidity_too_thin' || refusal === 'trades_per_day_max'
    ? 'wait'
    : refusal;

/** The calendar lets an order wait; a pause and a hold end it. */
const BARRED: Readonly<Record<ConductRefusal, CancelReason | 'wait'>> = {
  account_frozen: 'account_held',
  account_refunded: 'account_held',
  trading_paused: 'trading_paused',
  weekend_closed: 'wait',
  daily_flat: 'wait',
  news_blackout: 'wait',
};

const fillsIn = (events: readonly AccountEvent[], { orderId }: Order) =>
  events.flatMap((event) => (event.kind === 'order_filled' && event.fill.orderId === orderId ? [event.fill] : []));

const filledIn = (events: readonly AccountEvent[], order: Order): Qty =>
  qty(fillsIn(events, order).reduce((sum, fill) => sum + fill.qty, 0n));

const pricesIn = (events: readonly AccountEvent[], order: Order) =>
  fillsIn(events, order).flatMap(({ levels }) => levels.map(({ price }) => price));

const isTaken = (events: readonly AccountEvent[], order: Order): boolean =>
  fillsIn(events, order).some(({ liquidity }) => liquidity === 'taker');
