import { balanceOf, positionIn, withOrder } from '../../account/account';
import type { Decision } from '../../account/account-event';
import { fillWith } from '../../account/fill';
import type { Fill, Order } from '../../account/order';
import { qty } from '../../kernel/money';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import type { Level } from '../../market/level';
import type { DecisionContext } from '../context/decision-context';
import { raiseAfterFill } from '../judging/high-water-mark';
import { endUnreducing } from './end-unreducing';
import { withExits } from './exits';
import { afterSibling } from './one-cancels-other';

/** Where a fill comes from: the levels it takes, of this state of the book. */
export type Source = {
  readonly instrument: Instrument;
  readonly book: Book;
  readonly levels: readonly Level[];
  readonly liquidity: Fill['liquidity'];
};

/**
 * Fills an order, in part or whole, and does what a fill brings with it: exits of an entry begin to work, the other
 * order of the same entry is cut or cancelled, and orders that have nothing left to reduce end.
 */
export function fillOrder(context: DecisionContext, before: Decision, order: Order, source: Source): Decision {
  const { instrument, book, levels, liquidity } = source;
  const { fill, account, ledger } = fillWith(before.account, order, instrument, book, levels, {
    fillId: context.nextFillId(),
    part: order.parts + 1,
    liquidity,
    terms: context.rules.activity,
    at: context.at,
  });
  const filledQty = qty(order.filledQty + fill.qty);
  const filled: Order = {
    ...order,
    filledQty,
    parts: fill.part,
    status: filledQty === order.qty ? 'filled' : 'open',
    bookSequence: book.sequence,
  };
  const after = raiseAfterFill(context.rules, { ...account, orders: withOrder(account.orders, filled) });
  const decided: Decision = {
    account: after,
    events: [
      ...before.events,
      {
        kind: 'order_filled',
        fill,
        ledger,
        cashUsd: after.cashUsd,
        balanceUsd: balanceOf(after),
        tradesClosed: after.tradesClosed,
        position: positionIn(after, order.instrument),
      },
    ],
  };
  if (order.attached === null && after.orders.length === 0) return decided;
  const settled = afterSibling(decided, filled, fill.qty);
  return endUnreducing(withExits(context, settled, filled, fill.qty, book), instrument);
}
