import { decideReset, type ResetRefusal } from '../../domain/assessment/progression/attempts';
import type { AssessmentId, PurchaseId, UserId } from '../../domain/kernel/ids';
import { invariant } from '../../domain/kernel/invariant';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import {
  CHECKOUTS_OPEN_MAX,
  checkoutExpired,
  isPayable,
  mayBeOpened,
  openSince,
  tooManyCheckouts,
} from '../../domain/purchase/checkout';
import type { AssessmentStore } from '../ports/assessments/assessment-store';
import type { TierStore } from '../ports/assessments/tier-store';
import type { Clock, Ids } from '../ports/clock-and-ids';
import type { IdentityStore } from '../ports/identity/identity-store';
import type { PaymentProvider } from '../ports/purchase/payment-provider';
import type { Checkout, Purchase, PurchaseOrder, PurchaseStore } from '../ports/purchase/purchase-store';

type Sender = { readonly purchaseId: PurchaseId; readonly userId: UserId };

export type StartPurchase = Sender & { readonly tierSlug: string };
export type StartReset = Sender & { readonly assessmentId: AssessmentId };

type CheckoutRefusal = 'purchase_id_reused' | 'checkout_unavailable' | 'checkout_expired';
type OpeningRefusal = CheckoutRefusal | 'checkouts_open_max';
export type StartPurchaseRefusal = OpeningRefusal | 'tier_unknown';
export type StartResetRefusal = OpeningRefusal | ResetRefusal;

export type StartPurchaseParts = {
  readonly purchases: PurchaseStore;
  readonly tiers: TierStore;
  readonly assessments: Pick<AssessmentStore, 'course'>;
  readonly identities: Pick<IdentityStore, 'find'>;
  readonly provider: PaymentProvider;
  readonly clock: Clock;
  readonly ids: Ids;
};

/**
 * Opens a checkout for a tier at its present price and rules. The purchase is written first, so that whatever the
 * provider tells about it later finds it. The same id again gives the same checkout while it can be paid.
 */
export const startPurchase =
  (parts: StartPurchaseParts) =>
  async (command: StartPurchase): Promise<Result<Checkout, StartPurchaseRefusal>> => {
    const { purchaseId, userId, tierSlug } = command;
    const known = await parts.purchases.find(purchaseId);
    if (known) {
      const isSame = known.userId === userId && known.tierSlug === tierSlug && known.resetOf === null;
      return isSame ? checkoutOf(parts, known) : reused;
    }
    const tier = await parts.tiers.find(tierSlug);
    if (!tier) return refuse('tier_unknown', 'tierSlug', 'must be a tier that is on sale');
    const { tierId, name: tierName, priceUsd, ruleSetVersion, ruleSetHash } = tier;
    const bought = { resetOf: null, tierId, tierSlug, tierName, priceUsd, ruleSetVersion, ruleSetHash };
    const opened = await open(parts, { ...bought, purchaseId, userId });
    if (opened === 'known') return startPurchase(parts)(command);
    return opened.ok ? checkoutOf(parts, opened.value) : opened;
  };

/** Starts the purchase of a reset: the phase that this assessment failed anew, at the price pinned with its program. */
export const startReset =
  (parts: StartPurchaseParts) =>
  async (command: StartReset): Promise<Result<Checkout, StartResetRefusal>> => {
    const { purchaseId, userId, assessmentId } = command;
    const known = await parts.purchases.find(purchaseId);
    if (known) {
      const isSame = known.userId === userId && known.resetOf === assessmentId;
      return isSame ? checkoutOf(parts, known) : reused;
    }
    const history = await parts.assessments.course(assessmentId);
    if (history?.userId !== userId) return refuse('assessment_unknown', 'assessmentId', 'must be yours');
    const decided = decideReset(history, assessmentId);
    if (!decided.ok) return decided;
    const { priceUsd } = decided.value;
    const { tierId, tierSlug, tierName, ruleSetVersion, ruleSetHash } = history;
    const bought = { resetOf: assessmentId, tierId, tierSlug, tierName, priceUsd, ruleSetVersion, ruleSetHash };
    const opened = await open(parts, { ...bought, purchaseId, userId });
    if (opened === 'known') return startReset(parts)(command);
    return opened.ok ? checkoutOf(parts, opened.value) : opened;
  };

const reused = refuse('purchase_id_reused', 'purchaseId', 'was used for another purchase');

/** `known` when the same id was opened elsewhere at the same time: then that one counts. */
async function open(
  { purchases, clock, ids }: StartPurchaseParts,
  bought: Omit<PurchaseOrder, 'assessmentId' | 'createdAt'>,
): Promise<Result<Purchase, 'checkouts_open_max'> | 'known'> {
  const createdAt = clock.now();
  const order = { ...bought, assessmentId: ids.next<AssessmentId>(), createdAt };
  const cap = { openMax: CHECKOUTS_OPEN_MAX, since: openSince(createdAt) };
  switch (await purchases.open(order, cap)) {
    case 'known':
      return 'known';
    case 'full': {
      const all = await purchases.listOf(order.userId);
      return tooManyCheckouts(
        all.filter((purchase) => isPayable(purchase, createdAt)),
        createdAt,
      );
    }
    case 'opened': {
      const opened = await purchases.find(order.purchaseId);
      invariant(opened !== undefined, `purchase ${order.purchaseId} was opened`);
      return accept(opened);
    }
  }
}

/** When several requests come at once, all of them are given the checkout that was attached first. */
async function checkoutOf(
  parts: StartPurchaseParts,
  purchase: Purchase,
): Promise<Result<Checkout, 'checkout_unavailable' | 'checkout_expired'>> {
  const { purchases, identities, provider, clock } = parts;
  const { purchaseId, checkout, payment } = purchase;
  const at = clock.now();
  if (!payment.isPaid && !isPayable(purchase, at)) return checkoutExpired(purchase);
  if (checkout) return accept(checkout);
  if (!mayBeOpened(purchase, at)) return checkoutExpired(purchase);
  const buyer = await identities.find(purchase.userId);
  invariant(buyer !== undefined, `user ${purchase.userId} bought something`);
  const opened = await provider.openCheckout(purchase, buyer.email);
  if (!opened.ok) return opened;
  await purchases.attachCheckout(purchaseId, opened.value);
  return accept((await purchases.find(purchaseId))?.checkout ?? opened.value);
}
