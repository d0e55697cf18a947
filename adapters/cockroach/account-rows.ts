import * as z from 'zod';
import { ruleSet } from '../../contracts/assessment';
import type { Fill, Side } from '../../domain/account/order';
import type { Position } from '../../domain/account/position';
import type { AssessmentStatus } from '../../domain/assessment/judge';
import type { RuleSet } from '../../domain/assessment/rules';
import type { AccountId, AssessmentId, FillId, InstrumentId, OrderId, UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { type Price, price, type Qty, qty, type Usd } from '../../domain/kernel/money';
import type { Level } from '../../domain/market/book';
import type { AccountSnapshot } from '../../usecases/ports/account-store';

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
  readonly instrument: InstrumentId | null;
  readonly qty: Qty;
  readonly cost_usd: Usd;
  readonly realized_usd: Usd;
  readonly fees_usd: Usd;
};

/** A fill, its columns named so that they can stand beside an account's and a position's. */
export type FillRow = {
  readonly order_id: OrderId;
  readonly fill_instrument: InstrumentId;
  readonly side: Side;
  readonly fill_qty: Qty;
  readonly placed_at: Instant;
  readonly fill_id: FillId;
  readonly price: Price;
  readonly fill_cash_usd: Usd;
  readonly fee_usd: Usd;
  readonly fill_realized_usd: Usd;
  readonly levels: string;
  readonly book_sequence: bigint;
  readonly venue_proof: string;
  readonly venue_at: Instant;
};

/** Levels as `price:qty price:qty …` in their units: exact, short, and never asked about by a query. */
export const levelColumn = (levels: readonly Level[]): string =>
  levels.map((level) => `${level.price}:${level.qty}`).join(' ');

const levelsOf = (column: string): readonly Level[] =>
  column.split(' ').map((level) => {
    const [at = '', amount = ''] = level.split(':');
    return { price: price(BigInt(at)), qty: qty(BigInt(amount)) };
  });

/** The snapshot that all rows of one account show, without an earlier fill. */
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
    },
    priorFill: undefined,
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

const positionsOf = (rows: readonly AccountRow[]): readonly Position[] =>
  rows
    .flatMap((row) => (row.instrument === null ? [] : [positionOf(row, row.instrument)]))
    .sort((a, b) => (a.instrument < b.instrument ? -1 : 1));

const positionOf = (row: AccountRow, instrument: InstrumentId): Position => ({
  instrument,
  qty: row.qty,
  costUsd: row.cost_usd,
  realizedUsd: row.realized_usd,
  feesUsd: row.fees_usd,
});

export const fillOf = (row: FillRow): Fill => ({
  orderId: row.order_id,
  instrument: row.fill_instrument,
  side: row.side,
  qty: row.fill_qty,
  fillId: row.fill_id,
  levels: levelsOf(row.levels),
  price: row.price,
  cashUsd: row.fill_cash_usd,
  feeUsd: row.fee_usd,
  realizedUsd: row.fill_realized_usd,
  placedAt: row.placed_at,
  bookSequence: Number(row.book_sequence),
  venueProof: row.venue_proof,
  venueAt: row.venue_at,
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
