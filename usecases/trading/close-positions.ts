import type { AccountEvent } from '../../domain/account/account-event';
import { closeAccount, closePosition as closeOne } from '../../domain/assessment/commands/close-positions';
import type { OrderRefusal } from '../../domain/assessment/commands/decide-order';
import { after } from '../../domain/assessment/context/after';
import type { InstrumentId, OrderId } from '../../domain/kernel/ids';
import { accept, type Result } from '../../domain/kernel/result';
import { type AccountCommand, type AccountRefusal, changeAccount } from './change-account';
import { decideConfirmed } from './confirmed-decision';
import { seenAt } from './load-context';
import type { OrderAnswer, PlaceOrderRefusal, TradingParts } from './place-order';
import { closes, type PlacedOrder, placedBefore, placedNow, withEarlierFills } from './placed-order';
import { reusedId, unknownInstrument } from './refusals';

export type ClosePosition = AccountCommand & { readonly instrument: InstrumentId; readonly orderId: OrderId };

type CloseAllRefusal = OrderRefusal | 'price_unconfirmed';

export type ClosedAll = { readonly orders: readonly PlacedOrder[]; readonly unpriced: readonly InstrumentId[] };

/** Closes a position with a market order of the sender's id, once. */
export const closePosition =
  (parts: TradingParts) =>
  (command: ClosePosition): Promise<Result<OrderAnswer, PlaceOrderRefusal>> => {
    const { instrument, orderId } = command;
    const needs = { orderId, mayRemember: true };
    const arrived = { at: parts.clock.now(), others: [instrument] };
    return changeAccount<OrderAnswer, PlaceOrderRefusal>(parts, command, needs, async (snapshot) => {
      const { prior } = snapshot;
      if (prior && !closes(prior.ticket, instrument)) return reusedId();
      if (prior) return { ok: true, answer: { placed: placedBefore(prior), isReplay: true } };
      const { context, decided } = await decideConfirmed(parts, snapshot, arrived, ({ context: now }) =>
        now.instruments.has(instrument) ? closeOne(now, instrument, orderId, 'trader') : unknownInstrument(instrument),
      );
      if (!decided.ok) return { ...decided, seen: seenAt(context) };
      const answer = {
        placed: placedNow(orderId, after(context, decided.value).account, decided.value),
        isReplay: false,
      };
      return { ok: true, answer, change: { events: decided.value, at: context.at, met: context } };
    });
  };

/**
 * Cancels every order, then closes every position whose price the venue confirms; the cancelled orders come first in the
 * answer. A position without such a price stays, and can be asked for again.
 */
export const closePositions =
  (parts: TradingParts) =>
  async (command: AccountCommand): Promise<Result<ClosedAll, CloseAllRefusal | AccountRefusal>> => {
    const arrived = { at: parts.clock.now(), others: [] };
    const closed = await changeAccount<ClosedAll, CloseAllRefusal>(
      parts,
      command,
      { mayRemember: true },
      async (snapshot) => {
        const { context, decided } = await decideConfirmed(parts, snapshot, arrived, ({ context: now, held }) =>
          closeAccount(now, held),
        );
        if (!decided.ok) return { ...decided, seen: seenAt(context) };
        const events = decided.value;
        const { orders } = context.account;
        const { account } = after(context, events);
        const touched = [...orders.map(({ orderId }) => orderId), ...events.flatMap(placedId)];
        const answer = {
          orders: touched.map((orderId) => placedNow(orderId, account, events)),
          unpriced: account.positions.map(({ instrument }) => instrument),
        };
        return { ok: true, answer, change: { events, at: context.at, met: context } };
      },
    );
    if (!closed.ok) return closed;
    const orders = await withEarlierFills(parts.accounts, command.accountId, closed.value.orders);
    return accept({ ...closed.value, orders });
  };

const placedId = (event: AccountEvent): readonly OrderId[] =>
  event.kind === 'order_placed' ? [event.order.orderId] : [];
