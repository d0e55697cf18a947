import type { AmendRefusal } from '../domain/assessment/commands/amend-order';
import type { OrderRefusal } from '../domain/assessment/commands/decide-order';
import type { ResetRefusal, RetryRefusal } from '../domain/assessment/progression/attempts';
import type { PayoutRefusal } from '../domain/assessment/settlement/take-payout';
import type { TradesRefusal } from '../usecases/simulation/closed-trades';
import type { StudyRefusal } from '../usecases/simulation/playable';
import type { TooMany } from '../usecases/simulation/study-limits';
import type { TakeRefusal } from '../usecases/simulation/take-study';

/** Refusals of what is simulated. */
export type SimulationRefusal = StudyRefusal | TradesRefusal | TakeRefusal | TooMany['refusal'] | 'study_unknown';

/** Refusals of the HTTP edge itself. */
export type EdgeRefusal =
  | 'edge_bypassed'
  | 'foreign_page'
  | 'body_too_large'
  | 'not_json'
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
  | 'address_unreachable'
  | 'assessment_unknown'
  | 'blackout_out_of_range'
  | 'blackout_unknown'
  | 'book_unknown'
  | 'checkout_expired'
  | 'checkout_unavailable'
  | 'checkouts_open_max'
  | 'credentials_invalid'
  | 'decision_id_reused'
  | 'evidence_unknown'
  | 'instrument_unknown'
  | 'judge_behind'
  | 'leaderboard_unknown'
  | 'order_id_reused'
  | 'order_unknown'
  | 'payout_id_reused'
  | 'password_mismatch'
  | 'password_weak'
  | 'price_invalid'
  | 'price_unconfirmed'
  | 'purchase_id_reused'
  | 'purchase_unknown'
  | 'report_unknown'
  | 'rules_invalid'
  | 'session_expired'
  | 'session_reused'
  | 'session_unknown'
  | 'signal_unknown'
  | 'signature_invalid'
  | 'ticket_too_many'
  | 'tier_unknown'
  | 'token_invalid';

export type Refusal =
  | SimulationRefusal
  | EdgeRefusal
  | OrderRefusal
  | AmendRefusal
  | RetryRefusal
  | ResetRefusal
  | PayoutRefusal
  | UseCaseRefusal;

/** The one place where a refusal becomes a status and a sentence: a new one does not compile until it has both. */
export const REFUSALS: Readonly<Record<Refusal, { readonly status: number; readonly title: string }>> = {
  edge_bypassed: { status: 403, title: 'This address is not for visitors; use the site’s own' },
  foreign_page: { status: 403, title: 'A page of another site may not do this' },
  body_too_large: { status: 413, title: 'The body is too large' },
  not_json: { status: 415, title: 'The body must be sent as JSON' },
  malformed_json: { status: 400, title: 'The body is not JSON' },
  invalid_request: { status: 422, title: 'The request does not have the shape it must have' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'This is not yours to do' },
  rate_limited: { status: 429, title: 'Too many requests; try again later' },
  not_ready: { status: 503, title: 'A part that this needs does not answer' },
  internal_error: { status: 500, title: 'Something broke on our side' },
  assessment_closed: { status: 409, title: 'The assessment has ended' },
  limit_broken: { status: 409, title: 'A limit is reached; the verdict on it comes first' },
  market_closed: { status: 409, title: 'The market is not open' },
  price_unavailable: { status: 409, title: 'A price that this needs is missing' },
  mark_unconfirmed: { status: 409, title: 'Too few venues agree on the price of this coin' },
  price_unconfirmed: { status: 409, title: 'The venue confirmed no price after the order; nothing was filled' },
  account_frozen: { status: 409, title: 'The payment is disputed; until that is decided nothing new begins' },
  account_refunded: { status: 409, title: 'The payment went back; nothing new begins' },
  trading_paused: { status: 409, title: 'Trading is paused until the next trading day' },
  news_blackout: { status: 409, title: 'Around scheduled news no order may add risk' },
  weekend_closed: { status: 409, title: 'At the weekend no order may add risk' },
  daily_flat: { status: 409, title: 'At this time of day no order may add risk' },
  qty_off_step: { status: 422, title: 'The quantity is off the lot step' },
  qty_below_minimum: { status: 422, title: 'The quantity is below the minimum' },
  quantity_too_large: { status: 422, title: 'The quantity is larger than an account can hold' },
  price_off_tick: { status: 422, title: 'The price is off the tick' },
  price_out_of_range: { status: 422, title: 'No such price can be traded' },
  order_expired: { status: 422, title: 'The order would expire before it worked' },
  exits_invalid: { status: 422, title: 'Take-profit and stop-loss lie on the wrong side' },
  would_not_reduce: { status: 422, title: 'There is no position that this would make smaller' },
  short_not_allowed: { status: 422, title: 'This cannot be sold short' },
  order_not_working: { status: 409, title: 'The order has ended' },
  amendment_unfit: { status: 422, title: 'The order cannot be changed so' },
  order_too_many: { status: 409, title: 'Too many orders work at the same time' },
  insufficient_liquidity: { status: 409, title: 'The book is too thin for this quantity' },
  liquidity_too_thin: { status: 409, title: 'The market is too thin for the rules' },
  insufficient_margin: { status: 422, title: 'The account’s equity does not carry this position' },
  position_cap_exceeded: { status: 422, title: 'The position would be larger than the rules allow' },
  positions_max: { status: 422, title: 'Too many positions would be open' },
  trades_per_day_max: { status: 422, title: 'Too many positions would be opened today' },
  both_outcomes_held: { status: 422, title: 'Only one outcome of a market may be held' },
  outcome_price_band: { status: 422, title: 'The outcome’s price lies outside the rules’ band' },
  market_cap_exceeded: { status: 422, title: 'The market would cost more than the rules allow' },
  event_cap_exceeded: { status: 422, title: 'The event would cost more than the rules allow' },
  category_cap_exceeded: { status: 422, title: 'The category would cost more than the rules allow' },
  risk_per_trade_exceeded: { status: 422, title: 'The position would risk more than the rules allow' },
  address_unreachable: { status: 422, title: 'Our mail server cannot write to this address' },
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
  checkout_expired: { status: 409, title: 'The checkout has ended without a payment' },
  checkouts_open_max: { status: 429, title: 'Too many checkouts are open at the same time' },
  checkout_unavailable: { status: 503, title: 'The payment provider does not answer; try again' },
  credentials_invalid: { status: 401, title: 'E-mail address or password is wrong, or the address is not confirmed' },
  decision_id_reused: { status: 409, title: 'This decision id belongs to another decision' },
  evidence_unknown: { status: 404, title: 'There is no evidence of such an assessment' },
  instrument_unknown: { status: 404, title: 'There is no such instrument' },
  leaderboard_unknown: { status: 404, title: 'There is no such leaderboard' },
  judge_behind: { status: 503, title: 'The account is not judged up to now yet; try again in a moment' },
  order_id_reused: { status: 409, title: 'This order id belongs to another order' },
  order_unknown: { status: 404, title: 'There is no such order' },
  no_payouts: { status: 409, title: 'This account pays nothing out' },
  payout_waits: { status: 409, title: 'Nothing can be paid yet' },
  payout_too_small: { status: 422, title: 'The payout is too small' },
  payout_too_large: { status: 422, title: 'The payout is larger than what may be taken now' },
  payout_would_fail: { status: 409, title: 'The payout would itself end the account' },
  payout_id_reused: { status: 409, title: 'This payout id belongs to another payout' },
  password_mismatch: { status: 422, title: 'The password is not the right one' },
  password_weak: { status: 422, title: 'The password is too easy to guess' },
  price_invalid: { status: 422, title: 'The price cannot be charged' },
  purchase_id_reused: { status: 409, title: 'This purchase id belongs to another purchase' },
  purchase_unknown: { status: 404, title: 'There is no such purchase' },
  report_unknown: { status: 404, title: 'There is no such report' },
  rules_invalid: { status: 422, title: 'The rules contradict themselves' },
  session_expired: { status: 401, title: 'The session has ended; sign in again' },
  session_reused: { status: 401, title: 'The session was ended because an old token was used again' },
  session_unknown: { status: 404, title: 'There is no such session' },
  signal_unknown: { status: 404, title: 'There is no such signal' },
  signature_invalid: { status: 400, title: 'The signature is missing, forged or too old' },
  simulation_unavailable: { status: 503, title: 'Simulations are not available here at the moment' },
  studies_hour_max: { status: 429, title: 'Too many simulations within an hour' },
  studies_open_max: { status: 429, title: 'Too many simulations are under way; wait for one or cancel it' },
  study_id_reused: { status: 409, title: 'This study id belongs to another study' },
  study_too_large: { status: 422, title: 'So many trades are not simulated at once' },
  study_unknown: { status: 404, title: 'There is no such study' },
  rule_unsupported: { status: 422, title: 'A rule of the tier is not simulated' },
  account_unsuited: { status: 409, title: 'From where this account stands nothing is simulated' },
  strategy_invalid: { status: 422, title: 'Nobody could trade like this under these rules' },
  trade_file_invalid: { status: 422, title: 'The file of trades cannot be read' },
  trades_too_few: { status: 422, title: 'There are too few closed trades to draw from' },
  ticket_too_many: { status: 429, title: 'Too many tickets are out; use one or wait until they expire' },
  tier_unknown: { status: 404, title: 'There is no such tier' },
  token_invalid: { status: 422, title: 'The link has been used or has expired' },
};
