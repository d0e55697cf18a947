import * as z from 'zod';

/** The header with time and signatures: `t=…,v1=…`. https://docs.stripe.com/webhooks#verify-manually */
export const STRIPE_SIGNATURE_HEADER = 'stripe-signature';

const cents = z.int().min(0);
/** An id, or the object itself where the account's settings expand it. */
const idOrObject = z
  .union([z.string(), z.object({ id: z.string() })])
  .transform((value) => (typeof value === 'string' ? value : value.id))
  .nullish();
const metadata = z.record(z.string(), z.string()).nullish();

export const stripeEvent = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  /** Epoch seconds. */
  created: z.int(),
  data: z.object({ object: z.unknown() }),
});

export const checkoutSession = z.object({
  id: z.string(),
  client_reference_id: z.string().nullish(),
  metadata,
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  payment_intent: idOrObject,
  amount_total: cents.nullish(),
  currency: z.string().nullish(),
});

/** A charge, a refund and a dispute alike name the payment that they are about. */
export const ofPayment = z.object({ payment_intent: idOrObject });

/** What a webhook endpoint at Stripe has to send; whatever else it sends is kept and changes nothing. */
export const STRIPE_EVENTS = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.refunded',
  'charge.refund.updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_reinstated',
  'charge.dispute.funds_withdrawn',
] as const;

export type StripeEventType = (typeof STRIPE_EVENTS)[number];
