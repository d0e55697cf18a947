import { type Marks, positionIn } from '../../account/account';
import { afterFill } from '../../account/after-fill';
import { fillOf } from '../../account/fill';
import type { Fill, Order } from '../../account/orders/order';
import { closingPart, type Position } from '../../account/positions/position';
import { type FillId, idOf } from '../../kernel/ids';
import { addUsd, type Price, type Qty, subUsd, type Usd } from '../../kernel/money';
import type { DecisionContext } from '../context/decision-context';
import { fillable } from '../context/fillable';
import { stopLevel } from '../context/trigger-price';
import { judge } from '../judging/judge';
import { atOnce } from '../judging/touched-limits';
import { limitOf } from '../pre-trade/exposure';
import { type Consequence, consequenceOf } from './way-out';

/** An order that waits, as if it filled whole at its own price while everything else is worth what it is now. */
export type PlannedFill = Consequence & {
  readonly side: Order['side'];
  readonly price: Price;
  readonly qty: Qty;
  readonly feeUsd: Usd;
  /** What its trade would have made by then, every fee included; null where it opens one, or adds to it. */
  readonly netUsd: Usd | null;
};

/** Undefined of an order that has no price of its own, or nothing to fill. */
export function plannedFill(context: DecisionContext, order: Order, marks: Marks): PlannedFill | undefined {
  const { rules, account, instruments, books, at } = context;
  const instrument = instruments.get(order.instrument);
  const book = books.get(order.instrument);
  const price = limitOf(order) ?? stopLevel(order);
  const quote = marks.get(order.instrument);
  if (!instrument || !book || !quote || price === null) return undefined;
  const amount = fillable(account, order, instrument);
  if (amount === 0n) return undefined;
  const liquidity = order.terms.type === 'limit' ? 'maker' : 'taker';
  const made = { fillId: idOf<FillId>('planned'), part: 1, liquidity, levels: [{ price, qty: amount }], at } as const;
  const fill = fillOf(account, order, { instrument, book }, made);
  const level = { price, qty: amount };
  const then = new Map(marks).set(order.instrument, { ...quote, bid: level, ask: level });
  return {
    side: order.side,
    price,
    qty: amount,
    feeUsd: fill.feeUsd,
    netUsd: netOf(positionIn(account, order.instrument), fill),
    ...consequenceOf(account, judge(atOnce(rules), afterFill(rules, account, fill), then, at)),
  };
}

/** What the trade of a position has made once this fill has closed it, or made it smaller; null of one that did not. */
export function netOf(held: Position | undefined, fill: Fill): Usd | null {
  if (!held || held.qty > 0n === (fill.side === 'buy')) return null;
  const closing = closingPart(held, fill);
  return subUsd(addUsd(held.realizedUsd, fill.realizedUsd), addUsd(held.feesUsd, closing.feeUsd));
}
