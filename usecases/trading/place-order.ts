import type { OrderTicket } from '../../domain/account/orders/order';
import { decideOrder, type OrderRefusal } from '../../domain/assessment/commands/decide-order';
import { after } from '../../domain/assessment/context/after';
import type { Result } from '../../domain/kernel/result';
import type { PriorOrder } from '../ports/accounts/account-store';
import type { BookSource } from '../ports/market-data/market-data';
import {
  type AccountCommand,
  type AccountRefusal,
  type ChangeAccountParts,
  changeAccount,
  type Tried,
} from './change-account';
import { decideConfirmed } from './confirmed-decision';
import { type ContextParts, seenAt } from './load-context';
import { isSameTicket, type PlacedOrder, placedBefore, placedNow } from './placed-order';
import { reusedId, unknownInstrument } from './refusals';

export type PlaceOrder = AccountCommand & { readonly ticket: OrderTicket };

export type PlaceOrderRefusal =
  | OrderRefusal
  | AccountRefusal
  | 'instrument_unknown'
  | 'order_id_reused'
  | 'price_unconfirmed';

/** `isReplay`: the order was placed before and this is what became of it. */
export type OrderAnswer = { readonly placed: PlacedOrder; readonly isReplay: boolean };

export type TradingParts = ContextParts & ChangeAccountParts & { readonly books: BookSource };

/**
 * Takes an order, once: the same order id finds what became of it. What can be filled now is filled with it, at a book
 * that is known to hold after it arrived.
 */
export const placeOrder =
  (parts: TradingParts) =>
  (command: PlaceOrder): Promise<Result<OrderAnswer, PlaceOrderRefusal>> => {
    const { ticket } = command;
    const { orderId } = ticket;
    const arrived = { at: parts.clock.now(), others: [ticket.instrument] };
    const needs = { orderId, mayRemember: true };
    return changeAccount<OrderAnswer, PlaceOrderRefusal>(parts, command, needs, async (snapshot) => {
      if (snapshot.prior) return earlierAnswer(snapshot.prior, ticket);
      const { context, decided } = await decideConfirmed(parts, snapshot, arrived, ({ context: now }) =>
        now.instruments.has(ticket.instrument) ? decideOrder(now, ticket) : unknownInstrument(ticket.instrument),
      );
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
