import type { OrderTicket } from '../../domain/account/orders/order';
import { decideOrder, type OrderRefusal } from '../../domain/assessment/commands/decide-order';
import { after } from '../../domain/assessment/context/after';
import type { Result } from '../../domain/kernel/result';
import type { PriorOrder } from '../ports/accounts/account-store';
import {
  type AccountCommand,
  type AccountRefusal,
  type ChangeAccountParts,
  changeAccount,
  type Tried,
} from './change-account';
import { type ContextParts, loadContext, seenAt } from './load-context';
import { isSameTicket, type PlacedOrder, placedBefore, placedNow } from './placed-order';
import { reusedId, unknownInstrument } from './refusals';

export type PlaceOrder = AccountCommand & { readonly ticket: OrderTicket };

export type PlaceOrderRefusal = OrderRefusal | AccountRefusal | 'instrument_unknown' | 'order_id_reused';

/** `isReplay`: the order was placed before and this is what became of it. */
export type OrderAnswer = { readonly placed: PlacedOrder; readonly isReplay: boolean };

export type TradingParts = ContextParts & ChangeAccountParts;

/** Takes an order, once: the same order id finds what became of it. What can be filled now is filled with it. */
export const placeOrder =
  (parts: TradingParts) =>
  (command: PlaceOrder): Promise<Result<OrderAnswer, PlaceOrderRefusal>> => {
    const { ticket } = command;
    const { orderId } = ticket;
    const needs = { orderId, mayRemember: true };
    return changeAccount<OrderAnswer, PlaceOrderRefusal>(parts, command, needs, async (snapshot) => {
      if (snapshot.prior) return earlierAnswer(snapshot.prior, ticket);
      const context = await loadContext(parts, snapshot, [ticket.instrument]);
      if (!context.instruments.has(ticket.instrument)) return unknownInstrument(ticket.instrument);
      const decided = decideOrder(context, ticket);
      if (!decided.ok) return { ...decided, seen: seenAt(context) };
      const answer = {
        placed: placedNow(orderId, after(context, decided.value).account, decided.value),
        isReplay: false,
      };
      return { ok: true, answer, change: { events: decided.value, at: context.at, met: context } };
    });
  };

const earlierAnswer = (prior: PriorOrder, ticket: OrderTicket): Tried<OrderAnswer, 'order_id_reused'> =>
  isSameTicket(prior.ticket, ticket)
    ? { ok: true, answer: { placed: placedBefore(prior), isReplay: true } }
    : reusedId();
