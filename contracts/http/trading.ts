import * as z from 'zod';
import { priceText, qtyText, usdText } from '../decimal';
import { accountId, instrumentId, orderId } from '../ids';
import { route } from './route';

export const side = z.enum(['buy', 'sell']);

/** What an order did. `price` is the volume-weighted average, rounded against the trader. */
export const placedOrder = z.object({
  orderId,
  instrument: instrumentId,
  side,
  qty: qtyText,
  price: priceText,
  feeUsd: usdText,
  realizedUsd: usdText,
  placedAt: z.int(),
  levels: z.array(z.object({ price: priceText, qty: qtyText })),
});

const trade = placedOrder.omit({ levels: true });
const params = z.strictObject({ accountId });

export const tradingRoutes = {
  placeOrder: route({
    method: 'POST',
    path: '/accounts/{accountId}/orders',
    access: 'session',
    summary: 'Places a market order; its id, made by the sender, makes every retry safe',
    params,
    body: z.strictObject({
      orderId,
      instrument: instrumentId,
      side,
      type: z.literal('market'),
      qty: qtyText.refine((value) => value > 0n, 'must be greater than zero'),
    }),
    status: 201,
    response: placedOrder,
  }),
  listTrades: route({
    method: 'GET',
    path: '/accounts/{accountId}/trades',
    access: 'session',
    summary: 'Fills of an account, newest first, at most 500',
    params,
    status: 200,
    response: z.object({ trades: z.array(trade) }),
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
