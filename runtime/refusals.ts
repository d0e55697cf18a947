import type { ResetRefusal, RetryRefusal } from '../domain/assessment/course';
import type { OrderRefusal } from '../domain/assessment/decide-order';

/** Refusals of the HTTP edge itself. */
export type EdgeRefusal =
  | 'malformed_json'
  | 'invalid_request'
  | 'unauthenticated'
  | 'forbidden'
  | 'rate_limited'
  | 'not_ready'
  | 'internal_error';

/** Refusals of use cases whose domain has no union of its own. */
export type UseCaseRefusal =
  | 'account_unknown'
  | 'account_busy'
  | 'assessment_unknown'
  | 'blackout_out_of_range'
  | 'blackout_unknown'
  | 'book_unknown'
  | 'checkout_unavailable'
  | 'credentials_invalid'
  | 'email_unverified'
  | 'instrument_unknown'
  | 'order_id_reused'
  | 'price_invalid'
  | 'purchase_id_reused'
  | 'purchase_unknown'
  | 'report_unknown'
  | 'rules_invalid'
  | 'session_expired'
  | 'session_reused'
  | 'signature_invalid'
  | 'tier_unknown'
  | 'token_invalid'
  | 'violation_unknown';

export type Refusal = EdgeRefusal | OrderRefusal | RetryRefusal | ResetRefusal | UseCaseRefusal;

/** The one place where a refusal becomes a status and a sentence: a new one does not compile until it has both. */
export const REFUSALS: Readonly<Record<Refusal, { readonly status: number; readonly title: string }>> = {
  malformed_json: { status: 400, title: 'The body is not JSON' },
  invalid_request: { status: 422, title: 'The request does not have the shape it must have' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'This is not yours to do' },
  rate_limited: { status: 429, title: 'Too many requests; try again later' },
  not_ready: { status: 503, title: 'A part that this needs does not answer' },
  internal_error: { status: 500, title: 'Something broke on our side' },
  assessment_closed: { status: 409, title: 'The assessment has ended' },
  market_closed: { status: 409, title: 'The market is not open' },
  price_unavailable: { status: 409, title: 'There is no price that may be traded on' },
  qty_off_step: { status: 422, title: 'The quantity is off the lot step' },
  qty_below_minimum: { status: 422, title: 'The quantity is below the minimum' },
  short_not_allowed: { status: 422, title: 'This cannot be sold short' },
  insufficient_liquidity: { status: 409, title: 'The book is too thin for this quantity' },
  insufficient_margin: { status: 422, title: 'The account’s equity does not carry this position' },
  risk_per_trade_exceeded: { status: 422, title: 'The position would risk more than the rules allow' },
  account_unknown: { status: 404, title: 'There is no such account' },
  account_busy: { status: 503, title: 'The account is busy; send the same order id again' },
  assessment_unknown: { status: 404, title: 'There is no such assessment' },
  assessment_not_failed: { status: 409, title: 'Only a failed assessment starts anew' },
  assessment_superseded: { status: 409, title: 'A later attempt has taken its place' },
  retries_used: { status: 409, title: 'There is no free retry left' },
  retry_left: { status: 409, title: 'A free retry comes before a reset' },
  reset_unavailable: { status: 409, title: 'This tier sells no resets' },
  blackout_out_of_range: { status: 422, title: 'News is scheduled ahead, by a year at most' },
  blackout_unknown: { status: 404, title: 'There is no such blackout' },
  book_unknown: { status: 404, title: 'There is no book of this instrument yet' },
  checkout_unavailable: { status: 503, title: 'The payment provider does not answer; try again' },
  credentials_invalid: { status: 401, title: 'E-mail address or password is wrong' },
  email_unverified: { status: 403, title: 'The e-mail address is not verified yet' },
  instrument_unknown: { status: 404, title: 'There is no such instrument' },
  order_id_reused: { status: 409, title: 'This order id belongs to another order' },
  price_invalid: { status: 422, title: 'The price cannot be charged' },
  purchase_id_reused: { status: 409, title: 'This purchase id belongs to another purchase' },
  purchase_unknown: { status: 404, title: 'There is no such purchase' },
  report_unknown: { status: 404, title: 'There is no such report' },
  rules_invalid: { status: 422, title: 'The rules contradict themselves' },
  session_expired: { status: 401, title: 'The session has ended; sign in again' },
  session_reused: { status: 401, title: 'The session was ended because an old token was used again' },
  signature_invalid: { status: 400, title: 'The signature is missing, forged or too old' },
  tier_unknown: { status: 404, title: 'There is no such tier' },
  token_invalid: { status: 422, title: 'The link has been used or has expired' },
  violation_unknown: { status: 404, title: 'There is no such violation' },
};
