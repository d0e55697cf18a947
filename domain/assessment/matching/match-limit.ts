import type { AccountEvent } from '../../account/account-event';
import { wholeSteps } from '../../account/orders/liquidity';
import { type Price, type Qty, qty } from '../../kernel/money';
import type { Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { fillable } from '../context/fillable';
import { endedOrder } from './cancel-orders';
import { allowedFill, endedBy } from './fill-objection';
import { fillOrder } from './fill-order';
import type { Meeting } from './meeting';
import { countTape, shownThrough, type TradeCredit } from './queue-position';

/** A resting limit fills at its own price with what the market now shows, or traded, beyond it. */
export function matchLimit(context: DecisionContext, meeting: Meeting, limit: Price): readonly AccountEvent[] {
  const { order, market, isNew, liquidity } = meeting;
  const { instrument } = market;
  const tape = context.tape.get(instrument.id) ?? [];
  const { credits, order: counted } = countTape(order, limit, tape, context.rules.execution);
  const wanted = fillable(context.account, order, instrument);
  const shown = isNew ? shownThrough(liquidity.marketOf(market).book, order, limit) : qty(0n);
  const fromBook = partOf(shown, wanted, instrument);
  const fromTrades = takenOf(meeting, credits, qty(wanted - fromBook));
  const amount = fromTrades.reduce((sum, credit) => qty(sum + credit.qty), fromBook);
  const advanced: readonly AccountEvent[] = [{ kind: 'order_advanced', order: counted }];
  if (amount === 0n) {
    const isPast = credits.some((credit) => wanted === 0n || liquidity.creditOf(order, credit) < credit.qty);
    return isPast || order.queueAhead !== counted.queueAhead ? advanced : [];
  }
  const allowed = allowedFill(context, order, market, (most = amount) =>
    fillOrder(context, counted, {
      market: { ...market, isShared: fromBook > 0n },
      levels: [{ price: limit, qty: most < amount ? most : amount }],
      liquidity: 'maker',
    }),
  );
  if (allowed.amount === 0n) {
    // Trades that came while it may not be filled are past, and stay so.
    const { objection } = allowed;
    if (objection === 'wait') return counted === order ? [] : advanced;
    return [{ kind: 'order_cancelled', order: endedOrder(counted, objection ?? 'unfilled') }];
  }
  const taken = allowed.amount < amount ? partOf(shown, allowed.amount, instrument) : fromBook;
  if (taken > 0n) liquidity.takeFromBook(market, order.side, taken);
  liquidity.takeFromTrades(
    order,
    allowed.amount < amount ? takenOf(meeting, credits, qty(allowed.amount - taken)) : fromTrades,
  );
  return endedBy(context, order, allowed);
}

/** The part of each trade that the order gets: what older orders of the account left of it. */
function takenOf(
  { order, market, liquidity }: Meeting,
  credits: readonly TradeCredit[],
  wanted: Qty,
): readonly TradeCredit[] {
  let left: bigint = wanted;
  return credits.flatMap((credit) => {
    const part = partOf(liquidity.creditOf(order, credit), qty(left), market.instrument);
    left -= part;
    return part > 0n ? [{ tradeId: credit.tradeId, qty: part }] : [];
  });
}

/** All that is wanted where it is there, or else whole steps of what is. */
const partOf = (there: Qty, wanted: Qty, { qtyStep }: Instrument): Qty =>
  there >= wanted ? wanted : wholeSteps(there, qtyStep);
