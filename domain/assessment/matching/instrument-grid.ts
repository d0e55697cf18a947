import type { Account } from '../../account/account';
import type { AccountEvent, AmendedFor } from '../../account/account-event';
import { wholeSteps } from '../../account/orders/liquidity';
import { type Order, remaining } from '../../account/orders/order';
import { divide, ONE_DOLLAR_PRICE, type Price, price, qty } from '../../kernel/money';
import type { Instrument } from '../../market/instrument';
import type { Market } from '../../market/market';
import type { DecisionContext } from '../context/decision-context';
import { endsUnheld, heldAgainst } from '../context/fillable';
import { limitOf } from '../pre-trade/exposure';
import { endedOrder } from './cancel-orders';
import { queueAt } from './new-order';

const REASON: AmendedFor = 'instrument_changed';

/**
 * Brings an order that works onto the steps that its instrument has now, before it meets a book: nothing fills off them.
 * A limit moves to the next price that its trader likes better, and gives up its place in the queue; what adds risk
 * keeps whole steps. An order of which nothing is left ends. A stop is no price at which anything is traded: it stays.
 * Nothing happens to an order that lies on the steps.
 */
export function onGrid(
  { account, rules, at }: Pick<DecisionContext, 'account' | 'rules' | 'at'>,
  order: Order,
  { instrument, book }: Pick<Market, 'instrument' | 'book'>,
): readonly AccountEvent[] {
  const limit = limitOf(order);
  const isPriced = limit === null || limit % instrument.priceTick === 0n;
  const left = remaining(order);
  const isSized = left % instrument.qtyStep === 0n || exits(account, order, instrument);
  if (isPriced && isSized) return [];
  const sized = isSized ? order : { ...order, qty: qty(order.filledQty + wholeSteps(left, instrument.qtyStep)) };
  if (isPriced && remaining(sized) > 0n) return [{ kind: 'order_amended', order: sized, amendedFor: REASON }];
  const moved = isPriced || remaining(sized) === 0n ? undefined : withLimit(sized, instrument);
  const limitPrice = moved && limitOf(moved);
  if (!moved || !limitPrice) return [{ kind: 'order_cancelled', order: endedOrder(order, REASON) }];
  const queueAhead = rules.execution.restingFills === 'queue' ? queueAt(book, moved.side, limitPrice) : null;
  const anew = { ...moved, bookSequence: book.sequence, queueAhead, tapeSeenAt: at };
  return [{ kind: 'order_amended', order: anew, amendedFor: REASON }];
}

/** What only makes a position smaller may be of any size. */
const exits = (account: Account, order: Order, instrument: Instrument): boolean =>
  endsUnheld(order, instrument) || remaining(order) <= heldAgainst(account, order);

/** Undefined where the steps leave no price that can be traded. */
function withLimit(order: Order, { priceTick, kind }: Instrument): Order | undefined {
  const { terms } = order;
  if (!('limitPrice' in terms)) return order;
  const limitPrice: Price = price(
    divide(terms.limitPrice, priceTick, order.side === 'buy' ? 'floor' : 'ceil') * priceTick,
  );
  if (limitPrice <= 0n || (kind === 'outcome' && limitPrice >= ONE_DOLLAR_PRICE)) return undefined;
  return { ...order, terms: { ...terms, limitPrice } };
}
