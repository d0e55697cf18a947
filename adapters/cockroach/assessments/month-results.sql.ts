import type { BoardChoice } from '../../../domain/identity/public-name';
import type { UserId } from '../../../domain/kernel/ids';
import type { Usd } from '../../../domain/kernel/money';
import { sql } from '../connection/statement';

export type MonthResultRow = {
  readonly user_id: UserId;
  readonly display_name: string;
  readonly board_choice: BoardChoice;
  readonly tier: string;
  readonly phase: number;
  readonly phases: number;
  readonly attempt: number;
  readonly status: 'active' | 'passed' | 'failed';
  readonly is_held: boolean;
  readonly starting_usd: Usd;
  readonly closed_usd: Usd;
  readonly loss_before_usd: Usd;
  readonly loss_after_usd: Usd;
  readonly trades_closed: bigint;
};

/**
 * $1 users, $2 the month's first instant, $3 the next month's. One row for each of their assessments that traded in it.
 * A fill or a settlement changes the balance by what it does to cash and to the cost of positions, both in its posting.
 * A trade is closed where the position goes back to flat or through it. What a position has lost is that of the last
 * point of the curve since the position last changed: an earlier one tells of another position. Who failed later than
 * the month did not fail in it.
 */
export const monthResults = sql<MonthResultRow>('month_results')`
  WITH theirs AS (
    SELECT assessments.account_id, assessments.user_id, assessments.tier_id, assessments.phase, assessments.phases,
      assessments.attempt, assessments.course_id, assessments.purchase_id, accounts.status
    FROM assessments JOIN accounts ON accounts.account_id = assessments.account_id
    WHERE assessments.user_id = ANY ($1::UUID[]) AND accounts.changed_at >= $2::TIMESTAMPTZ
  ), moved AS (
    SELECT fills.account_id, fills.version, fills.instrument, fills.filled_at AS at,
      CASE WHEN fills.side = 'buy' THEN fills.qty ELSE -fills.qty END AS moved_qty
    FROM theirs JOIN fills ON fills.account_id = theirs.account_id
    WHERE fills.filled_at < $3::TIMESTAMPTZ
    UNION ALL
    SELECT settlements.account_id, settlements.version, settlements.instrument, settlements.settled_at,
      CASE WHEN settlements.corrects THEN 0 ELSE -settlements.qty END
    FROM theirs JOIN settlements ON settlements.account_id = theirs.account_id
    WHERE settlements.settled_at < $3::TIMESTAMPTZ
  ), held AS (
    SELECT account_id, version, at, moved_qty,
      sum(moved_qty) OVER (PARTITION BY account_id, instrument ORDER BY version) AS held_qty
    FROM moved
  ), summed AS (
    SELECT held.account_id,
      max(held.at) AS last_at,
      max(held.at) FILTER (WHERE held.at < $2::TIMESTAMPTZ) AS last_before,
      sum(ledger_postings.cash_usd + ledger_postings.inventory_usd) FILTER (WHERE held.at >= $2::TIMESTAMPTZ)
        AS closed_usd,
      count(*) FILTER (WHERE held.at >= $2::TIMESTAMPTZ AND (
        (held.held_qty - held.moved_qty > 0 AND held.held_qty <= 0)
        OR (held.held_qty - held.moved_qty < 0 AND held.held_qty >= 0))) AS trades_closed
    FROM held
    JOIN ledger_postings ON ledger_postings.account_id = held.account_id AND ledger_postings.version = held.version
    GROUP BY held.account_id
    HAVING max(held.at) >= $2::TIMESTAMPTZ
  )
  SELECT theirs.user_id, users.display_name, users.board_choice, tiers.slug AS tier, theirs.phase, theirs.phases,
    theirs.attempt,
    CASE WHEN theirs.status = 'failed' AND verdicts.at >= $3::TIMESTAMPTZ THEN 'active' ELSE theirs.status END AS status,
    EXISTS (
      SELECT 1 FROM purchases
      WHERE purchases.purchase_id IN (theirs.course_id, theirs.purchase_id) AND purchases.hold IS NOT NULL) AS is_held,
    funded.cash_usd AS starting_usd,
    summed.closed_usd::INT8 AS closed_usd,
    coalesce((
      SELECT least(equity_points.equity_usd - equity_points.balance_usd, 0) FROM equity_points
      WHERE equity_points.account_id = theirs.account_id AND equity_points.at < $2::TIMESTAMPTZ
        AND equity_points.at >= summed.last_before
      ORDER BY equity_points.at DESC LIMIT 1), 0)::INT8 AS loss_before_usd,
    coalesce((
      SELECT least(equity_points.equity_usd - equity_points.balance_usd, 0) FROM equity_points
      WHERE equity_points.account_id = theirs.account_id AND equity_points.at < $3::TIMESTAMPTZ
        AND equity_points.at >= summed.last_at
      ORDER BY equity_points.at DESC LIMIT 1), 0)::INT8 AS loss_after_usd,
    summed.trades_closed
  FROM summed
  JOIN theirs ON theirs.account_id = summed.account_id
  JOIN users ON users.user_id = theirs.user_id
  JOIN tiers ON tiers.tier_id = theirs.tier_id
  JOIN ledger_postings AS funded ON funded.account_id = theirs.account_id AND funded.version = 1
  LEFT JOIN verdicts ON verdicts.account_id = theirs.account_id
  ORDER BY theirs.user_id, theirs.account_id`;

/** $1 accounts. */
export const peopleOfAccounts = sql<{ user_id: UserId }>('people_of_accounts')`
  SELECT DISTINCT user_id FROM assessments WHERE account_id = ANY ($1::UUID[]) ORDER BY user_id`;

/** $1 since, $2 whether also those who hold something, $3 the last user of the page before, $4 how many. */
export const changedPeople = sql<{ user_id: UserId }>('changed_people')`
  SELECT user_id FROM (
    SELECT assessments.user_id
    FROM accounts JOIN assessments ON assessments.account_id = accounts.account_id
    WHERE accounts.changed_at >= $1::TIMESTAMPTZ
    UNION
    SELECT users.user_id FROM users WHERE users.board_chosen_at >= $1::TIMESTAMPTZ
    UNION
    SELECT assessments.user_id
    FROM positions JOIN assessments ON assessments.account_id = positions.account_id
    WHERE $2::BOOL AND positions.qty <> 0
  ) AS changed
  WHERE user_id > $3::UUID
  ORDER BY user_id
  LIMIT $4::INT8`;
