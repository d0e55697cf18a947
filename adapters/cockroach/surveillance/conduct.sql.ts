import type { Side } from '../../../domain/account/orders/order';
import type { AccountId, InstrumentId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Qty } from '../../../domain/kernel/money';
import { fragment, sql } from '../connection/statement';

/** Accounts that are open, or ended at $1 or later. */
const live = fragment`
  FROM assessments
  JOIN accounts ON accounts.account_id = assessments.account_id
  LEFT JOIN verdicts ON verdicts.account_id = assessments.account_id
  WHERE (accounts.status = 'active' OR verdicts.at >= $1::TIMESTAMPTZ)`;

/** $2 the last person of the page before, $3 how many. */
export const sharedTraders = sql<{ user_id: UserId }>('shared_traders')`
  SELECT assessments.user_id ${live} AND assessments.user_id > $2::UUID
  GROUP BY assessments.user_id HAVING count(*) > 1
  ORDER BY assessments.user_id LIMIT $3::INT8`;

export type MoveRow = {
  readonly user_id: UserId;
  readonly account_id: AccountId;
  readonly signal_after_ms: bigint | null;
  readonly instrument: InstrumentId;
  readonly qty: Qty;
  readonly at: Instant;
};

/**
 * Every fill of an account of `mine` and every position that was settled, with its effect on what is held. A payout that
 * was corrected later settled the position all the same, once.
 */
const moves = fragment`
  JOIN LATERAL (
    SELECT version, instrument, CASE WHEN side = 'buy' THEN qty ELSE -qty END AS qty, filled_at AS at
    FROM fills WHERE fills.account_id = mine.account_id
    UNION ALL
    SELECT min(version) AS version, instrument, -qty AS qty, min(settled_at) AS at
    FROM settlements WHERE settlements.account_id = mine.account_id GROUP BY instrument, opened_at, qty
  ) AS moves ON true`;

/** $2 people. What their accounts traded, oldest first. */
export const movesOfTraders = sql<MoveRow>('moves_of_traders')`
  SELECT mine.user_id, mine.account_id, mine.signal_after_ms, moves.instrument, moves.qty, moves.at
  FROM (
    SELECT assessments.user_id, assessments.account_id,
      (assessments.rules->'conduct'->>'hedgeSignalAfterMs')::INT8 AS signal_after_ms
    ${live} AND assessments.user_id = ANY ($2::UUID[])
  ) AS mine
  ${moves}
  ORDER BY mine.user_id, mine.account_id, moves.version`;

const withinMs = fragment`(assessments.rules->'conduct'->>'reverseSignalWithinMs')::INT8`;

/** $2 the signal asked for, $3 the last account of the page before, $4 how many. Each fill, or payout, moves `changed_at`. */
export const watchedAccounts = sql<{ account_id: AccountId }>('watched_accounts')`
  SELECT accounts.account_id FROM accounts
  JOIN assessments ON assessments.account_id = accounts.account_id
  WHERE accounts.account_id > $3::UUID AND accounts.changed_at >= $1::TIMESTAMPTZ
    AND assessments.rules->'conduct'->>$2::TEXT IS NOT NULL
  ORDER BY accounts.account_id LIMIT $4::INT8`;

export type RecentMoveRow = {
  readonly user_id: UserId;
  readonly account_id: AccountId;
  readonly within_ms: bigint;
  readonly instrument: InstrumentId;
  readonly qty: Qty;
  readonly at: Instant;
};

/** $2 accounts. What came before $1 is summed up to what it left; versions count from 1, so it stands first. */
export const movesSince = sql<RecentMoveRow>('moves_since')`
  SELECT user_id, account_id, within_ms, instrument, qty, at
  FROM (
    SELECT mine.user_id, mine.account_id, mine.within_ms, moves.instrument,
      CASE WHEN moves.at < $1::TIMESTAMPTZ THEN 0 ELSE moves.version END AS place,
      sum(moves.qty)::INT8 AS qty, max(moves.at) AS at
    FROM (
      SELECT user_id, account_id, ${withinMs} AS within_ms
      FROM assessments WHERE account_id = ANY ($2::UUID[])
    ) AS mine
    ${moves}
    GROUP BY mine.user_id, mine.account_id, mine.within_ms, moves.instrument,
      CASE WHEN moves.at < $1::TIMESTAMPTZ THEN 0 ELSE moves.version END
  ) AS summed
  WHERE qty <> 0
  ORDER BY account_id, place, instrument`;

export type FirstFillRow = {
  readonly user_id: UserId;
  readonly account_id: AccountId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly at: Instant;
  readonly within_ms: bigint;
  readonly times: bigint;
};

/** $2 accounts. By their keys: an index of all fills by time would cost every order a tenth of its speed. */
export const firstFills = sql<FirstFillRow>('first_fills')`
  SELECT assessments.user_id, fills.account_id, fills.instrument, fills.side, fills.filled_at AS at,
    (assessments.rules->'conduct'->'copySignal'->>'withinMs')::INT8 AS within_ms,
    (assessments.rules->'conduct'->'copySignal'->>'times')::INT8 AS times
  FROM fills
  JOIN assessments ON assessments.account_id = fills.account_id
  WHERE fills.account_id = ANY ($2::UUID[]) AND fills.filled_at >= $1::TIMESTAMPTZ AND fills.part = 1
  ORDER BY fills.account_id, fills.version`;
