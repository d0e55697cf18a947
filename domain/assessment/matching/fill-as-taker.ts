import type { AccountEvent } from '../../account/account-event';
import { levelsWithin, marketableLevels, slippageLimit, wholeSteps } from '../../account/orders/liquidity';
import type { Order, Side } from '../../account/orders/order';
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
import { type LeftFor, leftFor, withinVolume } from './left-for';

/**
 * The levels that an order takes of this book at once, of what is left for it there: up to its limit, or within the
 * slippage cap, and no more than `most`; an outcome is bought no higher than the tier's band. The cap of one that adds
 * risk is measured from the price that the venue shows; one that only reduces always gets out, from the best that is
 * left. What its trader did not send at these prices, a stop that was reached or a closing by the desk, takes nothing
 * of a side in doubt.
 */
export function takerLevels(
  context: DecisionContext,
  order: Order,
  { instrument, book: shown }: Market,
  most?: Qty,
): readonly Level[] {
  const { exposure } = context.rules;
  const isSentNow = order.origin === 'trader' && order.triggeredAt === null;
  const book = isSentNow || limitOf(order) !== null ? shown : undoubted(shown);
  const left = leftFor(context, order, { instrument, book });
  const limit = limitOf(order) ?? slippageLimit(left.reduces ? left.book : book, order.side);
  if (limit === undefined) return [];
  const highest = shareAsPrice(exposure.outcomePriceMax);
  const isCapped = instrument.kind === 'outcome' && order.side === 'buy' && highest < limit;
  const whole = fillable(context.account, order, instrument);
  const wanted = most !== undefined && most < whole ? most : whole;
  const allowed = withinVolume(wanted, left);
  const { levels, filled } = levelsWithin(left.book, order.side, allowed, isCapped ? highest : limit);
  // What is held of it may be closed to the last crumb; everything else moves in whole steps.
  return filled === wanted ? levels : walk(levels, wholeSteps(filled, instrument.qtyStep)).levels;
}

/** What of a book all of an order can take within the slippage cap; undefined: the book does not hold it. */
export const levelsFor = (wanted: Qty, side: Side, { book }: Market, left: LeftFor): readonly Level[] | undefined =>
  withinVolume(wanted, left) < wanted
    ? undefined
    : marketableLevels(left.book, side, wanted, left.reduces ? left.book : book);

/** Whether the tier's band alone keeps the buy of an outcome from levels that it would take within the slippage cap. */
export function isKeptByBand(context: DecisionContext, order: Order, { instrument, book }: Market): boolean {
  const { exposure } = context.rules;
  const left = leftFor(context, order, { instrument, book }).book;
  const limit = limitOf(order) ?? slippageLimit(book, order.side);
  const highest = shareAsPrice(exposure.outcomePriceMax);
  if (instrument.kind !== 'outcome' || order.side === 'sell' || limit === undefined || limit <= highest) return false;
  const wanted = fillable(context.account, order, instrument);
  const { filled } = levelsWithin(left, order.side, wanted, highest);
  return filled < wanted && levelsWithin(left, order.side, wanted, limit).filled > filled;
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
