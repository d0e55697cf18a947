import type Stripe from 'stripe';
import { accept, refuse } from '../../domain/kernel/result';
import { centsOf } from '../../domain/purchase/price';
import type { PaymentProvider } from '../../usecases/ports/payment-provider';
import type { Order } from '../../usecases/ports/purchase-store';
import { purchaseIdOf } from './messages';
import { connectStripe, StripeFault, type StripeOptions } from './requests';

/** `publicOrigin`: where the browser comes back to. */
export function makePaymentProvider(options: StripeOptions & { readonly publicOrigin: string }): PaymentProvider {
  const { publicOrigin } = options;
  const stripe = connectStripe(options);
  return {
    openCheckout: async (order, email) => {
      try {
        const params = checkoutParams(order, email, publicOrigin);
        const session = await stripe.createCheckout(params, order.purchaseId);
        if (!session.url) throw new Error(`checkout ${session.id} has no page`);
        return accept({ checkoutId: session.id, url: session.url });
      } catch (error) {
        if (error instanceof StripeFault && error.isOutage) return refuse('checkout_unavailable');
        throw error;
      }
    },
    purchaseOf: async (paymentId) => {
      try {
        const payment = await stripe.findPayment(paymentId);
        return purchaseIdOf(payment.metadata.purchaseId);
      } catch (error) {
        if (error instanceof StripeFault && error.code === 'resource_missing') return undefined;
        throw error;
      }
    },
  };
}

/** Made of the order alone, so that a repeated request has the same parameters and finds the same checkout. */
export function checkoutParams(order: Order, email: string, publicOrigin: string): Stripe.Checkout.SessionCreateParams {
  const { purchaseId, assessmentId, tierName, priceUsd, resetOf } = order;
  const metadata = { purchaseId, assessmentId, ...(resetOf !== null && { resetOf }) };
  const price_data = {
    currency: 'usd',
    unit_amount: Number(centsOf(priceUsd)),
    product_data: { name: `${tierName} ${resetOf === null ? 'assessment' : 'reset'}` },
  };
  return {
    mode: 'payment',
    line_items: [{ quantity: 1, price_data }],
    customer_email: email,
    client_reference_id: purchaseId,
    metadata,
    // Refunds and disputes know the payment only, which must lead back to the purchase.
    payment_intent_data: { metadata },
    success_url: `${publicOrigin}/checkout/complete/?purchase=${purchaseId}`,
    cancel_url: `${publicOrigin}/checkout/cancelled/?purchase=${purchaseId}`,
  };
}
