import type { AssessmentStatus } from '../../domain/assessment/desk';
import type { Move } from '../../domain/assessment/hedging';
import type { AccountId, InstrumentId, SignalId, UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';

/** An account of somebody who has several, with every fill and settlement so far, oldest first. */
export type TradedAccount = {
  readonly userId: UserId;
  readonly accountId: AccountId;
  /** What its rules ask for; null: nothing. */
  readonly hedgeSignalAfterMs: number | null;
  readonly moves: readonly Move[];
};

export type ConductReads = {
  /** People with more than one account that is open or ended since then, in pages by user id. */
  readonly sharedTraders: (since: Instant, after: UserId | undefined, limit: number) => Promise<readonly UserId[]>;
  /** Their accounts, those of one person side by side. */
  readonly tradedAccounts: (users: readonly UserId[], since: Instant) => Promise<readonly TradedAccount[]>;
};

export type RiskSignal = {
  readonly signalId: SignalId;
  /** `wrong_payout`: an outcome was resolved anew after a verdict that its first payout took part in. */
  readonly kind: 'hedging' | 'wrong_payout';
  /** What it is about: found again, it is the same signal. */
  readonly subject: string;
  readonly userId: UserId;
  readonly beganAt: Instant;
  /** As far as it was seen; it may go on. */
  readonly seenUntil: Instant;
  readonly detectedAt: Instant;
  readonly legs: readonly {
    readonly accountId: AccountId;
    readonly instrument: InstrumentId;
    readonly side: 'long' | 'short';
  }[];
  /** Of a wrong payout: how the assessment ended, and how it stands by the same evidence with the right one. */
  readonly verdict: { readonly given: AssessmentStatus; readonly rightly: AssessmentStatus } | null;
};

export type SignalStore = {
  /** Adds those that are new; those that are known last longer and say the latest. Answers how many rows changed. */
  readonly keep: (signals: readonly RiskSignal[]) => Promise<number>;
  /** The last detected first. */
  readonly newest: (limit: number) => Promise<readonly RiskSignal[]>;
};
