import type { PurchaseId } from '../../domain/kernel/ids';
import { UNPAID } from '../../domain/purchase/payment';
import type { Tier, TierStore } from '../../usecases/ports/assessments/tier-store';
import type { OutboxMessage } from '../../usecases/ports/events/outbox-message';
import type { AuditEntry } from '../../usecases/ports/operations/audit';
import type { MessageOutcome, Purchase, PurchaseStore } from '../../usecases/ports/purchase/purchase-store';

/** What the shop's stores of one test keep in place of a database. */
export type ShopWorld = {
  readonly tiers: Map<string, Tier>;
  readonly purchases: Map<PurchaseId, Purchase>;
  readonly payments: Map<string, PurchaseId>;
  readonly messages: Map<string, MessageOutcome>;
  readonly outbox: OutboxMessage[];
  readonly audit: AuditEntry[];
};

export const shopWorld = (): ShopWorld => ({
  tiers: new Map(),
  purchases: new Map(),
  payments: new Map(),
  messages: new Map(),
  outbox: [],
  audit: [],
});

export const memoryTierStore = (world: ShopWorld): TierStore => ({
  list: async () =>
    [...world.tiers.values()].sort((a, b) => Number(a.priceUsd - b.priceUsd) || a.slug.localeCompare(b.slug)),
  find: async (slug) => world.tiers.get(slug),
  save: async (tier, before, audit) => {
    const known = world.tiers.get(tier.slug);
    if ((known?.ruleSetVersion ?? before) !== before) return 'stale';
    world.tiers.set(tier.slug, { ...tier, tierId: known?.tierId ?? tier.tierId });
    world.audit.push(audit);
    return 'saved';
  },
});

export const memoryPurchaseStore = (world: ShopWorld): PurchaseStore => ({
  open: async (order, { since, openMax }) => {
    if (world.purchases.has(order.purchaseId)) return 'known';
    const isWaiting = ({ userId, createdAt, payment }: Purchase) =>
      userId === order.userId && createdAt > since && !payment.isPaid && !payment.isExpired;
    if ([...world.purchases.values()].filter(isWaiting).length >= openMax) return 'full';
    world.purchases.set(order.purchaseId, { ...order, version: 1, checkout: undefined, payment: UNPAID, hold: null });
    return 'opened';
  },
  attachCheckout: async (id, checkout) => {
    const known = world.purchases.get(id);
    if (known && !known.checkout) world.purchases.set(id, { ...known, checkout });
  },
  find: async (id) => world.purchases.get(id),
  findByPayment: async (paymentId) => world.payments.get(paymentId),
  listOf: async (userId) =>
    [...world.purchases.values()]
      .filter((purchase) => purchase.userId === userId)
      .sort((a, b) => b.createdAt - a.createdAt || (a.purchaseId < b.purchaseId ? 1 : -1)),
  isKnownMessage: async (messageId) => world.messages.has(messageId),
  keepMessage: async ({ messageId }, outcome) => {
    if (!world.messages.has(messageId)) world.messages.set(messageId, outcome);
  },
  settle: async ({ purchaseId, version }, { messageId }, { payment, hold, paymentId, messages, audit }) => {
    const known = world.purchases.get(purchaseId);
    if (known?.version !== version || world.messages.has(messageId)) return 'stale';
    world.purchases.set(purchaseId, { ...known, version: version + 1, payment, hold });
    world.messages.set(messageId, 'applied');
    const isNamed = [...world.payments.values()].includes(purchaseId);
    if (paymentId !== undefined && !isNamed) world.payments.set(paymentId, purchaseId);
    world.outbox.push(...messages);
    world.audit.push(audit);
    return 'settled';
  },
});
