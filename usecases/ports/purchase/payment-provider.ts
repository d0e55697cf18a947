import type { PurchaseId } from '../../../domain/kernel/ids';
import type { Result } from '../../../domain/kernel/result';
import type { Reversals } from '../../../domain/purchase/payment';
import type { Checkout, PurchaseOrder } from './purchase-store';

export type PaymentProvider = {
  /** Opens a checkout; the same order opens the same one, however often it is asked for. */
  readonly openCheckout: (order: PurchaseOrder, email: string) => Promise<Result<Checkout, 'checkout_unavailable'>>;
  /**
   * Which purchase a payment belongs to; undefined when it is none of ours. Throws when the provider does not answer.
   */
  readonly purchaseOf: (paymentId: string) => Promise<PurchaseId | undefined>;
  /** What is refunded and disputed of a payment now. Throws when the provider does not answer. */
  readonly reversalsOf: (paymentId: string) => Promise<Reversals>;
};
