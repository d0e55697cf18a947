import { type Usd, ZERO_USD } from '../kernel/money';
import { accept, type Result, refuse } from '../kernel/result';

export type PurchaseStatus = 'pending' | 'completed' | 'expired' | 'refunded' | 'disputed';

export type DisputeOutcome = 'open' | 'won' | 'lost';

/**
 * What the provider has told about a purchase so far. Every part only ever grows, so messages may come twice and in any
 * order: the end is the same, and it is what the provider's own objects say.
 */
export type Payment = {
  readonly isPaid: boolean;
  readonly isExpired: boolean;
  readonly refundedUsd: Usd;
  readonly disputes: Readonly<Record<string, DisputeOutcome>>;
  /** The assessment was granted; that happens once and is not taken back. */
  readonly isGranted: boolean;
};

/** What one message of the provider says. Amounts are in the currency that it names. */
export type Notice =
  | { readonly type: 'paid'; readonly amountUsd: Usd; readonly currency: string }
  | { readonly type: 'expired' }
  | { readonly type: 'refunded'; readonly refundedUsd: Usd }
  | { readonly type: 'disputed'; readonly disputeId: string; readonly outcome: DisputeOutcome };

export type PaymentEvent =
  | { readonly type: 'paid' }
  | { readonly type: 'expired' }
  | { readonly type: 'refunded'; readonly refundedUsd: Usd }
  | { readonly type: 'disputed'; readonly disputeId: string; readonly outcome: DisputeOutcome }
  | { readonly type: 'granted' };

export type PaymentRefusal = 'amount_mismatch';

export const UNPAID: Payment = {
  isPaid: false,
  isExpired: false,
  refundedUsd: ZERO_USD,
  disputes: {},
  isGranted: false,
};

/** A dispute that is open or lost outweighs a full refund, which outweighs the payment. */
export function statusOf(payment: Payment, priceUsd: Usd): PurchaseStatus {
  if (Object.values(payment.disputes).some((outcome) => outcome !== 'won')) return 'disputed';
  if (payment.refundedUsd >= priceUsd) return 'refunded';
  if (payment.isPaid) return 'completed';
  return payment.isExpired ? 'expired' : 'pending';
}

/**
 * What follows from a notice. The assessment is granted when the purchase is first seen completed: a payment whose
 * refund or dispute arrived before it grants nothing, unless the dispute is won. An amount or currency other than the
 * price is refused and changes nothing.
 */
export function decidePayment(
  notice: Notice,
  payment: Payment,
  priceUsd: Usd,
): Result<readonly PaymentEvent[], PaymentRefusal> {
  const told = toldBy(notice, payment, priceUsd);
  if (!told.ok) return told;
  const after = told.value.reduce(evolvePayment, payment);
  const grants = !after.isGranted && statusOf(after, priceUsd) === 'completed';
  return accept(grants ? [...told.value, { type: 'granted' }] : told.value);
}

function toldBy(notice: Notice, payment: Payment, priceUsd: Usd): Result<readonly PaymentEvent[], PaymentRefusal> {
  switch (notice.type) {
    case 'paid': {
      const isRight = notice.amountUsd === priceUsd && notice.currency === 'usd';
      if (!isRight) return refuse('amount_mismatch', 'amount', 'must be the price of the purchase, in US dollars');
      return accept(payment.isPaid ? [] : [{ type: 'paid' }]);
    }
    case 'expired':
      return accept(payment.isExpired ? [] : [{ type: 'expired' }]);
    case 'refunded': {
      const { refundedUsd } = notice;
      return accept(refundedUsd > payment.refundedUsd ? [{ type: 'refunded', refundedUsd }] : []);
    }
    case 'disputed': {
      const { disputeId, outcome } = notice;
      const known = payment.disputes[disputeId];
      // An open dispute that is told of after its end is old news.
      const isNews = known === undefined || (known === 'open' && outcome !== 'open');
      return accept(isNews ? [{ type: 'disputed', disputeId, outcome }] : []);
    }
  }
}

export function evolvePayment(payment: Payment, event: PaymentEvent): Payment {
  switch (event.type) {
    case 'paid':
      return { ...payment, isPaid: true };
    case 'expired':
      return { ...payment, isExpired: true };
    case 'refunded':
      return { ...payment, refundedUsd: event.refundedUsd };
    case 'disputed':
      return { ...payment, disputes: { ...payment.disputes, [event.disputeId]: event.outcome } };
    case 'granted':
      return { ...payment, isGranted: true };
  }
}
