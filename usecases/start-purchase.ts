import type { AssessmentId, PurchaseId, UserId } from '../domain/kernel/ids';
import { invariant } from '../domain/kernel/invariant';
import { accept, type Result, refuse } from '../domain/kernel/result';
import type { Clock, Ids } from './ports/edge';
import type { IdentityStore } from './ports/identity-store';
import type { PaymentProvider } from './ports/payment-provider';
import type { Checkout, Purchase, PurchaseStore } from './ports/purchase-store';
import type { TierStore } from './ports/tier-store';

export type StartPurchase = {
  readonly purchaseId: PurchaseId;
  readonly tierSlug: string;
  readonly userId: UserId;
};

export type StartPurchaseRefusal = 'tier_unknown' | 'purchase_id_reused' | 'checkout_unavailable';

export type StartPurchaseParts = {
  readonly purchases: PurchaseStore;
  readonly tiers: TierStore;
  readonly identities: Pick<IdentityStore, 'find'>;
  readonly provider: PaymentProvider;
  readonly clock: Clock;
  readonly ids: Ids;
};

/**
 * Opens a checkout for a tier at its present price and rules. The purchase is written first, so that whatever the
 * provider tells about it later finds it. The same id again gives the same checkout, whatever happened in between.
 */
export const startPurchase =
  (parts: StartPurchaseParts) =>
  async (command: StartPurchase): Promise<Result<Checkout, StartPurchaseRefusal>> => {
    const found = (await parts.purchases.find(command.purchaseId)) ?? (await open(parts, command));
    if (!found) return refuse('tier_unknown', 'tierSlug', 'must be a tier that is on sale');
    const isSame = found.userId === command.userId && found.tierSlug === command.tierSlug;
    if (!isSame) return refuse('purchase_id_reused', 'purchaseId', 'was used for another purchase');
    if (found.checkout) return accept(found.checkout);
    const buyer = await parts.identities.find(found.userId);
    invariant(buyer !== undefined, `user ${found.userId} bought something`);
    const opened = await parts.provider.openCheckout(found, buyer.email);
    if (opened.ok) await parts.purchases.attachCheckout(found.purchaseId, opened.value);
    return opened;
  };

/** Undefined when there is no such tier. When the same id is opened twice at once, both get the first one. */
async function open(
  { purchases, tiers, clock, ids }: StartPurchaseParts,
  { purchaseId, tierSlug, userId }: StartPurchase,
): Promise<Purchase | undefined> {
  const tier = await tiers.find(tierSlug);
  if (!tier) return undefined;
  const { tierId, name: tierName, priceUsd, ruleSetVersion, ruleSetHash } = tier;
  await purchases.open({
    ...{ purchaseId, userId, tierId, tierSlug, tierName, priceUsd, ruleSetVersion, ruleSetHash },
    assessmentId: ids.next<AssessmentId>(),
    createdAt: clock.now(),
  });
  const opened = await purchases.find(purchaseId);
  invariant(opened !== undefined, `purchase ${purchaseId} was opened`);
  return opened;
}
