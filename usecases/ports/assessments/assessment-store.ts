import type { Fill } from '../../../domain/account/orders/order';
import type { LedgerEntry } from '../../../domain/account/positions/ledger';
import type { RuleName } from '../../../domain/account/rule-name';
import type { AssessmentStatus } from '../../../domain/assessment/context/decision-context';
import type { AttemptHistory, AttemptOrigin, Place } from '../../../domain/assessment/progression/attempts';
import type { Program } from '../../../domain/assessment/progression/program';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import type { HoldKind } from '../../../domain/kernel/hold-kind';
import type {
  AccountId,
  AssessmentId,
  PurchaseId,
  ReportId,
  TierId,
  UserId,
  ViolationId,
} from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Usd } from '../../../domain/kernel/money';
import type { AccountSnapshot, EquityPoint } from '../accounts/account-store';
import type { Inbox } from '../events/outbox';
import type { Holder, OutboxMessage } from '../events/outbox-message';

type Pinned = {
  readonly tierId: TierId;
  readonly tierName: string;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
};

/** The rules of one phase as they were on the day of purchase; version and hash are those of the whole program. */
export type PinnedRules = Pinned & { readonly rules: RuleSet };

/** The tier's program as it was on the day of purchase. */
export type PinnedProgram = Pinned & {
  readonly tierSlug: string;
  readonly program: Program;
  /** The failed assessment whose phase a reset starts anew; null: the purchase of a tier. */
  readonly resetOf: AssessmentId | null;
};

/** A purchase's way through its program so far. */
export type KeptHistory = AttemptHistory &
  Omit<PinnedProgram, 'resetOf'> & {
    /** The purchase of the tier, whatever resets followed. */
    readonly purchaseId: PurchaseId;
    readonly userId: UserId;
  };

export type NewAssessment = Holder & {
  /** The purchase of the tier. */
  readonly purchaseId: PurchaseId;
  readonly place: Place & { readonly phases: number };
  readonly origin: AttemptOrigin;
  readonly pinned: PinnedRules;
  readonly createdAt: Instant;
  readonly cashUsd: Usd;
  readonly day: string;
  readonly dayAnchorUsd: Usd;
  readonly ledger: readonly LedgerEntry[];
  /** `assessment.created`, account version 1. */
  readonly messages: readonly OutboxMessage[];
};

export type AssessmentSummary = Holder & {
  readonly tierName: string;
  readonly phase: number;
  readonly phases: number;
  readonly attempt: number;
  readonly status: AssessmentStatus;
  /** Why it takes no new risk, of one that is open. */
  readonly hold: HoldKind | null;
  readonly startingUsd: Usd;
  /** What the account has grown to; the starting balance where it has not. */
  readonly capitalUsd: Usd;
  /** The rules pay something out of it. */
  readonly paysOut: boolean;
  readonly balanceUsd: Usd;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
  readonly breach: RuleName | null;
  readonly violationId: ViolationId | null;
  readonly reportId: ReportId | null;
};

export type AssessmentDetail = { readonly summary: AssessmentSummary; readonly snapshot: AccountSnapshot };

/** The bytes that a pass or a failure was decided from, as they were stored. */
export type StoredEvidence = {
  readonly userId: UserId;
  readonly assessmentId: AssessmentId;
  readonly at: Instant;
  readonly evidence: string;
  readonly evidenceHash: string;
};

export type AssessmentStore = {
  /** The program that the purchase was pinned to. */
  readonly pinnedProgram: (id: PurchaseId) => Promise<PinnedProgram | undefined>;
  /** The course that this assessment is part of. */
  readonly course: (id: AssessmentId) => Promise<KeptHistory | undefined>;
  /**
   * Assessment, account, funding, inbox and outbox in one statement. `duplicate`: the event had its effect before, or
   * the assessment is there; `taken`: another one has its place, and nothing was written.
   */
  readonly create: (assessment: NewAssessment, inbox: Inbox) => Promise<'created' | 'duplicate' | 'taken'>;
  readonly listOf: (userId: UserId) => Promise<readonly AssessmentSummary[]>;
  /** Every course of which this user has an attempt. */
  readonly coursesOf: (userId: UserId) => Promise<readonly KeptHistory[]>;
  readonly find: (id: AssessmentId) => Promise<AssessmentDetail | undefined>;
  /** Newest first. */
  readonly fills: (id: AccountId, limit: number) => Promise<readonly Fill[]>;
  /** Oldest first; thinned evenly to at most `limit`. */
  readonly equityCurve: (id: AccountId, limit: number) => Promise<readonly EquityPoint[]>;
  /** The evidence of a verdict, found by its assessment or by its violation. */
  readonly evidence: (id: AssessmentId | ViolationId) => Promise<StoredEvidence | undefined>;
};
