import type { AccountId, OrderId, UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { AccountStore } from '../ports/accounts/account-store';
import { type PlacedOrder, placedBefore } from './placed-order';
import { unknownOrder } from './refusals';

/** What became of one's own order. */
export const readOrder =
  ({ accounts }: { readonly accounts: Pick<AccountStore, 'load'> }) =>
  async (
    accountId: AccountId,
    orderId: OrderId,
    userId: UserId,
  ): Promise<Result<PlacedOrder, 'account_unknown' | 'order_unknown'>> => {
    const snapshot = await accounts.load(accountId, orderId);
    if (snapshot?.userId !== userId) return refuse('account_unknown', 'accountId', 'must be yours');
    return snapshot.prior ? accept(placedBefore(snapshot.prior)) : unknownOrder();
  };
