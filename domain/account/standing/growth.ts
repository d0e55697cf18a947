import type { Instant } from '../../kernel/instant';
import { addUsd, subUsd, type Usd, ZERO_USD } from '../../kernel/money';

/** What is remembered of an account whose rules let its capital grow, and towards the next time that it does. */
export type Growth = {
  /** Oldest first, each with the capital that it led to; without any the capital is the starting balance. */
  readonly steps: readonly GrowthStep[];
  /** The balance, without the wins that the rules leave out, just after the last; null: there was none. */
  readonly fromUsd: Usd | null;
  /** Payouts that had been taken by then. */
  readonly taken: number;
  /** What has been paid out since. */
  readonly paidUsd: Usd;
};

export type GrowthStep = { readonly at: Instant; readonly capitalUsd: Usd };

export const NO_GROWTH: Growth = { steps: [], fromUsd: null, taken: 0, paidUsd: ZERO_USD };

/** What the account's profit, and limits that count from its start, are measured from. */
export const capitalOf = (startingUsd: Usd, { steps }: Growth): Usd => steps.at(-1)?.capitalUsd ?? startingUsd;

/** By how much the capital is more now than it was at `at`. */
export function grownSince(startingUsd: Usd, growth: Growth, at: Instant): Usd {
  const then = growth.steps.findLast((step) => step.at <= at);
  return subUsd(capitalOf(startingUsd, growth), then?.capitalUsd ?? startingUsd);
}

/** A payout is profit, too. */
export const afterPaidOut = (growth: Growth, amountUsd: Usd, isAsked: boolean): Growth =>
  isAsked ? { ...growth, paidUsd: addUsd(growth.paidUsd, amountUsd) } : growth;
