import { createHash } from 'node:crypto';
import { type AssessmentId, idOf, type PurchaseId, type UserId } from '../../../domain/kernel/ids';
import { instant, plusMs } from '../../../domain/kernel/instant';
import { ZERO_USD } from '../../../domain/kernel/money';
import { accept, refuse } from '../../../domain/kernel/result';
import type { Reversals } from '../../../domain/purchase/payment';
import { publishDefaultTiers } from '../../../usecases/assessment/publish-default-tiers';
import { publishTier } from '../../../usecases/assessment/publish-tier';
import type { KeptHistory } from '../../../usecases/ports/assessments/assessment-store';
import type { PurchaseOrder } from '../../../usecases/ports/purchase/purchase-store';
import { getPurchase } from '../../../usecases/purchase/read-purchases';
import { type ProviderMessage, settlePurchase } from '../../../usecases/purchase/settle-purchase';
import { startPurchase, startReset } from '../../../usecases/purchase/start-purchase';
import { memoryPurchaseStore, memoryTierStore, shopWorld } from '../../fakes/memory-purchase';

export const NOW = instant(1_764_000_000_000);
export const ANN = idOf<UserId>('ann');
export const BOB = idOf<UserId>('bob');
export const trace = { correlationId: 'c-1', traceparent: null };

/** The shop over stores in memory and a provider that a test holds in its hand. */
export class Shop {
  isProviderDown = false;
  readonly asked: PurchaseOrder[] = [];
  /** Payments that only the provider can lead back to a purchase. */
  readonly paymentsOf = new Map<string, PurchaseId>();
  /** What the provider's objects say of a payment now. */
  readonly reversals = new Map<string, Partial<Reversals>>();
  now = NOW;
  readonly world = shopWorld();
  /** What the trader has traded so far. */
  readonly courses = new Map<AssessmentId, KeptHistory>();
  private made = 0;

  private readonly parts = {
    tiers: memoryTierStore(this.world),
    purchases: memoryPurchaseStore(this.world),
    assessments: { course: async (id: AssessmentId) => this.courses.get(id) },
    identities: {
      find: async (userId: UserId) => ({ userId, email: `${userId}@example.com`, displayName: '', roles: [] }),
    },
    provider: {
      openCheckout: async (order: PurchaseOrder) => {
        if (this.isProviderDown) return refuse('checkout_unavailable');
        this.asked.push(order);
        return accept({ checkoutId: `cs_${order.purchaseId}`, url: `https://pay.example/${order.purchaseId}` });
      },
      purchaseOf: async (paymentId: string) => {
        if (this.isProviderDown) throw new Error('the provider is away');
        return this.paymentsOf.get(paymentId);
      },
      reversalsOf: async (paymentId: string) => {
        if (this.isProviderDown) throw new Error('the provider is away');
        return { refundedUsd: ZERO_USD, disputes: {}, ...this.reversals.get(paymentId) };
      },
    },
    digest: { sha256: (text: string) => createHash('sha256').update(text).digest('hex') },
    clock: { now: () => this.now },
    ids: { next: <Id extends string>() => `id-${++this.made}` as Id },
    holdsUnpaid: true,
  };

  readonly publish = publishTier(this.parts);
  readonly settle = settlePurchase(this.parts);
  fill = () => publishDefaultTiers(this.parts)(trace);
  start = (purchaseId: PurchaseId, tierSlug = 'sprint-10k', userId = ANN) =>
    startPurchase(this.parts)({ purchaseId, tierSlug, userId });
  reset = (purchaseId: PurchaseId, assessmentId: AssessmentId, userId = ANN) =>
    startReset(this.parts)({ purchaseId, assessmentId, userId });
  read = (purchaseId: PurchaseId, userId = ANN) => getPurchase(this.parts)(purchaseId, userId);

  async opened(): Promise<PurchaseId> {
    if (this.world.tiers.size === 0) await this.fill();
    const purchaseId = idOf<PurchaseId>(`p-${++this.made}`);
    expect((await this.start(purchaseId)).ok).toBe(true);
    return purchaseId;
  }

  tell = (notice: ProviderMessage['notice'], change: Partial<ProviderMessage> = {}) =>
    this.settle(
      {
        messageId: `evt_${++this.made}`,
        type: 't',
        createdAt: NOW,
        notice,
        purchaseId: undefined,
        checkoutId: undefined,
        paymentId: undefined,
        ...change,
      },
      trace,
    );

  /** The firm holds what is not paid, or does not. */
  holds = (is: boolean) => {
    this.parts.holdsUnpaid = is;
  };

  /** Time goes on. */
  later = (ms: number) => {
    this.now = plusMs(this.now, ms);
  };

  /** The provider's objects change, and a message says that they did. */
  reverse = (paymentId: string, reversals: Partial<Reversals>, change: Partial<ProviderMessage> = {}) => {
    this.reversals.set(paymentId, reversals);
    return this.tell({ type: 'reversed' }, { paymentId, ...change });
  };

  paid = (purchaseId: PurchaseId): ProviderMessage['notice'] & { readonly type: 'paid' } => {
    const priceUsd = this.world.purchases.get(purchaseId)?.priceUsd;
    if (priceUsd === undefined) throw new Error(`${purchaseId} is unknown`);
    return { type: 'paid', amountUsd: priceUsd, currency: 'usd' };
  };
}
