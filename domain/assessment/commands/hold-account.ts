import type { Account } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { HoldKind } from '../../kernel/hold-kind';
import type { Instant } from '../../kernel/instant';
import { cancelOrders } from '../matching/cancel-orders';
import { addsRisk } from '../pre-trade/risk-adding';

/**
 * Brings an account in line with its payment. Held, it takes no new risk: what would add some is cancelled, exits stay,
 * and positions may be closed. Nothing happens to one that is as it should be.
 */
export function holdAccount(account: Account, wanted: HoldKind | null, at: Instant): readonly AccountEvent[] {
  const { now } = account.standing.holds;
  if ((now?.kind ?? null) === wanted) return [];
  if (wanted === null) return [{ kind: 'account_released', at }];
  const adding = account.orders.filter((order) => addsRisk(account, order));
  return [{ kind: 'account_held', hold: wanted, at }, ...cancelOrders(account, adding, 'account_held')];
}
