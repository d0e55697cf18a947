import type { HoldKind } from '../../../domain/kernel/hold-kind';
import type { AssessmentId, PurchaseId, TierId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Usd } from '../../../domain/kernel/money';
import type { DisputeOutcome } from '../../../domain/purchase/payment';
import { fragment, sql } from '../connection/statement';

export type PurchaseRow = {
  readonly purchase_id: PurchaseId;
  readonly reset_of: AssessmentId | null;
  readonly user_id: UserId;
  readonly tier_id: TierId;
  readonly tier_slug: string;
  readonly tier_name: string;
  readonly price_usd: Usd;
  readonly rule_set_version: number;
  readonly rule_set_hash: string;
  readonly assessment_id: AssessmentId;
  readonly created_at: Instant;
  readonly version: number;
  readonly checkout_id: string | null;
  readonly checkout_url: string | null;
  readonly is_paid: boolean;
  readonly is_expired: boolean;
  readonly refunded_usd: Usd;
  readonly disputes: Readonly<Record<string, DisputeOutcome>>;
  readonly is_granted: boolean;
  readonly hold: HoldKind | null;
};

const purchase = fragment`
  SELECT purchase_id, user_id, tier_id, tier_slug, tier_name, price_usd, rule_set_version, rule_set_hash, assessment_id,
    created_at, version, checkout_id, checkout_url, is_paid, is_expired, refunded_usd, disputes, is_granted, reset_of,
    hold
  FROM purchases`;

export const findPurchase = sql<PurchaseRow>('find_purchase')`${purchase} WHERE purchase_id = $1::UUID`;

export const findPurchaseByPayment = sql<{ purchase_id: PurchaseId }>('find_purchase_by_payment')`
  SELECT purchase_id FROM purchases WHERE payment_id = $1::TEXT`;

export const purchasesOfUser = sql<PurchaseRow>('purchases_of_user')`
  ${purchase} WHERE user_id = $1::UUID ORDER BY created_at DESC, purchase_id DESC`;

/**
 * $1–$11 the order, $12 since when and $13 how many purchases of this buyer may wait for their payment. No row: there
 * is a purchase of this id, or there are as many already. Of two at the same time one is tried again, and counts both.
 */
export const openPurchase = sql<{ purchase_id: PurchaseId }>('open_purchase')`
  INSERT INTO purchases (purchase_id, user_id, tier_id, tier_slug, tier_name, price_usd, rule_set_version,
    rule_set_hash, assessment_id, created_at, version, is_paid, is_expired, refunded_usd, disputes, is_granted,
    reset_of)
  SELECT $1::UUID, $2::UUID, $3::UUID, $4::TEXT, $5::TEXT, $6::INT8, $7::INT4, $8::TEXT, $9::UUID, $10::TIMESTAMPTZ,
    1, false, false, 0, '{}'::JSONB, false, $11::UUID
  WHERE $13::INT8 > (
    SELECT count(*) FROM purchases AS waiting
    WHERE waiting.user_id = $2::UUID AND waiting.created_at > $12::TIMESTAMPTZ
      AND NOT waiting.is_paid AND NOT waiting.is_expired)
  ON CONFLICT (purchase_id) DO NOTHING
  RETURNING purchase_id`;

/** $1 purchase, $2 checkout, $3 its URL. The first one stays. */
export const attachCheckout = sql<never>('attach_checkout')`
  UPDATE purchases SET checkout_id = $2::TEXT, checkout_url = $3::TEXT
  WHERE purchase_id = $1::UUID AND checkout_id IS NULL`;

export const knownMessage = sql<{ message_id: string }>('known_message')`
  SELECT message_id FROM webhook_events WHERE message_id = $1::TEXT`;

/** $1–$4 the message, $5 outcome, $6 purchase or null. */
export const keepMessage = sql<never>('keep_message')`
  INSERT INTO webhook_events (message_id, type, created_at, received_at, outcome, purchase_id)
  VALUES ($1::TEXT, $2::TEXT, $3::TIMESTAMPTZ, $4::TIMESTAMPTZ, $5::TEXT, $6::UUID)
  ON CONFLICT (message_id) DO NOTHING`;

/**
 * $1 purchase, $2 the version that was read, $3–$8 payment, $9–$12 the message, $13–$17 events, $18–$22 audit, $23
 * hold. No row: the purchase has moved on, or the message was settled before.
 */
export const settlePurchase = sql<{ purchase_id: PurchaseId }>('settle_purchase')`
  WITH settled AS (
    UPDATE purchases
    SET version = purchases.version + 1, is_paid = $3::BOOL, is_expired = $4::BOOL, refunded_usd = $5::INT8,
      disputes = $6::JSONB, is_granted = $7::BOOL, hold = $23::TEXT,
      payment_id = COALESCE(purchases.payment_id, $8::TEXT)
    WHERE purchase_id = $1::UUID AND version = $2::INT4
      AND NOT EXISTS (SELECT 1 FROM webhook_events WHERE message_id = $9::TEXT)
    RETURNING purchase_id
  ), kept AS (
    INSERT INTO webhook_events (message_id, type, created_at, received_at, outcome, purchase_id)
    SELECT $9::TEXT, $10::TEXT, $11::TIMESTAMPTZ, $12::TIMESTAMPTZ, 'applied', settled.purchase_id FROM settled
  ), kept_message AS (
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
    SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
    FROM settled, unnest($13::INT2[], $14::UUID[], $15::TEXT[], $16::TEXT[], $17::TEXT[]) WITH ORDINALITY
      AS event (shard, event_id, topic, key, body, ordinal)
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $18::UUID, $12::TIMESTAMPTZ, $19::TEXT, $20::TEXT, settled.purchase_id::TEXT, $21::JSONB, $22::TEXT
    FROM settled
  )
  SELECT settled.purchase_id FROM settled`;
