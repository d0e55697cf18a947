import { ABOVE_ZERO, NOT_NEGATIVE, PART } from './bounds';
import { bounded, FLAG, group, nullable, SHARE, USD, type ValueOf, whole } from './field';
import { POSITIVE_USD } from './field-kinds';

const YEAR_DAYS = 365;

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
});
