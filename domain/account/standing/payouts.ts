import type { Instant } from '../../kernel/instant';
import { largerUsd, type Usd, ZERO_USD } from '../../kernel/money';
import { type Growth, NO_GROWTH } from './growth';

/** What is remembered from one payout to the next, where the rules have payouts. */
export type Payouts = {
  readonly taken: number;
  /** Null: none was taken yet. */
  readonly last: LastPayout | null;
  /** The best result of the days that have finished since. */
  readonly bestUsd: Usd;
  /** Those of them that won as much as the rules ask. */
  readonly daysWon: number;
  readonly growth: Growth;
};

/** `fromUsd`: what it left of the balance, without the wins that the rules leave out. What followed counts from it. */
export type LastPayout = { readonly at: Instant; readonly day: string; readonly fromUsd: Usd };

export const NO_PAYOUTS: Payouts = { taken: 0, last: null, bestUsd: ZERO_USD, daysWon: 0, growth: NO_GROWTH };

/** As much of the rules of payouts as an account needs to remember for them. */
export type PayoutTerms = {
  readonly winningDays: { readonly dayUsd: Usd } | null;
  /** Null: the capital does not grow. */
  readonly scaling: object | null;
};

/** A trading day has finished with this result, counted from the last payout if that was in it. */
export const afterPaidDay = (terms: PayoutTerms | null, payouts: Payouts, resultUsd: Usd): Payouts =>
  terms === null
    ? payouts
    : {
        ...payouts,
        bestUsd: largerUsd(payouts.bestUsd, resultUsd),
        daysWon: payouts.daysWon + (isWon(terms, resultUsd) ? 1 : 0),
      };

export const isWon = ({ winningDays }: PayoutTerms, resultUsd: Usd): boolean =>
  winningDays !== null && resultUsd >= winningDays.dayUsd;
