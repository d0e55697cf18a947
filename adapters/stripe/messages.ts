import type * as z from 'zod';
import { purchaseId as purchaseIdSchema } from '../../contracts/ids';
import { charge, checkoutSession, dispute, stripeEvent } from '../../contracts/webhooks/stripe';
import type { PurchaseId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { DisputeOutcome, Notice } from '../../domain/purchase/payment';
import { usdOfCents } from '../../domain/purchase/price';
import type { ProviderMessage } from '../../usecases/settle-purchase';
import { isSigned } from './signature';

type Told = Pick<ProviderMessage, 'notice' | 'purchaseId' | 'paymentId'>;

const NOTHING: Told = { notice: undefined, purchaseId: undefined, paymentId: undefined };

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
function toldBy(type: string, object: unknown): Told {
  switch (type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return bySession(checkoutSession.parse(object), paidNotice);
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return bySession(checkoutSession.parse(object), () => ({ type: 'expired' }));
    case 'charge.refunded': {
      const { payment_intent, metadata, amount_refunded } = charge.parse(object);
      const notice: Notice = { type: 'refunded', refundedUsd: usdOfCents(amount_refunded) };
      return { notice, purchaseId: purchaseIdOf(metadata?.purchaseId), paymentId: payment_intent ?? undefined };
    }
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed': {
      const { id, payment_intent, status } = dispute.parse(object);
      const notice: Notice = { type: 'disputed', disputeId: id, outcome: outcomeOf(status) };
      return { notice, purchaseId: undefined, paymentId: payment_intent ?? undefined };
    }
    default:
      return NOTHING;
  }
}

type Session = z.output<typeof checkoutSession>;

function bySession(session: Session, noticeOf: (session: Session) => Notice | undefined): Told {
  const purchaseId = purchaseIdOf(session.client_reference_id);
  return { notice: noticeOf(session), purchaseId, paymentId: session.payment_intent ?? undefined };
}

/** A completed checkout whose payment is still on its way says nothing yet. */
const paidNotice = ({ payment_status, amount_total, currency }: Session): Notice | undefined =>
  payment_status === 'unpaid'
    ? undefined
    : { type: 'paid', amountUsd: usdOfCents(amount_total ?? 0), currency: currency ?? '' };

/** The provider's account may be shared with others, whose references are not ours. */
export const purchaseIdOf = (text: string | null | undefined): PurchaseId | undefined => {
  const parsed = purchaseIdSchema.safeParse(text);
  return parsed.success ? parsed.data : undefined;
};

const OUTCOMES: Readonly<Record<string, DisputeOutcome>> = {
  won: 'won',
  lost: 'lost',
  prevented: 'won',
  warning_closed: 'won',
};

const outcomeOf = (status: string): DisputeOutcome => OUTCOMES[status] ?? 'open';
