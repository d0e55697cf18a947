import Stripe from 'stripe';
import type * as z from 'zod';
import { purchaseId as purchaseIdSchema } from '../../contracts/ids';
import {
  checkoutSession,
  ofPayment,
  STRIPE_EVENTS,
  type StripeEventType,
  stripeEvent,
} from '../../contracts/webhooks/stripe';
import type { PurchaseId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import { usdOfCents } from '../../domain/purchase/price';
import type { ProviderMessage } from '../../usecases/purchase/settle-purchase';

type Told = Pick<ProviderMessage, 'notice' | 'purchaseId' | 'checkoutId' | 'paymentId'>;

/** Stripe's own tolerance: an older message may be a replay. */
const TOLERANCE_S = 300;

const NOTHING: Told = { notice: undefined, purchaseId: undefined, checkoutId: undefined, paymentId: undefined };

/** Reads a webhook request: forged, stale and unreadable ones are refused before anything in them is believed. */
export function readMessage(
  raw: Buffer,
  signature: string | undefined,
  secrets: readonly string[],
  now: Instant,
): Result<ProviderMessage, 'signature_invalid' | 'malformed_json'> {
  if (!isSigned(raw, signature, secrets, now)) {
    return refuse('signature_invalid', 'stripe-signature', 'must be of this body, by a known secret, within 300 s');
  }
  const event = stripeEvent.safeParse(jsonOf(raw));
  if (!event.success) return refuse('malformed_json', 'body', 'must be an event');
  const { id, type, created, data } = event.data;
  return accept({ messageId: id, type, createdAt: instant(created * 1000), ...toldBy(type, data.object) });
}

/** Whether one of the secrets signed these very bytes not long ago. While a secret is rotated there are two. */
const isSigned = (raw: Buffer, header: string | undefined, secrets: readonly string[], now: Instant): boolean =>
  header !== undefined && !isAhead(header, now) && secrets.some((secret) => isSignedBy(secret, raw, header, now));

/** Stripe's library takes a time from any distance ahead. */
const isAhead = (header: string, now: Instant): boolean =>
  [...header.matchAll(/(?:^|,)t=(\d+)/g)].some(([, time]) => Number(time) > now / 1000 + TOLERANCE_S);

function isSignedBy(secret: string, raw: Buffer, header: string, now: Instant): boolean {
  try {
    return Stripe.webhooks.signature?.verifyHeader(raw, header, secret, TOLERANCE_S, undefined, now) ?? false;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * What an event says about a purchase. An event that we know with a shape that we do not know throws: the provider
 * sends it again, and the alarm says that its API has changed.
 */
const toldBy = (type: string, object: unknown): Told => (isKnown(type) ? READERS[type](object) : NOTHING);

const isKnown = (type: string): type is StripeEventType => STRIPE_EVENTS.some((known) => known === type);

const paid = (object: unknown): Told => bySession(checkoutSession.parse(object), paidNotice);
const expired = (object: unknown): Told => bySession(checkoutSession.parse(object), () => ({ type: 'expired' }));

/** Something about refunds or disputes is new: what, the provider's objects say when they are asked for. */
const reversed = (object: unknown): Told => ({
  ...NOTHING,
  notice: { type: 'reversed' },
  paymentId: ofPayment.parse(object).payment_intent ?? undefined,
});

const READERS: Readonly<Record<StripeEventType, (object: unknown) => Told>> = {
  'checkout.session.completed': paid,
  'checkout.session.async_payment_succeeded': paid,
  'checkout.session.async_payment_failed': expired,
  'checkout.session.expired': expired,
  'charge.refunded': reversed,
  'charge.refund.updated': reversed,
  'refund.created': reversed,
  'refund.updated': reversed,
  'refund.failed': reversed,
  'charge.dispute.created': reversed,
  'charge.dispute.updated': reversed,
  'charge.dispute.closed': reversed,
  'charge.dispute.funds_reinstated': reversed,
  'charge.dispute.funds_withdrawn': reversed,
};

type Session = z.output<typeof checkoutSession>;

function bySession(session: Session, noticeOf: (session: Session) => Told['notice']): Told {
  const purchaseId = purchaseIdOf(session.client_reference_id);
  const { id: checkoutId, payment_intent: paymentId } = session;
  return { notice: noticeOf(session), purchaseId, checkoutId, paymentId: paymentId ?? undefined };
}

/** A completed checkout whose payment is still on its way says nothing yet. */
const paidNotice = ({ payment_status, amount_total, currency }: Session): Told['notice'] =>
  payment_status === 'unpaid'
    ? undefined
    : { type: 'paid', amountUsd: usdOfCents(amount_total ?? 0), currency: currency ?? '' };

/** The provider's account may be shared with others, whose references are not ours. */
export const purchaseIdOf = (text: string | null | undefined): PurchaseId | undefined => {
  const parsed = purchaseIdSchema.safeParse(text);
  return parsed.success ? parsed.data : undefined;
};
