import type { LedgerEntry } from '../../domain/account/ledger';
import type { Fill } from '../../domain/account/order';
import type { AssessmentStatus } from '../../domain/assessment/desk';
import type { RuleName, RuleSet } from '../../domain/assessment/rules';
import type {
  AccountId,
  AssessmentId,
  PurchaseId,
  ReportId,
  TierId,
  UserId,
  ViolationId,
} from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Usd } from '../../domain/kernel/money';
import type { AccountSnapshot, EquityPoint } from './account-store';
import type { Announcement, Holder } from './announcement';
import type { Inbox } from './outbox';

/** The tier's rules as they were on the day of purchase. */
export type PinnedRules = {
  readonly tierId: TierId;
  readonly tierName: string;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
  readonly rules: RuleSet;
};

export type NewAssessment = Holder & {
  readonly purchaseId: PurchaseId;
  readonly pinned: PinnedRules;
  readonly createdAt: Instant;
  readonly cashUsd: Usd;
  readonly day: string;
  readonly dayAnchorUsd: Usd;
  readonly ledger: readonly LedgerEntry[];
  /** `assessment.created`, account version 1. */
  readonly announcements: readonly Announcement[];
};

export type AssessmentSummary = Holder & {
  readonly tierName: string;
  readonly status: AssessmentStatus;
  readonly startingUsd: Usd;
  readonly balanceUsd: Usd;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
  readonly breach: RuleName | null;
  readonly violationId: ViolationId | null;
  readonly reportId: ReportId | null;
};

export type AssessmentDetail = { readonly summary: AssessmentSummary; readonly snapshot: AccountSnapshot };

export type AssessmentStore = {
  /** The rules that the purchase was pinned to. */
  readonly pinnedRules: (id: PurchaseId) => Promise<PinnedRules | undefined>;
  /** Assessment, account, funding, inbox and outbox in one statement; `duplicate`: the event had its effect before. */
  readonly create: (assessment: NewAssessment, inbox: Inbox) => Promise<'created' | 'duplicate'>;
  readonly listOf: (userId: UserId) => Promise<readonly AssessmentSummary[]>;
  readonly find: (id: AssessmentId) => Promise<AssessmentDetail | undefined>;
  /** Newest first. */
  readonly fills: (id: AccountId, limit: number) => Promise<readonly Fill[]>;
  /** Oldest first; thinned evenly to at most `limit`. */
  readonly equityCurve: (id: AccountId, limit: number) => Promise<readonly EquityPoint[]>;
  readonly evidence: (id: ViolationId) => Promise<{ readonly userId: UserId; readonly evidence: string } | undefined>;
};
