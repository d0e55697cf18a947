import { type Instant, isoText, plusMs } from '../kernel/instant';
import { refuse } from '../kernel/result';
import type { Payment } from './payment';

/** A price and its rules hold this long: whoever comes later buys at those of the day. */
const PAYABLE_MS = 2 * 3_600_000;
/** The provider opens no checkout that would end sooner. https://docs.stripe.com/api/checkout/sessions/create */
const OPENED_FOR_MS_MIN = 30 * 60_000;
/** Its clock may be ahead of ours. */
const CLOCKS_DIFFER_MS = 60_000;

/** How many checkouts one person may leave open. */
export const CHECKOUTS_OPEN_MAX = 10;

type Begun = { readonly createdAt: Instant };

export const payableUntil = ({ createdAt }: Begun): Instant => plusMs(createdAt, PAYABLE_MS);

/** Purchases from after this moment may still be open. */
export const openSince = (at: Instant): Instant => plusMs(at, -PAYABLE_MS);

/** Whether somebody may still pay at its checkout. */
export const isPayable = (purchase: Begun & { readonly payment: Payment }, at: Instant): boolean =>
  !purchase.payment.isPaid && !purchase.payment.isExpired && at < payableUntil(purchase);

/** Whether the provider still opens a checkout that ends in time. */
export const mayBeOpened = (purchase: Begun, at: Instant): boolean =>
  plusMs(at, OPENED_FOR_MS_MIN + CLOCKS_DIFFER_MS) <= payableUntil(purchase);

export const checkoutExpired = (purchase: Begun) =>
  refuse('checkout_expired', 'purchaseId', `could be paid until ${isoText(payableUntil(purchase))}: start another one`);

/** `open` are all purchases of this person that can still be paid. */
export function tooManyCheckouts(open: readonly Begun[], at: Instant) {
  const ends = open.map(payableUntil).sort((a, b) => a - b);
  const until = isoText(ends[0] ?? at);
  const rule = `must wait: ${open.length} checkouts are open. Pay at one of them, or start another after ${until}`;
  return refuse('checkouts_open_max', 'purchaseId', rule);
}
