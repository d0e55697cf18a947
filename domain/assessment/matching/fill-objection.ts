import type { CancelReason, Order } from '../../account/orders/order';
import type { Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { fillable, heldAgainst } from '../context/fillable';
import { marksAt } from '../context/marks';
import { type ConductRefusal, riskBar } from '../pre-trade/conduct';
import { overMargin } from '../pre-trade/exposure-caps';
import { overTradesPerDay } from '../pre-trade/trades-per-day';

/**
 * A fill that adds risk is held to the pause, the calendar and the margin of its own moment: equity may have fallen
 * since the order was placed. Only what is held then counts, not what works beside it. The order waits, or ends for the
 * reason given; undefined where nothing speaks against the fill.
 */
export function fillObjection(
  before: DecisionContext,
  after: DecisionContext,
  order: Order,
  instrument: Instrument,
): CancelReason | 'wait' | undefined {
  if (heldAgainst(before.account, order) >= fillable(before.account, order, instrument)) return undefined;
  const barred = riskBar(before, instrument.id);
  if (barred) return BARRED[barred.refusal];
  const held = { ...after, account: { ...after.account, orders: [] } };
  // The next day has its own.
  if (overTradesPerDay(held)) return 'wait';
  const over = overMargin(held, instrument, marksAt(after.books, after.at));
  if (!over) return undefined;
  return over.refusal === 'price_unavailable' ? 'wait' : 'insufficient_margin';
}

/** The calendar lets an order wait; a pause and a hold end it. */
const BARRED: Readonly<Record<ConductRefusal, CancelReason | 'wait'>> = {
  account_frozen: 'account_held',
  account_refunded: 'account_held',
  trading_paused: 'trading_paused',
  weekend_closed: 'wait',
  daily_flat: 'wait',
  news_blackout: 'wait',
};
