import type { Account } from '../../../domain/account/account';
import type { AccountEvent } from '../../../domain/account/account-event';
import type { Fill, Order, OrderTicket } from '../../../domain/account/orders/order';
import type { AssessmentStatus } from '../../../domain/assessment/context/decision-context';
import type { Broken } from '../../../domain/assessment/judging/judgement';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import type { AccountId, OrderId, ViolationId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Usd } from '../../../domain/kernel/money';
import type { Holder, OutboxMessage } from '../events/outbox-message';

/** An order as it was asked for and what became of it; `order` is absent for one that never rested. */
export type PriorOrder = {
  readonly ticket: OrderTicket;
  readonly order: Order | undefined;
  /** Oldest first. */
  readonly fills: readonly Fill[];
};

export type AccountSnapshot = Holder & {
  /** Counts the account's events; a save is guarded by it and raises it by the number of messages. */
  readonly version: number;
  readonly status: AssessmentStatus;
  readonly rules: RuleSet;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
  readonly account: Account;
  /** The order of the id asked for, when it was placed before. */
  readonly prior: PriorOrder | undefined;
};

/** Why and how an assessment ended: the bytes it was decided from, and their SHA-256. */
export type ProvenVerdict = {
  readonly at: Instant;
  readonly equityUsd: Usd;
  readonly evidence: string;
  readonly evidenceHash: string;
  /** Absent when it passed. */
  readonly violation?: { readonly violationId: ViolationId; readonly broken: Broken };
};

export type EquityPoint = { readonly at: Instant; readonly equityUsd: Usd; readonly balanceUsd: Usd };

/**
 * Everything one decision changed. `messages` carry the versions that follow the snapshot's; each of `events`
 * has one of them: a fill and its posting are stored under their event's version.
 */
export type AccountChange = {
  readonly account: Account;
  readonly status: AssessmentStatus;
  readonly events: readonly AccountEvent[];
  /** The version of the event of each event, in their order. */
  readonly versions: readonly number[];
  readonly verdict?: ProvenVerdict;
  readonly equityPoint?: EquityPoint;
  readonly messages: readonly OutboxMessage[];
};

/** A risk-engine's right to judge its share of the accounts; a later owner's epoch is higher. */
export type Fence = { readonly shard: number; readonly epoch: number };

export type Saved = 'saved' | 'stale' | 'out_of_range';

export type AccountStore = {
  /** Account, positions, open orders, pinned rules and the earlier order of `orderId`, in one query. */
  readonly load: (id: AccountId, orderId?: OrderId) => Promise<AccountSnapshot | undefined>;
  /**
   * The account as this process last loaded or saved it, without asking: perhaps overtaken. A save that it is wrong for
   * is `stale`, but nothing may be refused on its word.
   */
  readonly recall: (id: AccountId) => AccountSnapshot | undefined;
  /**
   * Writes the change and its outbox rows in one statement guarded by `snapshot.version`, and by the fence where one is
   * given. `stale`: nothing was written, or an order of a new order's id was known before. `out_of_range`: nothing was
   * written, and never will be: a figure of it is larger than can be kept.
   */
  readonly save: (snapshot: AccountSnapshot, change: AccountChange, fence?: Fence) => Promise<Saved>;
};

/** Reads for the risk-engine: every open account at start, one account when an event says it changed. */
export type OpenAccounts = {
  /** In pages by account id; `after` is the last id of the page before. */
  readonly page: (after: AccountId | undefined, limit: number) => Promise<readonly AccountSnapshot[]>;
  readonly recordEquity: (points: readonly (EquityPoint & { readonly accountId: AccountId })[]) => Promise<void>;
};
