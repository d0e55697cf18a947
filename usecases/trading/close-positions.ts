import {
  closePositions as closeAll,
  closePosition as closeOne,
} from '../../domain/assessment/commands/close-positions';
import type { OrderRefusal } from '../../domain/assessment/commands/decide-order';
import { cancelOrders } from '../../domain/assessment/matching/cancel-orders';
import type { InstrumentId, OrderId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import { withEarlierFills } from './cancel-orders';
import { type AccountCommand, type AccountRefusal, changeAccount } from './change-account';
import { openDesk } from './load-context';
import {
  type OrderAnswer,
  type PlaceOrderRefusal,
  reusedId,
  seenAt,
  type TradingParts,
  unknownInstrument,
} from './place-order';
import { closes, type PlacedOrder, placedBefore, placedNow } from './placed-order';

export type ClosePosition = AccountCommand & { readonly instrument: InstrumentId; readonly orderId: OrderId };

export type ClosedAll = { readonly orders: readonly PlacedOrder[]; readonly unpriced: readonly InstrumentId[] };

/** Closes a position with a market order of the sender's id, once. */
export const closePosition =
  (parts: TradingParts) =>
  (command: ClosePosition): Promise<Result<OrderAnswer, PlaceOrderRefusal>> => {
    const { instrument, orderId } = command;
    const needs = { orderId, mayRemember: true };
    return changeAccount<OrderAnswer, PlaceOrderRefusal>(parts, command, needs, async (snapshot) => {
      const { prior } = snapshot;
      if (prior && !closes(prior.ticket, instrument)) return reusedId();
      if (prior) return { ok: true, answer: { placed: placedBefore(prior), isReplay: true } };
      const desk = await openDesk(parts, snapshot, [instrument]);
      if (!desk.instruments.has(instrument)) return unknownInstrument(instrument);
      const decided = closeOne(desk, instrument, orderId, 'trader');
      if (!decided.ok) return { ...decided, seen: seenAt(desk) };
      const answer = { placed: placedNow(orderId, decided.value), isReplay: false };
      return { ok: true, answer, change: { decided: decided.value, at: desk.at } };
    });
  };

/** Cancels every order, then closes every position that has a price; the cancelled orders come first in the answer. */
export const closePositions =
  (parts: TradingParts) =>
  async (command: AccountCommand): Promise<Result<ClosedAll, OrderRefusal | AccountRefusal>> => {
    const closed = await changeAccount<ClosedAll, OrderRefusal>(
      ...([parts, command, { mayRemember: true }] as const),
      async (snapshot) => {
        const { status } = snapshot;
        if (status !== 'active') return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
        const desk = await openDesk(parts, snapshot, []);
        const { orders, positions } = desk.account;
        const cancelled = cancelOrders(desk.account, orders, 'requested');
        const held = positions.map(({ instrument }) => instrument);
        const flat = { ...desk, account: cancelled.account };
        const { account, happenings, unpriced } = closeAll(flat, held, () => parts.ids.next<OrderId>(), 'trader');
        const decided = { account, happenings: [...cancelled.happenings, ...happenings] };
        const touched = [...orders.map(({ orderId }) => orderId), ...happenings.flatMap(placedId)];
        const answer = { orders: touched.map((orderId) => placedNow(orderId, decided)), unpriced };
        return { ok: true, answer, change: { decided, at: desk.at } };
      },
    );
    if (!closed.ok) return closed;
    const orders = await withEarlierFills(parts.accounts, command.accountId, closed.value.orders);
    return accept({ ...closed.value, orders });
  };

const placedId = (happening: ReturnType<typeof closeAll>['happenings'][number]): readonly OrderId[] =>
  happening.kind === 'order_placed' ? [happening.ticket.orderId] : [];
