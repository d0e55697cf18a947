import type { AccountEvent } from '../../account/account-event';
import { levelsWithin, slippageLimit, wholeSteps } from '../../account/orders/liquidity';
import type { Order } from '../../account/orders/order';
import type { Qty } from '../../kernel/money';
import { walk } from '../../market/book';
import { undoubted } from '../../market/doubt';
import type { Level } from '../../market/level';
import type { Market } from '../../market/market';
import type { DecisionContext } from '../context/decision-context';
import { fillable } from '../context/fillable';
import { limitOf } from '../pre-trade/exposure';
import { shareAsPrice } from '../pre-trade/outcome-caps';
import { fillOrder } from './fill-order';

/**
 * The levels that an order takes of this book at once: up to its limit, or within the slippage cap of the best price,
 * and no more than `most`; an outcome is bought no higher than the tier's band. What its trader did not send at these
 * prices, a stop that was reached or a closing by the desk, takes nothing of a side in doubt.
 */
export function takerLevels(
  { rules: { exposure }, account }: DecisionContext,
  order: Order,
  { instrument, book: shown }: Market,
  most?: Qty,
): readonly Level[] {
  const isSentNow = order.origin === 'trader' && order.triggeredAt === null;
  const book = isSentNow || limitOf(order) !== null ? shown : undoubted(shown);
  const limit = limitOf(order) ?? slippageLimit(book, order.side);
  if (limit === undefined) return [];
  const highest = shareAsPrice(exposure.outcomePriceMax);
  const isCapped = instrument.kind === 'outcome' && order.side === 'buy' && highest < limit;
  const whole = fillable(account, order, instrument);
  const wanted = most !== undefined && most < whole ? most : whole;
  const { levels, filled } = levelsWithin(book, order.side, wanted, isCapped ? highest : limit);
  // What is held of it may be closed to the last crumb; everything else moves in whole steps.
  return filled === wanted ? levels : walk(levels, wholeSteps(filled, instrument.qtyStep)).levels;
}

/** Whether the tier's band alone keeps the buy of an outcome from levels that it would take within the slippage cap. */
export function isKeptByBand(
  { rules: { exposure }, account }: DecisionContext,
  order: Order,
  { instrument, book }: Market,
): boolean {
  const limit = limitOf(order) ?? slippageLimit(book, order.side);
  const highest = shareAsPrice(exposure.outcomePriceMax);
  if (instrument.kind !== 'outcome' || order.side === 'sell' || limit === undefined || limit <= highest) return false;
  const wanted = fillable(account, order, instrument);
  const { filled } = levelsWithin(book, order.side, wanted, highest);
  return filled < wanted && levelsWithin(book, order.side, wanted, limit).filled > filled;
}

/** Fills an order with what it can take of this book, as taker; that may be nothing. */
export function fillAsTaker(
  context: DecisionContext,
  order: Order,
  market: Market,
  most?: Qty,
): readonly AccountEvent[] {
  const levels = takerLevels(context, order, market, most);
  return levels.length === 0 ? [] : fillOrder(context, order, { market, levels, liquidity: 'taker' });
}
