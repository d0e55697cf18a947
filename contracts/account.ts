import * as z from 'zod';
import { assessmentStatus, holdKind, shownRoom } from './assessment';
import { exactFeeText, ppmText, priceText, qtyText, usdText } from './decimal';
import { accountId, instrumentId, orderId } from './ids';
import { moment } from './time';

export const position = z.object({
  instrument: instrumentId,
  qty: qtyText,
  costUsd: usdText,
  realizedUsd: usdText,
  feesUsd: usdText,
  openedAt: z.int(),
});

/** Good till cancelled, good till `expiresAt`, immediate or cancel, fill or kill. */
export const timeInForce = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('gtc') }),
  z.strictObject({ kind: z.literal('gtd'), expiresAt: moment }),
  z.strictObject({ kind: z.literal('ioc') }),
  z.strictObject({ kind: z.literal('fok') }),
]);

/** How far a trailing stop stays behind the best price: dollars, or a share of it. */
export const trail = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('price'), price: priceText }),
  z.strictObject({ kind: z.literal('share'), share: ppmText }),
]);

export const terms = z.discriminatedUnion('type', [
  z.object({ type: z.literal('market') }),
  z.object({ type: z.literal('limit'), limitPrice: priceText, timeInForce }),
  z.object({ type: z.literal('stop'), stopPrice: priceText }),
  z.object({ type: z.literal('stop_limit'), stopPrice: priceText, limitPrice: priceText }),
  z.object({ type: z.literal('trailing_stop'), trail }),
]);

export const orderStatus = z.enum(['open', 'filled', 'cancelled', 'expired']);

export const cancelReason = z.enum([
  'requested',
  'expired',
  'unfilled',
  'other_filled',
  'nothing_to_reduce',
  'price_unavailable',
  'insufficient_margin',
  'outcome_price_band',
  'both_outcomes_held',
  'market_cap_exceeded',
  'event_cap_exceeded',
  'category_cap_exceeded',
  'risk_per_trade_exceeded',
  'positions_max',
  'position_cap_exceeded',
  'quantity_too_large',
  'market_closed',
  'instrument_changed',
  'trading_paused',
  'account_held',
  'assessment_ended',
]);

/** Why the platform itself closed a position. */
export const closingReason = z.enum([
  'stop_missing',
  'open_loss',
  'daily_loss',
  'loss_layer',
  'limit_in_doubt',
  'target',
  'weekend',
  'daily_flat',
  'news',
  'assessment_ended',
]);

const ticket = {
  orderId,
  instrument: instrumentId,
  side: z.enum(['buy', 'sell']),
  qty: qtyText,
  terms,
  reduceOnly: z.boolean(),
  attached: z.object({ takeProfit: priceText.nullable(), stopLoss: priceText.nullable() }).nullable(),
};

export const orderTicket = z.object(ticket);

/** An order that works, or worked, over time. */
export const order = z.object({
  ...ticket,
  status: orderStatus,
  cancelReason: cancelReason.nullable(),
  placedAt: z.int(),
  filledQty: qtyText,
  parts: z.int(),
  bookSequence: z.int(),
  triggeredAt: z.int().nullable(),
  bestPrice: priceText.nullable(),
  queueAhead: qtyText.nullable(),
  tapeSeenAt: z.int(),
  worksFrom: z.int(),
  entryId: orderId.nullable(),
  /** The fee of its fills so far before it is rounded, where a later fill is rounded together with them. */
  exactFee: exactFeeText.optional(),
  origin: z.enum(['trader', 'desk']),
});

/** The highest of 50, 80 and 95 per cent that was warned of, by rule. */
export const warned = z.record(z.string(), z.int());

/** What is remembered of a capital that has grown, or is on its way to. */
const growth = z
  .object({
    steps: z.array(z.object({ at: z.int(), capitalUsd: usdText })).readonly(),
    fromUsd: usdText.nullable(),
    taken: z.int(),
    paidUsd: usdText,
  })
  .optional();

/** What is remembered from one payout to the next. */
export const payouts = z
  .object({
    taken: z.int(),
    last: z.object({ at: z.int(), day: z.string(), fromUsd: usdText }).nullable(),
    bestUsd: usdText,
    daysWon: z.int(),
    growth,
  })
  .optional();

/** What the rules remember of an account beside its money; meanings: `domain/account/standing/standing.ts`. */
export const standing = z.object({
  startedAt: z.int(),
  activeAt: z.int(),
  highWaterUsd: usdText,
  dayPeakUsd: usdText,
  peakedAt: z.int(),
  dayBalanceUsd: usdText,
  dayOpened: z.int(),
  dayClosed: z.int(),
  tradesCounted: z.int(),
  worstTradeUsd: usdText,
  daysCounted: z.int(),
  bestDayUsd: usdText,
  winningDaysUsd: usdText,
  isPaused: z.boolean(),
  warned,
  stopCorrections: z.array(z.object({ instrument: instrumentId, openedAt: z.int(), dueAt: z.int() })),
  tradeSizesUsd: usdText,
  daySized: z.int(),
  reducedFromUsd: z.record(z.string(), usdText),
  bestTradeUsd: usdText,
  excludedWinsUsd: usdText,
  dayExcludedUsd: usdText,
  touched: z.record(z.string(), z.int()),
  holds: z.object({
    now: z.object({ kind: holdKind, since: z.int() }).nullable(),
    heldMs: z.int(),
    endedAt: z.int().nullable(),
  }),
  /** What few rules ask an account to remember is absent of all others. */
  inNews: z.array(instrumentId).readonly().optional(),
  activityAt: z.int().nullable().optional(),
  weekBalanceUsd: usdText.nullable().optional(),
  monthBalanceUsd: usdText.nullable().optional(),
  payouts,
  missedStops: z
    .array(z.object({ instrument: instrumentId, openedAt: z.int() }))
    .readonly()
    .optional(),
});

/** An account as of `version`, which counts its events: the next event carries `version + 1`. */
export const accountSnapshot = z.object({
  accountId,
  version: z.int(),
  status: assessmentStatus,
  cashUsd: usdText,
  balanceUsd: usdText,
  tradesClosed: z.int(),
  day: z.string(),
  dayAnchorUsd: usdText,
  isPaused: z.boolean(),
  hold: holdKind.nullable(),
  positions: z.array(position),
  /** Those that work, oldest first. */
  orders: z.array(order),
  /** With it the account is whole: what its events make of it can be told without asking again. */
  standing,
  /** As far as they follow from the balance alone; the mark has them at live prices. */
  rooms: z.array(shownRoom),
});
