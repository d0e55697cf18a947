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

export const charge = z.object({
  payment_intent: idOrObject,
  metadata,
  /** All refunds so far together. */
  amount_refunded: cents,
});

export const dispute = z.object({
  id: z.string(),
  payment_intent: idOrObject,
  /** https://docs.stripe.com/api/disputes/object#dispute_object-status */
  status: z.string(),
});
