import type { Account } from '../../account/account';
import type { AccountEvent, AmendedFor } from '../../account/account-event';
import { wholeSteps } from '../../account/orders/liquidity';
import { type Order, remaining } from '../../account/orders/order';
import { ONE_DOLLAR_PRICE, qty } from '../../kernel/money';
import type { Instrument } from '../../market/instrument';
import type { Market } from '../../market/market';
import { isOnGrid, toGrid } from '../../market/price-grid';
import type { DecisionContext } from '../context/decision-context';
import { endsUnheld, heldAgainst } from '../context/fillable';
import { worksFrom } from '../context/works-from';
import { limitOf } from '../pre-trade/exposure';
import { endedOrder } from './cancel-orders';
import { queueAt } from './new-order';

const REASON: AmendedFor = 'instrument_changed';

/**
 * Brings an order that works onto the steps that its instrument has now, before it meets a book: nothing fills off
 * them. A limit moves to the next price that its trader likes better, and gives up its place in the queue; what adds
 * risk keeps whole steps. An order of which nothing is left ends. A stop is no price at which anything is traded: it
 * stays. Nothing happens to an order that lies on the steps.
 */
export function onGrid(
  { account, rules, at }: Pick<DecisionContext, 'account' | 'rules' | 'at'>,
  order: Order,
  { instrument, book }: Pick<Market, 'instrument' | 'book'>,
): readonly AccountEvent[] {
  const limit = limitOf(order);
  const isPriced = limit === null || isOnGrid(instrument, limit);
  const left = remaining(order);
  const isSized = left % instrument.qtyStep === 0n || exits(account, order, instrument);
  if (isPriced && isSized) return [];
  const sized = isSized ? order : { ...order, qty: qty(order.filledQty + wholeSteps(left, instrument.qtyStep)) };
  if (isPriced && remaining(sized) > 0n) return [{ kind: 'order_amended', order: sized, amendedFor: REASON }];
  const moved = isPriced || remaining(sized) === 0n ? undefined : withLimit(sized, instrument);
  const limitPrice = moved && limitOf(moved);
  if (!moved || !limitPrice) return [{ kind: 'order_cancelled', order: endedOrder(order, REASON) }];
  const queueAhead = rules.execution.restingFills === 'queue' ? queueAt(book, moved.side, limitPrice) : null;
  const met = { bookSequence: book.sequence, tapeSeenAt: at, worksFrom: worksFrom({ rules, at }) };
  const anew = { ...moved, ...met, queueAhead };
  return [{ kind: 'order_amended', order: anew, amendedFor: REASON }];
}

/** What only makes a position smaller may be of any size. */
const exits = (account: Account, order: Order, instrument: Instrument): boolean =>
  endsUnheld(order, instrument) || remaining(order) <= heldAgainst(account, order);

/** Undefined where the steps leave no price that can be traded. */
function withLimit(order: Order, instrument: Instrument): Order | undefined {
  const { terms } = order;
  if (!('limitPrice' in terms)) return order;
  const limitPrice = toGrid(instrument, terms.limitPrice, order.side === 'buy' ? 'floor' : 'ceil');
  if (limitPrice <= 0n || (instrument.kind === 'outcome' && limitPrice >= ONE_DOLLAR_PRICE)) return undefined;
  return { ...order, terms: { ...terms, limitPrice } };
}
