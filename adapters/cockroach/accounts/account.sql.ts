import { fragment, sql } from '../connection/statement';
import type { AccountRow, PinnedColumns } from './account-rows';
import type { FillRow } from './fill-rows';
import type { OrderRow } from './order-rows';

/** What changes with every order. */
const standingColumns = fragment`
  accounts.account_id, accounts.version, accounts.status, accounts.cash_usd, accounts.trades_closed, accounts.day,
  accounts.day_anchor_usd, accounts.standing, working.orders AS working, positions.instrument, positions.qty,
  positions.cost_usd, positions.realized_usd, positions.fees_usd, positions.opened_at`;

export const accountColumns = fragment`
  ${standingColumns}, assessments.assessment_id, assessments.user_id, assessments.rules::TEXT AS rules,
  assessments.rule_set_version, assessments.rule_set_hash`;

/** Beside accounts: a row for each open position, and the working orders, oldest first, as one JSON text. */
export const accountJoins = fragment`
  LEFT JOIN positions ON positions.account_id = accounts.account_id AND positions.qty <> 0
  LEFT JOIN LATERAL (
    SELECT concat('[', string_agg(orders.state, ',' ORDER BY orders.version), ']') AS orders
    FROM orders WHERE orders.account_id = accounts.account_id AND orders.status = 'open'
  ) AS working ON true`;

/** The columns of FillRow. */
export const fillColumns = fragment`
  fills.order_id, fills.part, fills.fill_id, fills.instrument AS fill_instrument, fills.side, fills.qty AS fill_qty,
  fills.liquidity, fills.price, fills.cash_usd AS fill_cash_usd, fills.fee_usd, fills.realized_usd AS fill_realized_usd,
  fills.levels, fills.filled_at, fills.book_sequence, fills.venue_proof, fills.venue_at,
  fills.closed_for, fills.in_news`;

type Absent<Row> = { readonly [Column in keyof Row]: null };
/** The order asked for, beside one of its fills. */
export type PriorRow = (OrderRow | Absent<OrderRow>) & (FillRow | Absent<FillRow>);

const prior = fragment`
  LEFT JOIN orders ON orders.account_id = accounts.account_id AND orders.order_id = $2::UUID
  LEFT JOIN fills ON fills.account_id = accounts.account_id AND fills.order_id = $2::UUID
  WHERE accounts.account_id = $1::UUID
  ORDER BY fills.part`;

/** $1 account, $2 order id or null. A row for each pair of an open position and a fill of the order, or one without. */
export const loadAccount = sql<AccountRow & PriorRow>('load_account')`
  SELECT ${accountColumns}, orders.ticket, orders.state, ${fillColumns}
  FROM accounts
  JOIN assessments ON assessments.assessment_id = accounts.assessment_id
  ${accountJoins}
  ${prior}`;

/** Loads an account whose assessment is known already: that never changes. */
export const loadKnownAccount = sql<Omit<AccountRow, keyof PinnedColumns> & PriorRow>('load_known_account')`
  SELECT ${standingColumns}, orders.ticket, orders.state, ${fillColumns}
  FROM accounts
  ${accountJoins}
  ${prior}`;

/** $1 the last account of the page before, $2 how many accounts. */
export const pageOpenAccounts = sql<AccountRow>('page_open_accounts')`
  SELECT ${accountColumns}
  FROM (
    SELECT * FROM accounts WHERE status = 'active' AND account_id > $1::UUID ORDER BY account_id LIMIT $2::INT8
  ) AS accounts
  JOIN assessments ON assessments.assessment_id = accounts.assessment_id
  ${accountJoins}
  ORDER BY accounts.account_id`;

/** $1 accounts, $2 instants, $3 equities, $4 balances. A second sample of the same instant replaces the first. */
export const recordEquity = sql<never>('record_equity')`
  INSERT INTO equity_points (account_id, at, equity_usd, balance_usd)
  SELECT point.account_id, point.at, point.equity_usd, point.balance_usd
  FROM unnest($1::UUID[], $2::TIMESTAMPTZ[], $3::INT8[], $4::INT8[])
    AS point (account_id, at, equity_usd, balance_usd)
  ON CONFLICT (account_id, at) DO UPDATE SET equity_usd = excluded.equity_usd, balance_usd = excluded.balance_usd`;
