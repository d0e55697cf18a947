import type { AccountEvent, TradePart } from '../../account/account-event';
import { feeFor, fillOf, orderFilled } from '../../account/fill';
import type { ClosingReason, Fill, Order } from '../../account/orders/order';
import { chargeOf } from '../../market/instrument';
import type { Level } from '../../market/level';
import type { Market } from '../../market/market';
import { inTurn } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { newsAt } from '../pre-trade/risk-windows';
import { endUnreducing } from './cancel-orders';
import { workExits } from './exits';
import { cutSiblings } from './one-cancels-other';

/** Where a fill comes from: the levels it takes, of this state of the book or at the price of the order. */
export type FillSource = {
  readonly market: Market;
  readonly levels: readonly Level[];
  readonly liquidity: Fill['liquidity'];
  /** What it took, where the levels are not those of the book. */
  readonly tookLevels?: readonly Level[];
  readonly tookTrades?: readonly TradePart[];
  /** Why the desk closes a position by it. */
  readonly closedFor?: ClosingReason;
};

/**
 * Fills an order, in part or whole, and does what a fill brings with it: the other order of the same entry is cut or
 * cancelled, exits of an entry begin to work, and orders that have nothing left to reduce end.
 */
export function fillOrder(context: DecisionContext, order: Order, source: FillSource): readonly AccountEvent[] {
  const { rules, account, at, blackouts, nextFillId } = context;
  const { market, tookLevels, tookTrades, ...taken } = source;
  const { id } = market.instrument;
  const isCountedInPart = (rules.conduct.news?.winShare ?? null) !== null;
  const inNews = isCountedInPart && newsAt(rules.conduct, blackouts, id, at) !== undefined;
  const made = { ...taken, fillId: nextFillId(), part: order.parts + 1, at, ...(inNews && { inNews }) };
  const fill = fillOf(account, order, market, made);
  const { exactFee } = chargeOf(feeFor(market.instrument, taken.liquidity), taken.levels, order.exactFee);
  const { queueAhead, tapeSeenAt } = order;
  const place = {
    queueAhead,
    tapeSeenAt,
    ...(exactFee !== undefined && { exactFee }),
    consumesBook: market.isShared,
    ...(tookLevels && { tookLevels }),
    ...(tookTrades && { tookTrades }),
  };
  const filled = orderFilled({ rules, account }, fill, place);
  return inTurn(
    context,
    () => [filled],
    (now) => cutSiblings(now.account, order, fill.qty),
    (now) => workExits(now, order, fill.qty, market.book),
    (now) => endUnreducing(now.account, market.instrument),
  );
}
