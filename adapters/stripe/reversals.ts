import type Stripe from 'stripe';
import type { DisputeOutcome, Reversals } from '../../domain/purchase/payment';
import { usdOfCents } from '../../domain/purchase/price';

/** More refunds or disputes than this of one payment there are not. */
const LIST_MAX = 500;

/** What is refunded and disputed of a payment, as Stripe's own objects say it now. */
export async function readReversals(stripe: Stripe, payment_intent: string): Promise<Reversals> {
  const [refunds, disputes] = await Promise.all([
    stripe.refunds.list({ payment_intent, limit: 100 }).autoPagingToArray({ limit: LIST_MAX }),
    stripe.disputes.list({ payment_intent, limit: 100 }).autoPagingToArray({ limit: LIST_MAX }),
  ]);
  const refundedCents = refunds.reduce((sum, { status, amount }) => sum + (isReturned(status) ? 0 : amount), 0);
  return { refundedUsd: usdOfCents(refundedCents), disputes: outcomesOf(disputes) };
}

/**
 * A refund that failed, or was cancelled, came back to the firm: the buyer has nothing of it.
 * https://docs.stripe.com/refunds#failed-refunds
 */
const isReturned = (status: string | null): boolean => status === 'failed' || status === 'canceled';

const outcomesOf = (disputes: readonly Stripe.Dispute[]): Reversals['disputes'] =>
  Object.fromEntries(
    disputes.flatMap(({ id, status }) => {
      const outcome = outcomeOf(id, status);
      return outcome ? [[id, outcome] as const] : [];
    }),
  );

/**
 * By the statuses of https://docs.stripe.com/api/disputes/object#dispute_object-status. An inquiry is undefined: a bank
 * asks, and no money has moved. A status that is new to us throws: neither freezing nor trading on is ours to guess.
 */
function outcomeOf(id: string, status: string): DisputeOutcome | undefined {
  switch (status) {
    case 'needs_response':
    case 'under_review':
      return 'open';
    case 'won':
    case 'prevented':
      return 'won';
    case 'lost':
      return 'lost';
    case 'warning_needs_response':
    case 'warning_under_review':
    case 'warning_closed':
      return undefined;
    default:
      throw new Error(`dispute ${id} has the status ${status}, which is not known`);
  }
}
