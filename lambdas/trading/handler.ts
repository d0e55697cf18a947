import { tradingRoutes } from '../../contracts/http/trading';
import { ok } from '../../runtime/answers';
import { authenticateCaller } from '../../runtime/compose/session';
import { trading } from '../../runtime/compose/trading';
import { httpFunction } from '../../runtime/http';
import { changeOf, closingForm, orderAnswer, placedForm, previewForm, ticketOf } from './order-forms';

export const handler = httpFunction(
  tradingRoutes,
  {
    placeOrder: async ({ params, body, caller: { userId }, trace }) =>
      orderAnswer(await (await trading()).placeOrder({ ...params, userId, trace, ticket: ticketOf(body) })),
    previewOrder: async ({ params, body, caller: { userId } }) => {
      const preview = await (await trading()).previewOrder({ ...params, userId, ticket: ticketOf(body) });
      return preview.ok ? ok(previewForm(preview.value)) : preview;
    },
    previewAmend: async ({ params, body, caller: { userId } }) => {
      const preview = await (await trading()).previewAmend({ ...params, userId, change: changeOf(body) });
      return preview.ok ? ok(previewForm(preview.value)) : preview;
    },
    getOrder: async ({ params, caller }) => {
      const order = await (await trading()).readOrder(params.accountId, params.orderId, caller.userId);
      return order.ok ? ok(placedForm(order.value)) : order;
    },
    amendOrder: async ({ params, body, caller: { userId }, trace }) => {
      const amended = await (await trading()).amendOrder({ ...params, userId, trace, change: changeOf(body) });
      return amended.ok ? ok(placedForm(amended.value)) : amended;
    },
    cancelOrder: async ({ params, caller: { userId }, trace }) => {
      const cancelled = await (await trading()).cancelOrder({ ...params, userId, trace });
      return cancelled.ok ? ok(placedForm(cancelled.value)) : cancelled;
    },
    cancelOrders: async ({ params, caller: { userId }, trace }) => {
      const cancelled = await (await trading()).cancelOrders({ ...params, userId, trace });
      return cancelled.ok ? ok({ orders: cancelled.value.map(placedForm) }) : cancelled;
    },
    closePosition: async ({ params, body, caller: { userId }, trace }) =>
      orderAnswer(await (await trading()).closePosition({ ...params, ...body, userId, trace })),
    closePositions: async ({ params, caller: { userId }, trace }) => {
      const closed = await (await trading()).closePositions({ ...params, userId, trace });
      if (!closed.ok) return closed;
      const { orders, unpriced } = closed.value;
      return ok({ orders: orders.map(placedForm), unpriced: [...unpriced] });
    },
    previewClose: async ({ params, caller: { userId } }) => {
      const preview = await (await trading()).previewClose({ ...params, userId });
      return preview.ok ? ok(closingForm(preview.value)) : preview;
    },
    previewCloseAll: async ({ params, caller: { userId } }) => {
      const preview = await (await trading()).previewCloseAll({ ...params, userId });
      return preview.ok ? ok(closingForm(preview.value)) : preview;
    },
    listTrades: async ({ params, caller }) => {
      const fills = await (await trading()).listTrades(params.accountId, caller.userId);
      return fills.ok ? ok({ trades: [...fills.value] }) : fills;
    },
    listRiskWindows: async ({ params, caller }) => {
      const read = await (await trading()).readRiskWindows(params.accountId, caller.userId);
      return read.ok ? ok({ ...read.value, windows: [...read.value.windows] }) : read;
    },
    getEquityCurve: async ({ params, caller }) => {
      const points = await (await trading()).getEquityCurve(params.accountId, caller.userId);
      return points.ok ? ok({ points: [...points.value] }) : points;
    },
  },
  authenticateCaller,
);
