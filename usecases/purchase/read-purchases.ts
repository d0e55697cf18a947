import type { PurchaseId, UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import { statusOf } from '../../domain/purchase/payment';
import type { Purchase, PurchaseStore } from '../ports/purchase/purchase-store';

type Parts = { readonly purchases: PurchaseStore };

/** As its buyer sees it: the assessment is named once it is granted. */
export const purchaseView = ({ payment, ...purchase }: Purchase) => ({
  purchaseId: purchase.purchaseId,
  kind: purchase.resetOf === null ? ('tier' as const) : ('reset' as const),
  resetOf: purchase.resetOf,
  tierSlug: purchase.tierSlug,
  tierName: purchase.tierName,
  priceUsd: purchase.priceUsd,
  status: statusOf(payment, purchase.priceUsd),
  assessmentId: payment.isGranted ? purchase.assessmentId : null,
  createdAt: purchase.createdAt,
});

export type PurchaseView = ReturnType<typeof purchaseView>;

export const listPurchases =
  ({ purchases }: Parts) =>
  async (userId: UserId): Promise<readonly PurchaseView[]> =>
    (await purchases.listOf(userId)).map(purchaseView);

/** One's own purchase; somebody else's does not exist. */
export const getPurchase =
  ({ purchases }: Parts) =>
  async (id: PurchaseId, userId: UserId): Promise<Result<PurchaseView, 'purchase_unknown'>> => {
    const found = await purchases.find(id);
    return found?.userId === userId
      ? accept(purchaseView(found))
      : refuse('purchase_unknown', 'purchaseId', 'must be yours');
  };
