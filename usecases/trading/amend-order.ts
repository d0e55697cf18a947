import { orderOf } from '../../domain/account/account';
import type { Order } from '../../domain/account/orders/order';
import {
  type Amendment,
  type AmendRefusal,
  amendOrder as decideAmendment,
} from '../../domain/assessment/commands/amend-order';
import { after } from '../../domain/assessment/context/after';
import type { OrderId } from '../../domain/kernel/ids';
import type { Result } from '../../domain/kernel/result';
import { type AccountCommand, type AccountRefusal, changeAccount } from './change-account';
import { decideConfirmed } from './confirmed-decision';
import { seenAt } from './load-context';
import type { TradingParts } from './place-order';
import { isEqual, type PlacedOrder, placedBefore, placedNow } from './placed-order';
import { unknownOrder } from './refusals';

export type AmendOrder = AccountCommand & { readonly orderId: OrderId; readonly change: Amendment };

export type AmendOrderRefusal = AmendRefusal | AccountRefusal | 'order_unknown' | 'price_unconfirmed';

/** Changes an order that works. One that is as asked for already stays as it is, in its place of the queue. */
export const amendOrder =
  (parts: TradingParts) =>
  (command: AmendOrder): Promise<Result<PlacedOrder, AmendOrderRefusal>> => {
    const { orderId, change } = command;
    const needs = { orderId, mayRemember: false };
    const arrived = { at: parts.clock.now(), others: [] };
    return changeAccount<PlacedOrder, AmendOrderRefusal>(parts, command, needs, async (snapshot) => {
      const { account, prior } = snapshot;
      if (!prior) return unknownOrder();
      const order = orderOf(account, orderId);
      if (order && isAsAsked(order, change)) return { ok: true, answer: placedBefore(prior) };
      const { context, decided } = await decideConfirmed(parts, snapshot, arrived, ({ context: now }) =>
        decideAmendment(now, orderId, change),
      );
      if (!decided.ok) return { ...decided, seen: seenAt(context) };
      const answer = placedNow(orderId, after(context, decided.value).account, decided.value, prior.fills);
      return { ok: true, answer, change: { events: decided.value, at: context.at, met: context } };
    });
  };

/** Whether a change would leave the order as it is. */
export function isAsAsked({ qty, terms }: Order, change: Amendment): boolean {
  const now: Readonly<Record<string, unknown>> = { ...terms, qty };
  return Object.entries(change).every(([field, value]) => value === undefined || isEqual(now[field], value));
}
