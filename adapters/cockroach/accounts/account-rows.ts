import * as z from 'zod';
import { ruleSet } from '../../../contracts/rule-set';
import type { Position } from '../../../domain/account/positions/position';
import type { AssessmentStatus } from '../../../domain/assessment/context/decision-context';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import type { AccountId, AssessmentId, InstrumentId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Qty, Usd } from '../../../domain/kernel/money';
import type { AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { workingOrders } from './order-rows';
import { standingOf } from './standing-column';

/** What an account has from its assessment, fixed on the day of purchase. */
export type PinnedColumns = {
  readonly assessment_id: AssessmentId;
  readonly user_id: UserId;
  readonly rules: string;
  readonly rule_set_version: number;
  readonly rule_set_hash: string;
};

/** An account beside one of its positions; `instrument` is null when it has none. */
export type AccountRow = PinnedColumns & {
  readonly account_id: AccountId;
  readonly version: number;
  readonly status: AssessmentStatus;
  readonly cash_usd: Usd;
  readonly trades_closed: number;
  readonly day: string;
  readonly day_anchor_usd: Usd;
  readonly standing: string;
  readonly working: string;
  readonly instrument: InstrumentId | null;
  readonly qty: Qty;
  readonly cost_usd: Usd;
  readonly realized_usd: Usd;
  readonly fees_usd: Usd;
  readonly opened_at: Instant;
};

/** The snapshot that all rows of one account show, without an earlier order. */
export function snapshotOf(rows: readonly [AccountRow, ...AccountRow[]]): AccountSnapshot {
  const [first] = rows;
  return {
    accountId: first.account_id,
    assessmentId: first.assessment_id,
    userId: first.user_id,
    version: first.version,
    status: first.status,
    rules: ruleSetOf(first.rules),
    ruleSetVersion: first.rule_set_version,
    ruleSetHash: first.rule_set_hash,
    account: {
      cashUsd: first.cash_usd,
      positions: positionsOf(rows),
      tradesClosed: first.trades_closed,
      day: first.day,
      dayAnchorUsd: first.day_anchor_usd,
      orders: workingOrders(first.working),
      standing: standingOf(first.standing),
    },
    prior: undefined,
  };
}

/** Rows of several accounts, sorted by account, as one snapshot each. */
export function snapshotsOf(rows: readonly AccountRow[]): readonly AccountSnapshot[] {
  const byAccount = new Map<AccountId, [AccountRow, ...AccountRow[]]>();
  for (const row of rows) {
    const known = byAccount.get(row.account_id);
    if (known) known.push(row);
    else byAccount.set(row.account_id, [row]);
  }
  return [...byAccount.values()].map(snapshotOf);
}

/** By instrument's name; a row may come once for each fill of an earlier order. */
const positionsOf = (rows: readonly AccountRow[]): readonly Position[] => {
  const positions = new Map<InstrumentId, Position>();
  for (const row of rows) {
    if (row.instrument !== null) positions.set(row.instrument, positionOf(row, row.instrument));
  }
  return [...positions.values()].sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
};

const positionOf = (row: AccountRow, instrument: InstrumentId): Position => ({
  instrument,
  qty: row.qty,
  costUsd: row.cost_usd,
  realizedUsd: row.realized_usd,
  feesUsd: row.fees_usd,
  openedAt: row.opened_at,
});

export const ruleSetColumn = (rules: RuleSet): string => JSON.stringify(z.encode(ruleSet, rules));

/** Rule sets are few and never change, so each text is read once. */
const ruleSets = new Map<string, RuleSet>();
const RULE_SETS_MAX = 1_000;

export function ruleSetOf(text: string): RuleSet {
  const known = ruleSets.get(text);
  if (known) return known;
  const read = ruleSet.parse(JSON.parse(text));
  if (ruleSets.size >= RULE_SETS_MAX) ruleSets.clear();
  ruleSets.set(text, read);
  return read;
}
