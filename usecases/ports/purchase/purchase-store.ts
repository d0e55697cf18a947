import type { HoldKind } from '../../../domain/kernel/hold-kind';
import type { AssessmentId, PurchaseId, TierId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Usd } from '../../../domain/kernel/money';
import type { Payment } from '../../../domain/purchase/payment';
import type { OutboxMessage } from '../events/outbox-message';
import type { AuditEntry } from '../operations/audit';

/** What was bought, at the price and under the rules of that moment. */
export type PurchaseOrder = {
  readonly purchaseId: PurchaseId;
  /** The failed assessment whose phase starts anew; null: a tier was bought, from its first phase on. */
  readonly resetOf: AssessmentId | null;
  readonly userId: UserId;
  readonly tierId: TierId;
  readonly tierSlug: string;
  readonly tierName: string;
  readonly priceUsd: Usd;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
  /** Reserved when the checkout begins, used when it is paid. */
  readonly assessmentId: AssessmentId;
  readonly createdAt: Instant;
};

export type Checkout = { readonly checkoutId: string; readonly url: string };

export type Purchase = PurchaseOrder & {
  readonly version: number;
  readonly checkout: Checkout | undefined;
  readonly payment: Payment;
  /** Why what it granted takes no new risk; null also where the firm lets it. */
  readonly hold: HoldKind | null;
};

/** What became of a message of the provider. */
export type MessageOutcome = 'applied' | 'ignored' | 'purchase_unknown' | 'amount_mismatch';

/** The provider's message as it is kept: once, by the provider's id. */
export type Message = {
  readonly messageId: string;
  readonly type: string;
  readonly createdAt: Instant;
  readonly receivedAt: Instant;
};

export type PurchaseSettlement = {
  readonly payment: Payment;
  readonly hold: HoldKind | null;
  /** The provider's id of the payment, where the message names it. */
  readonly paymentId: string | undefined;
  readonly messages: readonly OutboxMessage[];
  readonly audit: AuditEntry;
};

/** How many purchases of one buyer, begun after `since`, may wait for their payment. */
export type CheckoutCap = { readonly openMax: number; readonly since: Instant };

export type PurchaseStore = {
  /**
   * `known`: there is a purchase of this id, whoever's it is; `full`: the buyer has as many open checkouts as they may.
   * After either answer nothing was written.
   */
  readonly open: (order: PurchaseOrder, cap: CheckoutCap) => Promise<'opened' | 'known' | 'full'>;
  /** The first one stays. */
  readonly attachCheckout: (id: PurchaseId, checkout: Checkout) => Promise<void>;
  readonly find: (id: PurchaseId) => Promise<Purchase | undefined>;
  readonly findByPayment: (paymentId: string) => Promise<PurchaseId | undefined>;
  /** Newest first. */
  readonly listOf: (userId: UserId) => Promise<readonly Purchase[]>;
  readonly isKnownMessage: (messageId: string) => Promise<boolean>;
  /** Keeps a message that changes no purchase. */
  readonly keepMessage: (message: Message, outcome: MessageOutcome, purchaseId?: PurchaseId) => Promise<void>;
  /**
   * Writes message, payment, messages and audit in one statement guarded by the purchase's version. `stale`:
   * another message, or this one, was settled first.
   */
  readonly settle: (
    purchase: Purchase,
    message: Message,
    settlement: PurchaseSettlement,
  ) => Promise<'settled' | 'stale'>;
};
