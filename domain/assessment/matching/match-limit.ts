import type { AccountEvent, TradePart } from '../../account/account-event';
import { wholeSteps } from '../../account/orders/liquidity';
import type { Order } from '../../account/orders/order';
import { type Price, type Qty, qty } from '../../kernel/money';
import { walk } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import type { Level } from '../../market/level';
import { sizeOf, tradeKey } from '../../market/taken';
import type { DecisionContext } from '../context/decision-context';
import { fillable } from '../context/fillable';
import { takenSide } from '../context/took';
import { endedOrder } from './cancel-orders';
import { allowedFill, endedBy } from './fill-objection';
import { fillOrder } from './fill-order';
import { leftFor, withinVolume } from './left-for';
import type { Meeting } from './meeting';
import { countTape, levelsThrough } from './queue-position';

/** A resting limit fills at its own price with what the market now shows, or traded, beyond it. */
export function matchLimit(context: DecisionContext, meeting: Meeting, limit: Price): readonly AccountEvent[] {
  const { order, market, isNew } = meeting;
  const { instrument } = market;
  const tape = context.tape.get(instrument.id) ?? [];
  const { credits, order: counted } = countTape(order, limit, tape, context.rules.execution);
  const wanted = fillable(context.account, order, instrument);
  const tookLevels = isNew ? levelsTaken(context, meeting, limit, wanted) : [];
  const fromBook = sizeOf(tookLevels);
  const tookTrades = tradesTaken(context, meeting, credits, qty(wanted - fromBook));
  const amount = qty(fromBook + sizeOf(tookTrades));
  const advanced: readonly AccountEvent[] = [{ kind: 'order_advanced', order: counted }];
  if (amount === 0n) {
    const isPast = credits.some((credit) => wanted === 0n || creditLeft(context, order, credit) < credit.qty);
    return isPast || order.queueAhead !== counted.queueAhead ? advanced : [];
  }
  const fillUpTo = (most = amount) => {
    const size = most < amount ? most : amount;
    const book = walk(tookLevels, size).levels;
    const trades = tradesTaken(context, meeting, credits, qty(size - sizeOf(book)));
    return fillOrder(context, counted, {
      market: { ...market, isShared: book.length > 0 },
      levels: [{ price: limit, qty: size }],
      liquidity: 'maker',
      ...(book.length > 0 && { tookLevels: book }),
      ...(trades.length > 0 && { tookTrades: trades }),
    });
  };
  const allowed = allowedFill(context, order, market, fillUpTo);
  if (allowed.amount === 0n) {
    // Trades that came while it may not be filled are past, and stay so.
    const { objection } = allowed;
    if (objection === 'wait') return counted === order ? [] : advanced;
    return [{ kind: 'order_cancelled', order: endedOrder(counted, objection ?? 'unfilled') }];
  }
  return endedBy(context, order, allowed);
}

/** The levels beyond the limit that the order takes of what is left for it there. */
function levelsTaken(
  context: DecisionContext,
  { order, market }: Meeting,
  limit: Price,
  wanted: Qty,
): readonly Level[] {
  const left = leftFor(context, order, market);
  const through = levelsThrough(left.book, order, limit);
  const there = withinVolume(sizeOf(through), left);
  return walk(through, partOf(there, wanted, market.instrument)).levels;
}

/** The part of each trade that the order gets: what other orders of its person left of it. */
function tradesTaken(
  context: DecisionContext,
  { order, market }: Meeting,
  credits: readonly TradePart[],
  wanted: Qty,
): readonly TradePart[] {
  let left: bigint = wanted;
  return credits.flatMap((credit) => {
    const part = partOf(creditLeft(context, order, credit), qty(left), market.instrument);
    left -= part;
    return part > 0n ? [{ tradeId: credit.tradeId, qty: part }] : [];
  });
}

/** An order counts a trade once, so what it had of it itself was never saved. */
function creditLeft({ taken }: DecisionContext, order: Order, { tradeId, qty: credited }: TradePart): Qty {
  const parts = taken.get(order.instrument)?.trades.get(tradeKey(takenSide(order.side), tradeId)) ?? [];
  const others = sizeOf(parts.filter(({ orderId }) => orderId !== order.orderId));
  return qty(credited > others ? credited - others : 0n);
}

/** All that is wanted where it is there, or else whole steps of what is. */
const partOf = (there: Qty, wanted: Qty, { qtyStep }: Instrument): Qty =>
  there >= wanted ? wanted : wholeSteps(there, qtyStep);
