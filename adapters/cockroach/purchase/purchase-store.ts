import { isoText } from '../../../domain/kernel/instant';
import type {
  Message,
  Purchase,
  PurchaseSettlement,
  PurchaseStore,
} from '../../../usecases/ports/purchase/purchase-store';
import type { Database } from '../connection/database';
import { isUniqueViolation } from '../connection/database-errors';
import { outboxColumns } from '../events/outbox-columns';
import {
  attachCheckout,
  findPurchase,
  findPurchaseByPayment,
  keepMessage,
  knownMessage,
  openPurchase,
  type PurchaseRow,
  purchasesOfUser,
  settlePurchase,
} from './purchase.sql';

export const makePurchaseStore = (database: Database): PurchaseStore => ({
  open: async (order, { since, openMax }) => {
    const opened = await database.query(openPurchase, [
      order.purchaseId,
      order.userId,
      order.tierId,
      order.tierSlug,
      order.tierName,
      order.priceUsd,
      order.ruleSetVersion,
      order.ruleSetHash,
      order.assessmentId,
      isoText(order.createdAt),
      order.resetOf,
      isoText(since),
      openMax,
    ]);
    if (opened.length > 0) return 'opened';
    const [known] = await database.query(findPurchase, [order.purchaseId]);
    return known ? 'known' : 'full';
  },
  attachCheckout: async (id, { checkoutId, url }) => {
    await database.query(attachCheckout, [id, checkoutId, url]);
  },
  find: async (id) => {
    const [row] = await database.query(findPurchase, [id]);
    return row && purchaseOf(row);
  },
  findByPayment: async (paymentId) => (await database.query(findPurchaseByPayment, [paymentId]))[0]?.purchase_id,
  listOf: async (userId) => (await database.query(purchasesOfUser, [userId])).map(purchaseOf),
  isKnownMessage: async (messageId) => (await database.query(knownMessage, [messageId])).length > 0,
  keepMessage: async (message, outcome, purchaseId) => {
    await database.query(keepMessage, [...messageColumns(message), outcome, purchaseId ?? null]);
  },
  settle: (purchase, message, settlement) => settle(database, purchase, message, settlement),
});

async function settle(
  database: Database,
  { purchaseId, version }: Purchase,
  message: Message,
  { payment, hold, paymentId, messages, audit }: PurchaseSettlement,
): Promise<'settled' | 'stale'> {
  const { isPaid, isExpired, refundedUsd, disputes, isGranted } = payment;
  try {
    const settled = await database.query(settlePurchase, [
      purchaseId,
      version,
      isPaid,
      isExpired,
      refundedUsd,
      JSON.stringify(disputes),
      isGranted,
      paymentId ?? null,
      ...messageColumns(message),
      ...outboxColumns(messages),
      audit.auditId,
      audit.actor,
      audit.action,
      JSON.stringify(audit.detail),
      audit.correlationId,
      hold,
    ]);
    return settled.length > 0 ? 'settled' : 'stale';
  } catch (error) {
    // Another delivery kept the message between this statement's look and its write.
    if (isUniqueViolation(error, 'webhook_events_pkey')) return 'stale';
    throw error;
  }
}

const messageColumns = ({ messageId, type, createdAt, receivedAt }: Message) => [
  messageId,
  type,
  isoText(createdAt),
  isoText(receivedAt),
];

const purchaseOf = (row: PurchaseRow): Purchase => ({
  purchaseId: row.purchase_id,
  resetOf: row.reset_of,
  userId: row.user_id,
  tierId: row.tier_id,
  tierSlug: row.tier_slug,
  tierName: row.tier_name,
  priceUsd: row.price_usd,
  ruleSetVersion: row.rule_set_version,
  ruleSetHash: row.rule_set_hash,
  assessmentId: row.assessment_id,
  createdAt: row.created_at,
  version: row.version,
  checkout:
    row.checkout_id !== null && row.checkout_url !== null
      ? { checkoutId: row.checkout_id, url: row.checkout_url }
      : undefined,
  hold: row.hold,
  payment: {
    isPaid: row.is_paid,
    isExpired: row.is_expired,
    refundedUsd: row.refunded_usd,
    disputes: row.disputes,
    isGranted: row.is_granted,
  },
});
