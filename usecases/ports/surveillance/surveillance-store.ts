import type { AssessmentStatus } from '../../../domain/assessment/context/decision-context';
import type { SeenFill } from '../../../domain/assessment/surveillance/copy-trading-detection';
import type { HoldingMove } from '../../../domain/assessment/surveillance/position-changes';
import type { HoldKind } from '../../../domain/kernel/hold-kind';
import type { AccountId, DecisionId, InstrumentId, PurchaseId, SignalId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { AuditEntry } from '../operations/audit';

/** An account of somebody who has several, with every fill and settlement so far, oldest first. */
export type TradedAccount = {
  readonly userId: UserId;
  readonly accountId: AccountId;
  /** What its rules ask for; null: nothing. */
  readonly hedgeSignalAfterMs: number | null;
  readonly moves: readonly HoldingMove[];
};

/** An account whose rules ask for reversals, with what it traded lately. */
export type WatchedAccount = {
  readonly userId: UserId;
  readonly accountId: AccountId;
  readonly reverseSignalWithinMs: number;
  /** In the order of trading. What it held before is one move for each instrument, at the time of the last of them. */
  readonly moves: readonly HoldingMove[];
};

export type ConductReads = {
  /** People with more than one account that is open or ended since then, in pages by user id. */
  readonly sharedTraders: (since: Instant, after: UserId | undefined, limit: number) => Promise<readonly UserId[]>;
  /** Their accounts, those of one person side by side. */
  readonly tradedAccounts: (users: readonly UserId[], since: Instant) => Promise<readonly TradedAccount[]>;
  /** Accounts whose rules ask for the signal and that changed since then, in pages by account id. */
  readonly watchedAccounts: (
    signal: 'reverseSignalWithinMs' | 'copySignal',
    since: Instant,
    after: AccountId | undefined,
    limit: number,
  ) => Promise<readonly AccountId[]>;
  /** Those of them that traded since then. */
  readonly movesSince: (accounts: readonly AccountId[], since: Instant) => Promise<readonly WatchedAccount[]>;
  /** The first fill since then of each of their orders, those of one account side by side and in its order. */
  readonly firstFills: (accounts: readonly AccountId[], since: Instant) => Promise<readonly SeenFill[]>;
};

export type RiskSignal = {
  readonly signalId: SignalId;
  /**
   * `reversing`: a position was closed and the opposite one opened soon after. `copying`: two people's accounts traded
   * the same nearly at once, repeatedly; `userId` is the first leg's. `wrong_payout`: an outcome was resolved anew
   * after a verdict that its first payout took part in. `payment`: one was disputed, went back, or stands again.
   */
  readonly kind: 'hedging' | 'reversing' | 'copying' | 'wrong_payout' | 'payment';
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
  /** A wrong payout's signal has it: how the assessment ended, and how it stands by the same evidence with the right one. */
  readonly verdict: { readonly given: AssessmentStatus; readonly rightly: AssessmentStatus } | null;
  /** A copying signal has it: how often so far, and whose the second leg's account is. */
  readonly copied: { readonly times: number; readonly otherUserId: UserId } | null;
  /** A payment's signal has it: what became of the payment, and the accounts that came by it. */
  readonly payment: {
    readonly purchaseId: PurchaseId;
    readonly reversal: HoldKind | null;
    readonly accountIds: readonly AccountId[];
  } | null;
};

export type SignalStore = {
  /** Adds those that are new; those that are known last longer and say the latest. Answers how many rows changed. */
  readonly keep: (signals: readonly RiskSignal[]) => Promise<number>;
  /** The last detected first. */
  readonly list: (which: WhichSignals, limit: number) => Promise<readonly ListedSignal[]>;
};

/** What somebody of the risk desk decided on a signal. It has no consequence of its own. */
export type SignalDecision = {
  /** Chosen by the sender: sent again, it is the same decision. */
  readonly decisionId: DecisionId;
  readonly outcome: 'dismissed' | 'confirmed';
  readonly reason: string;
  readonly decidedBy: UserId;
  readonly decidedAt: Instant;
};

/** A signal with everything that was decided on it, oldest first: the last one counts, the others stay on record. */
export type ListedSignal = RiskSignal & { readonly decisions: readonly SignalDecision[] };

export type WhichSignals = 'all' | 'undecided' | 'decided';

export type DecisionStore = {
  /** The decision of this id, if there is one, and the signal that it was taken on. */
  readonly find: (id: DecisionId) => Promise<(SignalDecision & { readonly signalId: SignalId }) | undefined>;
  /** Appends it, audited in the same statement. False: there is no such signal, or the id is known. */
  readonly append: (signalId: SignalId, decision: SignalDecision, audit: AuditEntry) => Promise<boolean>;
};
