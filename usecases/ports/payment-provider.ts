import type { PurchaseId } from '../../domain/kernel/ids';
import type { Result } from '../../domain/kernel/result';
import type { Checkout, Order } from './purchase-store';

export type PaymentProvider = {
  /** Opens a checkout; the same order opens the same one, however often it is asked for. */
  readonly openCheckout: (order: Order, email: string) => Promise<Result<Checkout, 'checkout_unavailable'>>;
  /**
   * Which purchase a payment belongs to; undefined when it is none of ours. Throws when the provider does not answer.
   */
  readonly purchaseOf: (paymentId: string) => Promise<PurchaseId | undefined>;
};
