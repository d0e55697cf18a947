import type { AccountRow, FillRow, PinnedColumns } from './account-rows';
import { fragment, sql } from './statement';

/** What changes with every order. */
const standingColumns = fragment`
  accounts.account_id, accounts.version, accounts.status, accounts.cash_usd, accounts.trades_closed, accounts.day,
  accounts.day_anchor_usd, positions.instrument, positions.qty, positions.cost_usd, positions.realized_usd,
  positions.fees_usd`;

export const accountColumns = fragment`
  ${standingColumns}, assessments.assessment_id, assessments.user_id, assessments.rules::TEXT AS rules,
  assessments.rule_set_version, assessments.rule_set_hash`;

/** The columns of FillRow. */
export const fillColumns = fragment`
  fills.order_id, fills.instrument AS fill_instrument, fills.side, fills.qty AS fill_qty, fills.placed_at,
  fills.fill_id, fills.price, fills.cash_usd AS fill_cash_usd, fills.fee_usd,
  fills.realized_usd AS fill_realized_usd, fills.levels,
  fills.book_sequence, fills.venue_proof, fills.venue_at`;

type FoundFill = { readonly fill_version: number | null };

const standing = fragment`
  LEFT JOIN positions ON positions.account_id = accounts.account_id AND positions.qty <> 0
  LEFT JOIN fills ON fills.account_id = accounts.account_id AND fills.order_id = $2::UUID
  WHERE accounts.account_id = $1::UUID`;

/**
 * $1 account, $2 order id or null. One row for each open position, or one without. Of an earlier fill it tells only the
 * version: it is rare, never changes, and its columns would travel with every load.
 */
export const loadAccount = sql<AccountRow & FoundFill>('load_account')`
  SELECT ${accountColumns}, fills.version AS fill_version
  FROM accounts
  JOIN assessments ON assessments.assessment_id = accounts.assessment_id
  ${standing}`;

/** The same of an account whose assessment is known already: that never changes. */
export const loadKnownAccount = sql<Omit<AccountRow, keyof PinnedColumns> & FoundFill>('load_known_account')`
  SELECT ${standingColumns}, fills.version AS fill_version
  FROM accounts
  ${standing}`;

/** $1 account, $2 version. */
export const fillAtVersion = sql<FillRow>('fill_at_version')`
  SELECT ${fillColumns} FROM fills WHERE fills.account_id = $1::UUID AND fills.version = $2::INT4`;

/** $1 the last account of the page before, $2 how many accounts. */
export const pageOpenAccounts = sql<AccountRow>('page_open_accounts')`
  SELECT ${accountColumns}
  FROM (
    SELECT * FROM accounts WHERE status = 'active' AND account_id > $1::UUID ORDER BY account_id LIMIT $2::INT8
  ) AS accounts
  JOIN assessments ON assessments.assessment_id = accounts.assessment_id
  LEFT JOIN positions ON positions.account_id = accounts.account_id AND positions.qty <> 0
  ORDER BY accounts.account_id`;

/** $1 accounts, $2 instants, $3 equities, $4 balances. A second sample of the same instant replaces the first. */
export const recordEquity = sql<never>('record_equity')`
  INSERT INTO equity_points (account_id, at, equity_usd, balance_usd)
  SELECT point.account_id, point.at, point.equity_usd, point.balance_usd
  FROM unnest($1::UUID[], $2::TIMESTAMPTZ[], $3::INT8[], $4::INT8[])
    AS point (account_id, at, equity_usd, balance_usd)
  ON CONFLICT (account_id, at) DO UPDATE SET equity_usd = excluded.equity_usd, balance_usd = excluded.balance_usd`;
