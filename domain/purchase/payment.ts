import type { HoldKind } from '../kernel/hold-kind';
import { type Usd, ZERO_USD } from '../kernel/money';
import { accept, type Result, refuse } from '../kernel/result';

export type PurchaseStatus = 'pending' | 'completed' | 'expired' | 'refunded' | 'disputed';

export type DisputeOutcome = 'open' | 'won' | 'lost';

/** What was taken back of a payment, and what is disputed of it, as the provider's own objects say it at one moment. */
export type Reversals = {
  /** The sum of all refunds that went through or are on their way; one that failed gives back nothing. */
  readonly refundedUsd: Usd;
  /** By the provider's id. An inquiry of a bank is none: no money has moved. */
  readonly disputes: Readonly<Record<string, DisputeOutcome>>;
};

/**
 * What the provider has told about a purchase so far. That it was paid, or can no longer be, only ever becomes true,
 * so messages of it may come twice and in any order. Reversals come and go, and are taken over whole.
 */
export type Payment = Reversals & {
  readonly isPaid: boolean;
  readonly isExpired: boolean;
  /** The assessment was granted; that happens once and is not taken back. */
  readonly isGranted: boolean;
};

/** What the provider says. Amounts are in the currency that it names. */
export type Notice =
  | { readonly type: 'paid'; readonly amountUsd: Usd; readonly currency: string }
  | { readonly type: 'expired' }
  | ({ readonly type: 'reversals' } & Reversals);

export type PaymentEvent =
  | { readonly type: 'paid' }
  | { readonly type: 'expired' }
  | ({ readonly type: 'reversals' } & Reversals)
  | { readonly type: 'granted' };

export type PaymentRefusal = 'amount_mismatch';

/**
 * A payment of which nothing was told yet; the store keeps it as a row's defaults.
 * @internal for the stores' and the model's tests
 */
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

/** Why what was granted for it may take no new risk; null while the payment stands. */
export function holdOf(payment: Payment, priceUsd: Usd): HoldKind | null {
  switch (statusOf(payment, priceUsd)) {
    case 'disputed':
      return Object.values(payment.disputes).includes('open') ? 'dispute' : 'chargeback';
    case 'refunded':
      return 'refund';
    case 'completed':
    case 'pending':
    case 'expired':
      return null;
  }
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
    case 'reversals': {
      const { refundedUsd, disputes } = notice;
      return accept(isAsKnown(payment, notice) ? [] : [{ type: 'reversals', refundedUsd, disputes }]);
    }
  }
}

function isAsKnown(payment: Payment, { refundedUsd, disputes }: Reversals): boolean {
  const ids = [...Object.keys(payment.disputes), ...Object.keys(disputes)];
  return refundedUsd === payment.refundedUsd && ids.every((id) => disputes[id] === payment.disputes[id]);
}

export function evolvePayment(payment: Payment, event: PaymentEvent): Payment {
  switch (event.type) {
    case 'paid':
      return { ...payment, isPaid: true };
    case 'expired':
      return { ...payment, isExpired: true };
    case 'reversals':
      return { ...payment, refundedUsd: event.refundedUsd, disputes: event.disputes };
    case 'granted':
      return { ...payment, isGranted: true };
  }
}
