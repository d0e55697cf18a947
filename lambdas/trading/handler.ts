import { tradingRoutes } from '../../contracts/http/trading';
import { accept } from '../../domain/kernel/result';
import { authenticateCaller } from '../../runtime/compose-session';
import { trading } from '../../runtime/compose-trading';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(
  tradingRoutes,
  {
    placeOrder: async ({ params, body, caller, trace }) => {
      const { orderId, instrument, side, qty } = body;
      const ticket = { orderId, instrument, side, qty };
      const { accountId } = params;
      const placed = await (await trading()).placeOrder({ accountId, userId: caller.userId, ticket, trace });
      if (!placed.ok) return placed;
      const { fill, isReplay } = placed.value;
      return { ...accept({ ...fill, levels: [...fill.levels] }), ...(isReplay && { status: 200 }) };
    },
    listTrades: async ({ params, caller }) => {
      const fills = await (await trading()).listTrades(params.accountId, caller.userId);
      return fills.ok ? accept({ trades: [...fills.value] }) : fills;
    },
    getEquityCurve: async ({ params, caller }) => {
      const points = await (await trading()).getEquityCurve(params.accountId, caller.userId);
      return points.ok ? accept({ points: [...points.value] }) : points;
    },
  },
  authenticateCaller,
);
