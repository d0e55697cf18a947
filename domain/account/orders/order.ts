import type { FillId, InstrumentId, OrderId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { type ExactFee, type Ppm, type Price, type Qty, qty, type Usd } from '../../kernel/money';
import type { Level } from '../../market/level';

export type Side = 'buy' | 'sell';

/** How long a limit order works: until cancelled, until `expiresAt`, at once in part, at once or not at all. */
export type TimeInForce =
  | { readonly kind: 'gtc' }
  | { readonly kind: 'gtd'; readonly expiresAt: Instant }
  | { readonly kind: 'ioc' }
  | { readonly kind: 'fok' };

/** A stop follows the best price by a distance, or by a share of it. */
export type Trail = { readonly kind: 'price'; readonly price: Price } | { readonly kind: 'share'; readonly share: Ppm };

export type Terms =
  | { readonly type: 'market' }
  | { readonly type: 'limit'; readonly limitPrice: Price; readonly timeInForce: TimeInForce }
  | { readonly type: 'stop'; readonly stopPrice: Price }
  | { readonly type: 'stop_limit'; readonly stopPrice: Price; readonly limitPrice: Price }
  | { readonly type: 'trailing_stop'; readonly trail: Trail };

/** Exits that begin to work once the entry has filled: whichever fills first cancels the other. */
export type Attached = { readonly takeProfit: Price | null; readonly stopLoss: Price | null };

/** The sender's command; `orderId` is also its idempotency key. */
export type OrderTicket = {
  readonly orderId: OrderId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly qty: Qty;
  readonly terms: Terms;
  /** Fills only as far as it makes a position smaller. */
  readonly reduceOnly: boolean;
  readonly attached: Attached | null;
};

/** An order as its sender asked for it, but for a quantity that was amended since. */
export const ticketOf = ({
  orderId,
  instrument,
  side,
  qty: asked,
  terms,
  reduceOnly,
  attached,
}: OrderTicket): OrderTicket => ({
  orderId,
  instrument,
  side,
  qty: asked,
  terms,
  reduceOnly,
  attached,
});

export type OrderStatus = 'open' | 'filled' | 'cancelled' | 'expired';

/** Why an order ended without its fill. */
export type CancelReason =
  | 'requested'
  | 'expired'
  | 'unfilled'
  | 'other_filled'
  | 'nothing_to_reduce'
  | 'price_unavailable'
  | 'insufficient_margin'
  | 'outcome_price_band'
  | 'both_outcomes_held'
  | 'market_cap_exceeded'
  | 'event_cap_exceeded'
  | 'category_cap_exceeded'
  | 'risk_per_trade_exceeded'
  | 'positions_max'
  | 'position_cap_exceeded'
  | 'quantity_too_large'
  | 'market_closed'
  | 'instrument_changed'
  | 'trading_paused'
  | 'account_held'
  | 'assessment_ended';

/** An order that works, or worked, over time. `ticket.qty` is what was asked for, `filledQty` of it is done. */
export type Order = OrderTicket & {
  readonly status: OrderStatus;
  readonly cancelReason: CancelReason | null;
  readonly placedAt: Instant;
  readonly filledQty: Qty;
  /** How many fills it has had. */
  readonly parts: number;
  /** The state of the venue's book that it last met: nothing of this state or before fills it. */
  readonly bookSequence: number;
  /** When its stop was reached; from then on it works as a market or limit order. */
  readonly triggeredAt: Instant | null;
  /** The best exit price that a trailing stop has followed. */
  readonly bestPrice: Price | null;
  /** The venue's quantity ahead of it at its own price. */
  readonly queueAhead: Qty | null;
  /** Trades of the venue received until then have been counted: none of them fills it. */
  readonly tapeSeenAt: Instant;
  /** When it reached the market with the terms it has: nothing that the venue did until then fills it. */
  readonly worksFrom: Instant;
  /** The entry that it was attached to; the orders of one entry cancel one another. */
  readonly entryId: OrderId | null;
  /** The fee of its fills so far before it is rounded; absent where no later fill is rounded together with them. */
  readonly exactFee?: ExactFee;
  /** Where it was placed, for one that the desk itself places: a liquidation, a close at the target. */
  readonly origin: 'trader' | 'desk';
};

/** An order of this ticket as it begins to work, where nothing has met it yet. */
export const workingOrder = (
  ticket: OrderTicket,
  { placedAt, bookSequence, origin }: Pick<Order, 'placedAt' | 'bookSequence' | 'origin'>,
): Order => ({
  ...ticket,
  status: 'open',
  cancelReason: null,
  placedAt,
  filledQty: qty(0n),
  parts: 0,
  bookSequence,
  triggeredAt: null,
  bestPrice: null,
  queueAhead: null,
  tapeSeenAt: placedAt,
  worksFrom: placedAt,
  entryId: null,
  origin,
});

/** The levels that a fill took of one state of the venue's book. */
export type Fill = {
  readonly fillId: FillId;
  readonly orderId: OrderId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly qty: Qty;
  /** Counts the fills of its order from 1. */
  readonly part: number;
  readonly liquidity: 'taker' | 'maker';
  readonly levels: readonly Level[];
  /** Volume-weighted average of the levels, rounded against the trader. For display: the money is `cashUsd`. */
  readonly price: Price;
  /** Negative for a buy; the fee is apart. */
  readonly cashUsd: Usd;
  readonly feeUsd: Usd;
  readonly realizedUsd: Usd;
  readonly filledAt: Instant;
  readonly bookSequence: number;
  readonly venueProof: string;
  readonly venueAt: Instant;
  /** Why the desk closed a position by it; absent of every other fill. */
  readonly closedFor?: ClosingReason;
  /** Around news, where the rules count in part what is won then; absent of every other fill. */
  readonly inNews?: true;
};

/** What makes the desk itself close a position: a rule that closes without failing, or the end of the assessment. */
export type ClosingReason =
  | 'stop_missing'
  | 'open_loss'
  | 'daily_loss'
  | 'limit_in_doubt'
  | 'loss_layer'
  | 'target'
  | 'weekend'
  | 'daily_flat'
  | 'news'
  | 'assessment_ended';

/** What of an order is not done yet. */
export const remaining = ({ qty: asked, filledQty }: Pick<Order, 'qty' | 'filledQty'>): Qty => qty(asked - filledQty);

export const opposite = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy');
