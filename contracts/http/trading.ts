import * as z from 'zod';
import { cancelReason, closingReason, orderStatus, timeInForce, trail } from '../account';
import { plannedFill, ruleName, shownRoom, wayOut } from '../assessment';
import { priceText, qtyText, times, usdText } from '../decimal';
import { accountId, fillId, instrumentId, orderId } from '../ids';
import { route } from './route';

export const side = z.enum(['buy', 'sell']);

const positivePrice = priceText.refine((value) => value > 0n, 'must be greater than zero');

const ticket = {
  orderId,
  instrument: instrumentId,
  side,
  qty: qtyText.refine((value) => value > 0n, 'must be greater than zero'),
  reduceOnly: z.boolean().default(false),
  /** Exits that begin to work when this order has filled; whichever fills first cancels the other. */
  takeProfit: positivePrice.nullable().default(null),
  stopLoss: positivePrice.nullable().default(null),
};

/** What a trader sends, by type of order. */
export const orderBody = z.discriminatedUnion('type', [
  z.strictObject({ ...ticket, type: z.literal('market') }),
  z.strictObject({
    ...ticket,
    type: z.literal('limit'),
    limitPrice: positivePrice,
    timeInForce: timeInForce.default({ kind: 'gtc' }),
  }),
  z.strictObject({ ...ticket, type: z.literal('stop'), stopPrice: positivePrice }),
  z.strictObject({ ...ticket, type: z.literal('stop_limit'), stopPrice: positivePrice, limitPrice: positivePrice }),
  z.strictObject({ ...ticket, type: z.literal('trailing_stop'), trail }),
]);

/** What may be changed of an order that works; what is left out stays. */
export const orderChange = z.strictObject({
  qty: ticket.qty.optional(),
  limitPrice: positivePrice.optional(),
  stopPrice: positivePrice.optional(),
  trail: trail.optional(),
  timeInForce: timeInForce.optional(),
});

/** One fill; `price` is the volume-weighted average of its levels, rounded against the trader. */
export const fill = z.object({
  fillId,
  orderId,
  instrument: instrumentId,
  side,
  qty: qtyText,
  part: z.int(),
  liquidity: z.enum(['taker', 'maker']),
  price: priceText,
  feeUsd: usdText,
  realizedUsd: usdText,
  filledAt: z.int(),
  /** The state of the venue's book that it was filled from, and the venue's own proof of it. */
  bookSequence: z.int(),
  venueProof: z.string(),
  /** Where the platform itself closed a position by it. */
  closedFor: closingReason.optional(),
});

const level = z.object({ price: priceText, qty: qtyText });

/** What became of an order so far, with the levels that each fill took. */
export const placedOrder = z.object({
  orderId,
  status: orderStatus,
  cancelReason: cancelReason.nullable(),
  filledQty: qtyText,
  fills: z.array(fill.extend({ levels: z.array(level) })),
});

/** What an order, or a change of one, would do now. Nothing is reserved: the order itself decides again. */
export const orderPreview = z.object({
  /** What would fill at once; null while it would rest. */
  fill: z
    .object({
      price: priceText,
      qty: qtyText,
      feeUsd: usdText,
      realizedUsd: usdText,
      levels: z.array(level),
      /** What the trade has made that it closes, or makes smaller, every fee included; null of one that it opens. */
      netUsd: usdText.nullable(),
    })
    .nullable(),
  restingQty: qtyText,
  /** The margin that crypto binds afterwards, each notional over its leverage, and the equity there is for it. */
  marginUsedUsd: usdText,
  marginMaxUsd: usdText,
  /** The leverage of the instrument; null for an outcome, which is paid in full. */
  leverageMax: times(0.1, 100).nullable(),
  equityUsd: usdText,
  /** The room of each rule afterwards. */
  rooms: z.array(shownRoom),
  /** Everything that would be held afterwards, closed again at once. */
  ifClosed: wayOut,
  /** What would rest, once that fills; null: nothing would. */
  whenFilled: plannedFill.nullable(),
  /** The exits that would begin to work with what fills at once. */
  exits: z.array(plannedFill),
  /** What would follow at once: a rule that fails the assessment, one that pauses it, a pass. */
  breach: ruleName.nullable(),
  pause: ruleName.nullable(),
  passes: z.boolean(),
});

/** What closing would do now. Nothing is reserved: the closing itself decides again. */
export const closingPreview = z.object({
  closings: z.array(
    z.object({
      instrument: instrumentId,
      side,
      price: priceText,
      qty: qtyText,
      feeUsd: usdText,
      /** What its trade has made by then, every fee included. */
      netUsd: usdText,
    }),
  ),
  feeUsd: usdText,
  netUsd: usdText,
  balanceUsd: usdText,
  /** What has no price counts at its last good one. */
  equityUsd: usdText,
  /** The room of each rule afterwards. */
  rooms: z.array(shownRoom),
  /** What would not be closed, or not whole: its book does not hold it. */
  left: z.array(instrumentId),
  breach: ruleName.nullable(),
  pause: ruleName.nullable(),
  passes: z.boolean(),
});

/** A time, from `from` to before `until`, in which orders that add risk are refused. */
export const riskWindow = z.object({
  rule: z.enum(['news', 'weekend', 'daily_flat']),
  /** What the news is; null of the others. */
  title: z.string().nullable(),
  /** Null: every instrument. */
  instruments: z.array(instrumentId).readonly().nullable(),
  from: z.int(),
  until: z.int(),
  /** `orders`: closing too, but by a stop; `positions`: what is held is closed as well. */
  forbids: z.enum(['new_risk', 'orders', 'positions']),
});

const params = z.strictObject({ accountId });
const orderParams = z.strictObject({ accountId, orderId });

export const tradingRoutes = {
  placeOrder: route({
    method: 'POST',
    path: '/accounts/{accountId}/orders',
    access: 'session',
    summary: 'Places an order; its id, made by the sender, makes every retry safe',
    params,
    body: orderBody,
    status: 201,
    response: placedOrder,
  }),
  previewOrder: route({
    method: 'POST',
    path: '/accounts/{accountId}/orders/preview',
    access: 'session',
    summary: 'What an order would do: fill, fees, margin, and the room of every rule afterwards',
    params,
    body: orderBody,
    status: 200,
    response: orderPreview,
  }),
  getOrder: route({
    method: 'GET',
    path: '/accounts/{accountId}/orders/{orderId}',
    access: 'session',
    summary: 'What became of an order',
    params: orderParams,
    status: 200,
    response: placedOrder,
  }),
  amendOrder: route({
    method: 'PUT',
    path: '/accounts/{accountId}/orders/{orderId}',
    access: 'session',
    summary: 'Changes quantity, prices or expiry of an order that works; it gives up its place in the queue',
    params: orderParams,
    body: orderChange,
    status: 200,
    response: placedOrder,
  }),
  previewAmend: route({
    method: 'POST',
    path: '/accounts/{accountId}/orders/{orderId}/preview',
    access: 'session',
    summary: 'What a change of an order that works would do, as the preview of an order says it',
    params: orderParams,
    body: orderChange,
    status: 200,
    response: orderPreview,
  }),
  cancelOrder: route({
    method: 'DELETE',
    path: '/accounts/{accountId}/orders/{orderId}',
    access: 'session',
    summary: 'Cancels an order; cancelling one that has ended answers with how it ended',
    params: orderParams,
    status: 200,
    response: placedOrder,
  }),
  cancelOrders: route({
    method: 'DELETE',
    path: '/accounts/{accountId}/orders',
    access: 'session',
    summary: 'Cancels every order that works',
    params,
    status: 200,
    response: z.object({ orders: z.array(placedOrder) }),
  }),
  closePosition: route({
    method: 'POST',
    path: '/accounts/{accountId}/positions/{instrument}/close',
    access: 'session',
    summary: 'Closes a position with a market order under the given id',
    params: z.strictObject({ accountId, instrument: instrumentId }),
    body: z.strictObject({ orderId }),
    status: 201,
    response: placedOrder,
  }),
  closePositions: route({
    method: 'POST',
    path: '/accounts/{accountId}/positions/close',
    access: 'session',
    summary: 'Cancels every order and closes every position that has a price; a second call closes what is left',
    params,
    status: 200,
    response: z.object({ orders: z.array(placedOrder), unpriced: z.array(instrumentId) }),
  }),
  previewClose: route({
    method: 'POST',
    path: '/accounts/{accountId}/positions/{instrument}/close/preview',
    access: 'session',
    summary: 'What closing a position would do: its fill, its fee, what its trade has made, and what would follow',
    params: z.strictObject({ accountId, instrument: instrumentId }),
    status: 200,
    response: closingPreview,
  }),
  previewCloseAll: route({
    method: 'POST',
    path: '/accounts/{accountId}/positions/close/preview',
    access: 'session',
    summary: 'What cancelling every order and closing every position would do',
    params,
    status: 200,
    response: closingPreview,
  }),
  listTrades: route({
    method: 'GET',
    path: '/accounts/{accountId}/trades',
    access: 'session',
    summary: 'Fills of an account, newest first, at most 500',
    params,
    status: 200,
    response: z.object({ trades: z.array(fill) }),
  }),
  listRiskWindows: route({
    method: 'GET',
    path: '/accounts/{accountId}/risk-windows',
    access: 'session',
    summary: 'When orders may add no risk, now and in the next seven days, the earliest first, by the platform’s clock',
    params,
    status: 200,
    response: z.object({ at: z.int(), windows: z.array(riskWindow) }),
  }),
  getEquityCurve: route({
    method: 'GET',
    path: '/accounts/{accountId}/equity',
    access: 'session',
    summary: 'Equity over time, oldest first',
    params,
    status: 200,
    response: z.object({ points: z.array(z.object({ at: z.int(), equityUsd: usdText, balanceUsd: usdText })) }),
  }),
};
