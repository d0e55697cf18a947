import type { Order } from '../../account/orders/order';
import type { Price } from '../../kernel/money';
import type { Quote } from '../../market/book';
import { STEPS_PER_DISTANCE, stopLevel } from '../context/trigger-price';
import { limitOf } from '../pre-trade/exposure';

/**
 * The best bids and asks at which an order may fill, trigger or trail; at all others it rests. Prices are whole numbers
 * that a float holds exactly.
 */
export type Edges = {
  readonly bidBelow: number;
  readonly bidAbove: number;
  readonly askBelow: number;
  readonly askAbove: number;
  /** Trades at these prices or beyond concern an order that rests. */
  readonly tradeUntil: number;
  readonly tradeFrom: number;
};

const NEVER: Edges = {
  bidBelow: Number.NEGATIVE_INFINITY,
  bidAbove: Number.POSITIVE_INFINITY,
  askBelow: Number.NEGATIVE_INFINITY,
  askAbove: Number.POSITIVE_INFINITY,
  tradeUntil: Number.NEGATIVE_INFINITY,
  tradeFrom: Number.POSITIVE_INFINITY,
};
const ALWAYS: Edges = { ...NEVER, bidAbove: 0, askAbove: 0 };

/** A trail moves at the first touch that is so much of its distance better. */
const TRAIL_STEPS = Number(STEPS_PER_DISTANCE);

/** The limit of an order that rests at it; undefined for any other, and for one whose stop is still to be reached. */
export const restsAt = (order: Order): Price | undefined => {
  const isWaiting = stopLevel(order) !== null && order.triggeredAt === null;
  return isWaiting ? undefined : (limitOf(order) ?? undefined);
};

/** Whether an order with these edges may do anything at these best prices; a side that nobody quotes reaches none. */
export function meets(quote: Pick<Quote, 'bid' | 'ask'>): (edges: Edges) => boolean {
  const [bid, ask] = [numberOf(quote.bid), numberOf(quote.ask)];
  return ({ bidBelow, bidAbove, askBelow, askAbove }) =>
    bid <= bidBelow || bid >= bidAbove || ask <= askBelow || ask >= askAbove;
}

const numberOf = (level: Quote['bid']): number => (level ? Number(level.price) : Number.NaN);

export function edgesOf(order: Order): Edges {
  const level = stopLevel(order);
  const isTrail = order.terms.type === 'trailing_stop';
  if (order.triggeredAt === null && (level !== null || isTrail))
    return level === null ? ALWAYS : stopEdges(order, level);
  const price = restsAt(order);
  if (price === undefined) return ALWAYS;
  const limit = Number(price);
  // A resting order fills at its limit once the market has traded through it, strictly beyond the limit.
  return order.side === 'buy'
    ? { ...NEVER, askBelow: limit - 1, tradeUntil: limit }
    : { ...NEVER, bidAbove: limit + 1, tradeFrom: limit };
}

function stopEdges({ side, bestPrice, terms }: Order, level: NonNullable<ReturnType<typeof stopLevel>>): Edges {
  const reached = side === 'sell' ? { ...NEVER, bidBelow: Number(level) } : { ...NEVER, askAbove: Number(level) };
  if (terms.type !== 'trailing_stop' || bestPrice === null) return reached;
  const best = Number(bestPrice);
  const step = Math.max(1, Math.floor(Math.abs(best - Number(level)) / TRAIL_STEPS));
  return side === 'sell' ? { ...reached, bidAbove: best + step } : { ...reached, askBelow: best - step };
}
