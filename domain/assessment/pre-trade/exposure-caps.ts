import { type Marks, orderOf } from '../../account/account';
import { opposingLevels } from '../../account/orders/liquidity';
import type { Order, OrderTicket, Side } from '../../account/orders/order';
import { dollarsText } from '../../kernel/dollars-text';
import { formatPpm, notional, sumUsd, type Usd } from '../../kernel/money';
import { type Refused, refuse } from '../../kernel/result';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import type { Market } from '../../market/market';
import type { DecisionContext } from '../context/decision-context';
import { rulesInForce } from '../rules/rules-in-force';
import { boundInstruments, leverageOf, marginOf, workingPrice, worstNotional } from './exposure';
import { followedCap } from './followed-caps';
import { type OutcomeRefusal, overOutcomeCaps } from './outcome-caps';
import { type RiskRefusal, riskExceeded } from './planned-risk';
import { overSizeStep } from './size-steps';
import { overTradesPerDay } from './trades-per-day';

export type ExposureRefusal =
  | 'price_unavailable'
  | 'insufficient_margin'
  | 'position_cap_exceeded'
  | 'positions_max'
  | 'trades_per_day_max'
  | 'liquidity_too_thin'
  | OutcomeRefusal
  | RiskRefusal;

/**
 * What an account has after an order, against every cap of the tier: filled as far as it fills now, the rest of it and
 * every other order that works at the worst. Touching a cap is allowed.
 */
export const overexposed = (
  after: DecisionContext,
  ticket: OrderTicket,
  { instrument, book }: Market,
  marks: Marks,
): Refused<ExposureRefusal> | undefined =>
  priceUnknown(after, ticket, instrument) ??
  overMargin(after, instrument, marks) ??
  overOutcomeCaps(after, ticket, instrument) ??
  riskExceeded(after, ticket, instrument) ??
  overPositions(after, instrument, marks) ??
  overSizeStep(after, instrument, marks) ??
  overTradesPerDay(after) ??
  tooThin(after, book, ticket.side);

/**
 * What is held once an order has filled, against the same caps. What works beside it does not count: each order is
 * looked at when it fills, so that what is held keeps every cap.
 */
export function overHeld(
  after: DecisionContext,
  order: Order,
  instrument: Instrument,
  marks: Marks,
): Refused<ExposureRefusal> | undefined {
  const { account } = after;
  const held = { ...after, account: { ...account, orders: [] } };
  // Stops say what a position of crypto may lose; of an outcome all can be lost.
  const stops = account.orders.filter(({ orderId }) => orderId !== order.orderId);
  const stopped = instrument.kind === 'outcome' ? held : { ...after, account: { ...account, orders: stops } };
  return (
    overMargin(held, instrument, marks) ??
    overOutcomeCaps(held, order, instrument) ??
    riskExceeded(stopped, order, instrument) ??
    overPositions(held, instrument, marks) ??
    overSizeStep(held, instrument, marks) ??
    overTradesPerDay(held)
  );
}

/** A trail that has seen no price names none, and a coin has no highest one to count it at. */
function priceUnknown(
  { account }: DecisionContext,
  { orderId }: OrderTicket,
  { kind }: Instrument,
): Refused<'price_unavailable'> | undefined {
  const order = orderOf(account, orderId);
  if (kind === 'outcome' || !order || workingPrice(order) !== null) return undefined;
  return refuse('price_unavailable', 'instrument', 'a trailing stop that adds risk needs a price to begin from');
}

function overMargin(
  after: Pick<DecisionContext, 'rules' | 'instruments' | 'account'>,
  { id, kind }: Instrument,
  marks: Marks,
): Refused<'price_unavailable' | 'insufficient_margin'> | undefined {
  const margin = marginOf(after, marks);
  if (!margin || margin.unpriced.length > 0) {
    const rule = 'every open position needs a fresh price before the account adds risk';
    return refuse('price_unavailable', 'instrument', rule);
  }
  const { usedUsd, maxUsd } = margin;
  if (usedUsd <= maxUsd) return undefined;
  const at = kind === 'spot' ? ` (${id} at ${formatPpm(leverageOf(after.rules, id))} : 1)` : '';
  const needed = `crypto would need a margin of ${dollarsText(usedUsd, 'ceil')}${at}`;
  return refuse('insufficient_margin', 'qty', `${needed}, and ${leftText(maxUsd)}`);
}

const leftText = (maxUsd: Usd): string =>
  maxUsd > 0n ? `${dollarsText(maxUsd, 'floor')} of the equity can be used for it` : 'no equity would be left for it';

function overPositions(
  { rules: sold, account }: DecisionContext,
  { id, kind }: Instrument,
  marks: Marks,
): Refused<ExposureRefusal> | undefined {
  const rules = rulesInForce(sold, account);
  const { positionsMax } = rules.exposure;
  const positionUsdMax = followedCap(rules, account, rules.exposure.positionUsdMax);
  if (positionsMax !== null && boundInstruments(account).size > positionsMax) {
    return refuse('positions_max', 'instrument', `at most ${positionsMax} positions may be open, orders counted`);
  }
  if (positionUsdMax === null || kind !== 'spot') return undefined;
  const worth = worstNotional(account, marks, id);
  if (worth === undefined || worth <= positionUsdMax) return undefined;
  const rule = `one position may be worth at most ${dollarsText(positionUsdMax, 'floor')}, not ${dollarsText(worth, 'ceil')}`;
  return refuse('position_cap_exceeded', 'qty', rule);
}

/** The side of the book that the order would trade with must be worth enough. */
export function tooThin({ rules }: DecisionContext, book: Book, side: Side): Refused<'liquidity_too_thin'> | undefined {
  const { liquidityUsdMin } = rules.exposure;
  if (liquidityUsdMin === null) return undefined;
  const shown = sumUsd(opposingLevels(book, side).map((level) => notional(level.price, level.qty, 'floor')));
  if (shown >= liquidityUsdMin) return undefined;
  const rule = `the book must be worth ${dollarsText(liquidityUsdMin, 'ceil')}, not ${dollarsText(shown, 'floor')}`;
  return refuse('liquidity_too_thin', 'instrument', rule);
}
