import { ABOVE_ZERO, NOT_NEGATIVE, PART, SHARE_OF_ALL, STARTING_BALANCE } from './bounds';
import { added, bounded, choice, FLAG, group, nullable, SHARE, USD, type ValueOf, whole } from './field';
import { POSITIVE_USD } from './field-kinds';

const YEAR_DAYS = 365;

/** By what an account grows at the beginning of a trading day, and what it has to have shown by then. */
const SCALING = group({
  /** Days of 24 hours since the account began, or last grew. */
  afterDays: bounded(whole(0, YEAR_DAYS), NOT_NEGATIVE),
  /** The profit since then, what was paid out of it included, as a part of the capital. */
  profitShare: bounded(SHARE, SHARE_OF_ALL),
  /** Payouts since then. */
  payoutsMin: bounded(whole(0, 100), NOT_NEGATIVE),
  /** What is added, as a part of the starting balance or of the capital so far. */
  growth: bounded(SHARE, PART),
  of: choice('start', 'capital'),
  /** The capital never grows beyond this. */
  maxUsd: bounded(USD, ABOVE_ZERO, STARTING_BALANCE),
});

/** When something of the profit may be taken, how much, and who gets which part of it. */
export type PayoutRules = ValueOf<typeof PAYOUT>;

export const PAYOUT = group({
  /** The trader's part of what leaves the account; the rest is the firm's. */
  split: bounded(SHARE, PART),
  /** Days of 24 hours from the account's beginning to the first payout. */
  firstAfterDays: bounded(whole(0, YEAR_DAYS), NOT_NEGATIVE),
  /** Days of 24 hours from one payout to the next. */
  everyDays: bounded(whole(0, YEAR_DAYS), NOT_NEGATIVE),
  /** The least profit of which anything is paid; null: no least. */
  profitMinUsd: nullable(POSITIVE_USD),
  /** The least that the trader gets, after the split; null: no least. */
  minUsd: nullable(POSITIVE_USD),
  /** The most that leaves the account by one payout; null: no most. */
  maxUsd: nullable(POSITIVE_USD),
  /** The part of the profit that one payout may take; null: all of it. */
  shareOfProfitMax: nullable(bounded(SHARE, PART)),
  /** A payout leaves the balance at least so far above the starting balance. */
  bufferUsd: bounded(USD, NOT_NEGATIVE),
  /** So many finished trading days since the last payout won `dayUsd` at least, net of fees; null: none are asked for. */
  winningDays: nullable(group({ min: bounded(whole(1, YEAR_DAYS), ABOVE_ZERO), dayUsd: POSITIVE_USD })),
  /** The part of the profit since the last payout that its best day may be; null: any. */
  consistencyMax: nullable(bounded(SHARE, PART)),
  /** Nothing may be open, and no order may work. */
  requiresFlat: FLAG,
  /** Null: the account keeps the capital with which it began. */
  scaling: added(nullable(SCALING), null),
});
