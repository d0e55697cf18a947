import type { Side } from '../../../domain/account/order';
import type { AccountId, InstrumentId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Qty } from '../../../domain/kernel/money';
import { fragment, sql } from '../statement';

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
  readonly side: Side;
  readonly qty: Qty;
  readonly filled_at: Instant;
  readonly is_held: boolean;
};

/** $2 people. Every fill of their accounts, oldest first, and whether its instrument is still held. */
export const movesOfTraders = sql<MoveRow>('moves_of_traders')`
  SELECT mine.user_id, mine.account_id, mine.signal_after_ms, fills.instrument, fills.side, fills.qty, fills.filled_at,
    COALESCE(positions.qty, 0) <> 0 AS is_held
  FROM (
    SELECT assessments.user_id, assessments.account_id,
      (assessments.rules->'conduct'->>'hedgeSignalAfterMs')::INT8 AS signal_after_ms
    ${live} AND assessments.user_id = ANY ($2::UUID[])
  ) AS mine
  JOIN fills ON fills.account_id = mine.account_id
  LEFT JOIN positions ON positions.account_id = fills.account_id AND positions.instrument = fills.instrument
  ORDER BY mine.user_id, mine.account_id, fills.version`;
