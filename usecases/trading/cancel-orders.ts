import { orderOf } from '../../domain/account/account';
import { cancelOrders as cancelOf } from '../../domain/assessment/matching/cancel-orders';
import type { OrderId } from '../../domain/kernel/ids';
import { accept, type Result } from '../../domain/kernel/result';
import type { Clock } from '../ports/clock-and-ids';
import { type AccountCommand, type AccountRefusal, type ChangeAccountParts, changeAccount } from './change-account';
import { type PlacedOrder, placedBefore, placedNow, withEarlierFills } from './placed-order';
import { unknownOrder } from './refusals';

export type CancelOrder = AccountCommand & { readonly orderId: OrderId };

export type CancelParts = ChangeAccountParts & { readonly clock: Clock };

/** Cancels an order that works; one that has ended is answered with how it ended. */
export const cancelOrder =
  (parts: CancelParts) =>
  (command: CancelOrder): Promise<Result<PlacedOrder, AccountRefusal | 'order_unknown'>> => {
    const { orderId } = command;
    const needs = { orderId, mayRemember: false };
    return changeAccount<PlacedOrder, 'order_unknown'>(parts, command, needs, async ({ account, prior }) => {
      if (!prior) return unknownOrder();
      const order = orderOf(account, orderId);
      if (!order) return { ok: true, answer: placedBefore(prior) };
      const decided = cancelOf(account, [order], 'requested');
      const answer = placedNow(orderId, decided, prior.fills);
      return { ok: true, answer, change: { decided, at: parts.clock.now() } };
    });
  };

/** Cancels every order that works: those are the answer. */
export const cancelOrders =
  (parts: CancelParts) =>
  async (command: AccountCommand): Promise<Result<readonly PlacedOrder[], AccountRefusal>> => {
    const cancelled = await changeAccount<readonly PlacedOrder[], never>(
      parts,
      command,
      { mayRemember: true },
      async ({ account }) => {
        const decided = cancelOf(account, account.orders, 'requested');
        const answer = account.orders.map(({ orderId }) => placedNow(orderId, decided));
        return { ok: true, answer, change: { decided, at: parts.clock.now() } };
      },
    );
    return cancelled.ok
      ? accept(await withEarlierFills(parts.accounts, command.accountId, cancelled.value))
      : cancelled;
  };
