import type { Account } from '../../account/account';
import type { Decision } from '../../account/account-event';
import { heldBy, releasedAt } from '../../account/hold';
import type { HoldKind } from '../../kernel/hold-kind';
import type { Instant } from '../../kernel/instant';
import { cancelOrders } from '../matching/cancel-orders';
import { addsRisk } from '../pre-trade/risk-adding';

/**
 * Brings an account in line with its payment. Held, it takes no new risk: what would add some is cancelled, exits stay,
 * and positions may be closed. Nothing happens to one that is as it should be.
 */
export function holdAccount(account: Account, wanted: HoldKind | null, at: Instant): Decision {
  const { holds } = account.standing;
  if ((holds.now?.kind ?? null) === wanted) return { account, events: [] };
  if (wanted === null) {
    const released = { ...account, standing: { ...account.standing, holds: releasedAt(holds, at) } };
    return { account: released, events: [{ kind: 'account_released' }] };
  }
  const held = { ...account, standing: { ...account.standing, holds: heldBy(holds, wanted, at) } };
  const adding = held.orders.filter((order) => addsRisk(held, order));
  const { account: after, events } = cancelOrders(held, adding, 'account_held');
  return { account: after, events: [{ kind: 'account_held', hold: wanted }, ...events] };
}
