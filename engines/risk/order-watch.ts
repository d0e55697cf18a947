import type { Order } from '../../domain/account/orders/order';
import { STEPS_PER_DISTANCE, stopLevel } from '../../domain/assessment/context/trigger-price';
import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import type { Quote } from '../../domain/market/book';
import type { Primary } from '../../domain/market/listing';
import { touchAt } from '../../domain/market/mark';
import { isAt, type VenueTrade } from '../../domain/market/venue-trade';
import { restsAt } from './trade-fill';

/**
 * The best bids and asks at which an order may fill, trigger or trail; at all others it rests. Prices are whole numbers
 * that a float holds exactly. They are those of the mark, or of the venue whose book fills where one is named.
 */
type Edges = {
  readonly shownBy: Primary | null;
  readonly bidBelow: number;
  readonly bidAbove: number;
  readonly askBelow: number;
  readonly askAbove: number;
  /** Trades at these prices or beyond concern an order that rests. */
  readonly tradeUntil: number;
  readonly tradeFrom: number;
};

const NEVER: Edges = {
  shownBy: null,
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

/** The edges of an account's orders in one instrument, whose trades count only where they happened at its venue. */
type Watched = { readonly primary: Primary; readonly edges: readonly Edges[] };

/** Which accounts have orders that a quote may set to work. */
export class OrderWatch {
  private readonly edges = new Map<InstrumentId, Map<AccountId, Watched>>();
  private readonly instrumentsOf = new Map<AccountId, ReadonlySet<InstrumentId>>();

  put(id: AccountId, orders: readonly Order[], primary: Primary): void {
    this.remove(id);
    if (orders.length === 0) return;
    const instruments = new Set(orders.map(({ instrument }) => instrument));
    this.instrumentsOf.set(id, instruments);
    for (const instrument of instruments) {
      const known = this.edges.get(instrument) ?? new Map<AccountId, Watched>();
      const own = orders.filter((order) => order.instrument === instrument);
      known.set(id, { primary, edges: own.map((order) => edgesOf(order, primary)) });
      this.edges.set(instrument, known);
    }
  }

  remove(id: AccountId): void {
    for (const instrument of this.instrumentsOf.get(id) ?? []) {
      const known = this.edges.get(instrument);
      known?.delete(id);
      if (known?.size === 0) this.edges.delete(instrument);
    }
    this.instrumentsOf.delete(id);
  }

  /** Accounts whose orders this quote may set to work. */
  *reached(quote: Quote): Generator<AccountId> {
    const isMet = meets(quote);
    for (const [id, { edges }] of this.edges.get(quote.instrument) ?? []) if (edges.some(isMet)) yield id;
  }

  isReached(id: AccountId, quote: Quote): boolean {
    return this.edges.get(quote.instrument)?.get(id)?.edges.some(meets(quote)) === true;
  }

  /** Accounts with orders that this trade of the venue may concern: it came to their price, or went through it. */
  *metBy(trade: VenueTrade): Generator<AccountId> {
    const at = Number(trade.price);
    for (const [id, { primary, edges }] of this.edges.get(trade.instrument) ?? []) {
      if (isAt(trade, primary) && edges.some(({ tradeUntil, tradeFrom }) => at <= tradeUntil || at >= tradeFrom))
        yield id;
    }
  }

  /** Accounts with orders in the instrument. */
  holdersOf(instrument: InstrumentId): readonly AccountId[] {
    return [...(this.edges.get(instrument)?.keys() ?? [])];
  }
}

/** A side that nobody quotes reaches no edge. */
function meets(quote: Quote): (edges: Edges) => boolean {
  const marked = numbersOf(quote);
  const shown = new Map<Primary, Touch>();
  const touchOf = (venue: Primary): Touch => {
    const touch = shown.get(venue) ?? numbersOf(touchAt(quote, venue));
    shown.set(venue, touch);
    return touch;
  };
  return ({ shownBy, bidBelow, bidAbove, askBelow, askAbove }) => {
    const { bid, ask } = shownBy === null ? marked : touchOf(shownBy);
    return bid <= bidBelow || bid >= bidAbove || ask <= askBelow || ask >= askAbove;
  };
}

type Touch = { readonly bid: number; readonly ask: number };

const numbersOf = ({ bid, ask }: Pick<Quote, 'bid' | 'ask'>): Touch => ({ bid: numberOf(bid), ask: numberOf(ask) });

const numberOf = (level: Quote['bid']): number => (level ? Number(level.price) : Number.NaN);

function edgesOf(order: Order, primary: Primary): Edges {
  const level = stopLevel(order);
  const isTrail = order.terms.type === 'trailing_stop';
  if (order.triggeredAt === null && (level !== null || isTrail))
    return level === null ? ALWAYS : stopEdges(order, level);
  const price = restsAt(order);
  if (price === undefined) return { ...ALWAYS, shownBy: primary };
  const limit = Number(price);
  // A resting order fills at its limit once the market has traded through it, strictly beyond the limit.
  return order.side === 'buy'
    ? { ...NEVER, shownBy: primary, askBelow: limit - 1, tradeUntil: limit }
    : { ...NEVER, shownBy: primary, bidAbove: limit + 1, tradeFrom: limit };
}

function stopEdges({ side, bestPrice, terms }: Order, level: NonNullable<ReturnType<typeof stopLevel>>): Edges {
  const reached = side === 'sell' ? { ...NEVER, bidBelow: Number(level) } : { ...NEVER, askAbove: Number(level) };
  if (terms.type !== 'trailing_stop' || bestPrice === null) return reached;
  const best = Number(bestPrice);
  const step = Math.max(1, Math.floor(Math.abs(best - Number(level)) / TRAIL_STEPS));
  return side === 'sell' ? { ...reached, bidAbove: best + step } : { ...reached, askBelow: best - step };
}
