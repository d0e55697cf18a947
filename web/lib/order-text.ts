import { formatDecimal } from '../../domain/kernel/decimal';
import { divide, MILLION, PRICE_SCALE, QTY_SCALE } from '../../domain/kernel/money';
import type { CancelReason, ClosingReason, Order, PlacedOrder, Snapshot, Terms } from './contract';
import { dateTime, priceText, qtyText, shareText } from './display';
import { divideNearest } from './display-rounding';
import type { Naming } from './naming';
import { readPpm, readPrice, readQty } from './read-decimal';

export const TYPE_NAMES: Readonly<Record<Terms['type'], string>> = {
  market: 'Market',
  limit: 'Limit',
  stop: 'Stop',
  stop_limit: 'Stop limit',
  trailing_stop: 'Trailing stop',
};

/** Why the platform itself closed a position, as the rest of a sentence. */
export const CLOSED_FOR: Readonly<Record<ClosingReason, string>> = {
  stop_missing: 'its stop-loss was missing when it was due',
  open_loss: 'the loss that was open had reached its limit',
  daily_loss: 'the day’s loss or gain had reached its limit',
  loss_layer: 'a further limit of the loss had been reached',
  limit_in_doubt: 'a limit was broken unless what has no price is worth more than it was last',
  target: 'equity had reached the target',
  weekend: 'nothing may be held over a weekend',
  daily_flat: 'nothing may be held at this time of day',
  news: 'nothing may be held over news',
  assessment_ended: 'the assessment had ended',
};

/** Why an order ended without its fill, as the rest of "Cancelled: …". */
export const CANCEL_REASONS: Readonly<Record<CancelReason, string>> = {
  requested: 'as you asked',
  expired: 'its time was over',
  unfilled: 'what could not be filled at once was not wanted later',
  other_filled: 'the other exit of its entry was filled',
  nothing_to_reduce: 'there was no position left to reduce',
  price_unavailable: 'there was no price that may be traded on',
  insufficient_margin: 'the account’s equity did not carry it any more',
  outcome_price_band: 'it was offered outside the prices at which this tier buys outcomes',
  both_outcomes_held: 'the other outcome of its market was held by then',
  event_cap_exceeded: 'more would have cost more than the tier allows for one event',
  market_cap_exceeded: 'more would have cost more than the tier allows for one market',
  category_cap_exceeded: 'more would have cost more than the tier allows for one category',
  risk_per_trade_exceeded: 'more would have risked more than the tier allows for one trade',
  positions_max: 'as many positions were open as the tier allows',
  position_cap_exceeded: 'more would have been worth more than the tier allows for one position',
  quantity_too_large: 'more of it than can be kept in an account would have been filled',
  market_closed: 'the market closed',
  instrument_changed: 'the venue changed the steps in which it trades, and none of it was left',
  trading_paused: 'trading was paused',
  account_held: 'the payment of the account was disputed or went back',
  assessment_ended: 'the assessment ended',
};

/** "Limit at 59,000.00", "Stop at 58,000.00, then limit 57,900.00". */
export function termsText(terms: Terms, tick: string): string {
  switch (terms.type) {
    case 'market':
      return 'Market';
    case 'limit':
      return `Limit at ${priceText(terms.limitPrice, tick)}`;
    case 'stop':
      return `Stop at ${priceText(terms.stopPrice, tick)}`;
    case 'stop_limit':
      return `Stop at ${priceText(terms.stopPrice, tick)}, then limit ${priceText(terms.limitPrice, tick)}`;
    case 'trailing_stop':
      return `Trailing stop, ${trailText(terms.trail, tick)} behind`;
  }
}

/**
 * Where a stop is triggered now, in 8 decimals: a trailing one follows the best price, and a distance that is a share
 * of it is rounded up (docs/fill-model.md). Undefined for an order without a stop, one that was triggered, and a trail
 * that has seen no price yet.
 */
export function triggerPrice({ terms, side, bestPrice, triggeredAt }: Stop): string | undefined {
  if (triggeredAt !== null) return undefined;
  if (terms.type === 'stop' || terms.type === 'stop_limit') return terms.stopPrice;
  if (terms.type !== 'trailing_stop' || bestPrice === null) return undefined;
  const best = readPrice(bestPrice);
  const distance = distanceOf(terms.trail, best);
  return formatDecimal(side === 'sell' ? best - distance : best + distance, PRICE_SCALE);
}

type Stop = Pick<Order, 'terms' | 'side' | 'bestPrice' | 'triggeredAt'>;
type Trail = Extract<Terms, { type: 'trailing_stop' }>['trail'];

const distanceOf = (trail: Trail, best: bigint): bigint =>
  trail.kind === 'price' ? readPrice(trail.price) : divide(best * readPpm(trail.share), MILLION, 'ceil');

export const trailText = (trail: Trail, tick: string): string =>
  trail.kind === 'price' ? priceText(trail.price, tick) : shareText(trail.share);

/** How long an order works. */
export function lifeText(terms: Terms): string {
  if (terms.type !== 'limit') return 'Till cancelled';
  switch (terms.timeInForce.kind) {
    case 'gtc':
      return 'Till cancelled';
    case 'gtd':
      return `Till ${dateTime(terms.timeInForce.expiresAt)}`;
    case 'ioc':
      return 'Immediate or cancel';
    case 'fok':
      return 'Fill or kill';
  }
}

export const sideText = (side: Order['side']): string => (side === 'buy' ? 'Buy' : 'Sell');

type Ticket = Pick<Order, 'instrument' | 'side' | 'qty' | 'terms'>;

/** "Buy 0.5 BTC, limit at 59,000.00". */
export function ticketText({ instrument, side, qty, terms }: Ticket, naming: Naming): string {
  const { unit, tick } = naming(instrument);
  const text = termsText(terms, tick);
  return `${sideText(side)} ${qtyText(qty)} ${unit}, ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** The volume-weighted average of an order's fills; undefined while there is none. */
export function averagePrice(fills: PlacedOrder['fills']): string | undefined {
  const filled = fills.reduce((sum, { qty }) => sum + readQty(qty), 0n);
  if (filled === 0n) return undefined;
  const worth = fills.reduce((sum, { qty, price }) => sum + readQty(qty) * readPrice(price), 0n);
  return formatDecimal(divideNearest(worth, filled), PRICE_SCALE);
}

/** What of an order is still to be filled. */
export const leftText = ({ qty, filledQty }: Pick<Order, 'qty' | 'filledQty'>): string =>
  formatDecimal(readQty(qty) - readQty(filledQty), QTY_SCALE);

/** A market order is an order of the account until its fill, a moment later: nobody could do anything about it. */
export const restingOrders = ({ orders }: Pick<Snapshot, 'orders'>): readonly Order[] =>
  orders.filter(({ terms }) => terms.type !== 'market');
