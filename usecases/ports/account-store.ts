import type { Account } from '../../domain/account/account';
import type { LedgerEntry } from '../../domain/account/ledger';
import type { Fill } from '../../domain/account/order';
import type { AssessmentStatus } from '../../domain/assessment/judge';
import type { RuleName, RuleSet } from '../../domain/assessment/rules';
import type { AccountId, OrderId, ViolationId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Usd } from '../../domain/kernel/money';
import type { Announcement, Holder } from './announcement';

export type AccountSnapshot = Holder & {
  /** Counts the account's events; a save is guarded by it and raises it by the number of announcements. */
  readonly version: number;
  readonly status: AssessmentStatus;
  readonly rules: RuleSet;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
  readonly account: Account;
  /** The fill of the order id asked for, when that order was placed before. */
  readonly priorFill: Fill | undefined;
};

/** Why and how an assessment ended: the bytes it was decided from, and their SHA-256. */
export type Verdict = {
  readonly at: Instant;
  readonly equityUsd: Usd;
  readonly evidence: string;
  readonly evidenceHash: string;
  /** Absent when it passed. */
  readonly violation?: {
    readonly violationId: ViolationId;
    readonly rule: RuleName;
    readonly limitUsd: Usd;
    readonly usedUsd: Usd;
  };
};

export type EquityPoint = { readonly at: Instant; readonly equityUsd: Usd; readonly balanceUsd: Usd };

/** Everything one decision changed. `announcements` carry the versions that follow the snapshot's. */
export type AccountChange = {
  readonly account: Account;
  readonly status: AssessmentStatus;
  readonly fill?: Fill;
  readonly ledger: readonly LedgerEntry[];
  readonly verdict?: Verdict;
  readonly equityPoint?: EquityPoint;
  readonly announcements: readonly Announcement[];
};

export type AccountStore = {
  /** Account, positions, pinned rules and the earlier fill of `orderId`, in one query. */
  readonly load: (id: AccountId, orderId?: OrderId) => Promise<AccountSnapshot | undefined>;
  /**
   * Writes the change and its outbox rows in one statement guarded by `snapshot.version`; stale: nothing was written.
   */
  readonly save: (snapshot: AccountSnapshot, change: AccountChange) => Promise<'saved' | 'stale'>;
};

/** Reads for the risk-engine: every open account at start, one account when an event says it changed. */
export type OpenAccounts = {
  /** In pages by account id; `after` is the last id of the page before. */
  readonly page: (after: AccountId | undefined, limit: number) => Promise<readonly AccountSnapshot[]>;
  readonly recordEquity: (points: readonly (EquityPoint & { readonly accountId: AccountId })[]) => Promise<void>;
};
