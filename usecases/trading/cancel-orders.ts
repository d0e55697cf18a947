import { orderOf } from '../../domain/account/account';
import { cancelOrders as cancelOf } from '../../domain/assessment/matching/cancel-orders';
import type { AccountId, OrderId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { AccountStore } from '../ports/accounts/account-store';
import type { Clock } from '../ports/clock-and-ids';
import { type AccountCommand, type AccountRefusal, type ChangeAccountParts, changeAccount } from './change-account';
import { type PlacedOrder, placedBefore, placedNow } from './placed-order';

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

export const unknownOrder = () => refuse('order_unknown', 'orderId', 'must be an order of this account');

/** A decision knows its own fills; an order that was filled in part before it has more. */
export const withEarlierFills = (
  accounts: Pick<AccountStore, 'load'>,
  accountId: AccountId,
  orders: readonly PlacedOrder[],
): Promise<readonly PlacedOrder[]> =>
  Promise.all(
    orders.map(async (order) => {
      const known = order.fills.reduce((sum, fill) => sum + fill.qty, 0n);
      if (known === order.filledQty) return order;
      const fills = (await accounts.load(accountId, order.orderId))?.prior?.fills;
      return fills ? { ...order, fills } : order;
    }),
  );
