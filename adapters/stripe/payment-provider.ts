import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { mailboxOf, needsUtf8 } from '../../domain/identity/email';
import { accept, refuse } from '../../domain/kernel/result';
import { payableUntil } from '../../domain/purchase/checkout';
import { centsOf } from '../../domain/purchase/price';
import type { PaymentProvider } from '../../usecases/ports/purchase/payment-provider';
import type { PurchaseOrder } from '../../usecases/ports/purchase/purchase-store';
import { purchaseIdOf } from './messages';
import { readReversals } from './reversals';

export type StripeOptions = {
  readonly apiKey: string;
  readonly apiUrl: string;
  /** Where the browser comes back to. */
  readonly publicOrigin: string;
};

/** A request answers within 10 s: one attempt and one more must fit. */
const TIMEOUT_MS = 3_500;
const RETRIES_MAX = 1;

export function makePaymentProvider({ apiKey, apiUrl, publicOrigin }: StripeOptions): PaymentProvider {
  const { protocol, hostname, port } = new URL(apiUrl);
  const stripe = new Stripe(apiKey, {
    host: hostname,
    protocol: protocol === 'http:' ? 'http' : 'https',
    ...(port !== '' && { port }),
    timeout: TIMEOUT_MS,
    maxNetworkRetries: RETRIES_MAX,
    telemetry: false,
  });
  return {
    openCheckout: async (order, email) => {
      try {
        const params = checkoutParams(order, email, publicOrigin);
        const session = await openSession(stripe, params, order.purchaseId);
        if (!session.url) throw new Error(`checkout ${session.id} has no page`);
        return accept({ checkoutId: session.id, url: session.url });
      } catch (error) {
        if (isOutage(error)) return refuse('checkout_unavailable');
        throw error;
      }
    },
    purchaseOf: async (paymentId) => {
      try {
        const payment = await stripe.paymentIntents.retrieve(paymentId);
        return purchaseIdOf(payment.metadata.purchaseId);
      } catch (error) {
        if (error instanceof Stripe.errors.StripeError && error.code === 'resource_missing') return undefined;
        throw error;
      }
    },
    reversalsOf: (paymentId) => readReversals(stripe, paymentId),
  };
}

/**
 * Asked for under the purchase's own key, a request that was answered into the void finds its checkout again. What that
 * key stands for may be of no use: other parameters, of the release before this one, a failure that is repeated for a
 * day, a checkout that has ended. Then the request is a new one; the buyer is given only one of their checkouts.
 * https://docs.stripe.com/api/idempotent_requests
 */
async function openSession(
  stripe: Stripe,
  params: Stripe.Checkout.SessionCreateParams,
  purchaseId: string,
): Promise<Stripe.Checkout.Session> {
  const { sessions } = stripe.checkout;
  try {
    const session = await sessions.create(params, { idempotencyKey: purchaseId });
    if (session.status === 'open' && session.expires_at * 1_000 > Date.now()) return session;
  } catch (error) {
    if (!isUsedUp(error)) throw error;
  }
  return sessions.create(params, { idempotencyKey: `${purchaseId}:${randomUUID()}` });
}

/** Whether the key itself is why there is no checkout. */
const isUsedUp = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeIdempotencyError ||
  (error instanceof Stripe.errors.StripeAPIError && error.headers?.['idempotent-replayed'] === 'true');

/** Made of the order alone, so that a repeated request has the same parameters and finds the same checkout. */
export function checkoutParams(
  order: PurchaseOrder,
  email: string,
  publicOrigin: string,
): Stripe.Checkout.SessionCreateParams {
  const { purchaseId, assessmentId, tierName, priceUsd, resetOf } = order;
  const metadata = { purchaseId, assessmentId, ...(resetOf !== null && { resetOf }) };
  const price_data = {
    currency: 'usd',
    unit_amount: Number(centsOf(priceUsd)),
    product_data: { name: `${tierName} ${resetOf === null ? 'assessment' : 'reset'}` },
  };
  return {
    mode: 'payment',
    expires_at: Math.floor(payableUntil(order) / 1_000),
    line_items: [{ quantity: 1, price_data }],
    // Stripe knows ASCII alone: whoever writes the name of a mailbox otherwise types an address there.
    ...(!needsUtf8(email) && { customer_email: mailboxOf(email) }),
    client_reference_id: purchaseId,
    metadata,
    // Refunds and disputes know the payment only, which must lead back to the purchase.
    payment_intent_data: { metadata },
    success_url: `${publicOrigin}/checkout/complete/?purchase=${purchaseId}`,
    cancel_url: `${publicOrigin}/checkout/cancelled/?purchase=${purchaseId}`,
  };
}

/** Not there, too busy or broken: the same request may be sent again later. */
const isOutage = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeConnectionError ||
  error instanceof Stripe.errors.StripeRateLimitError ||
  error instanceof Stripe.errors.StripeAPIError;
