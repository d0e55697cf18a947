import type { Side } from '../../../domain/account/orders/order';
import type { InstrumentId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import { sql } from '../connection/statement';

export type PastTakingRow = {
  readonly user_id: UserId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly levels: string;
  readonly filled_at: Instant;
};

/**
 * What takers filled since $1, $2 at most, the latest. By the accounts that changed since: it is asked for only once
 * Redis has lost what was taken, and an index of all fills by time would cost every order a tenth of its speed.
 */
export const pastTakings = sql<PastTakingRow>('past_takings')`
  SELECT assessments.user_id, fills.instrument, fills.side, fills.levels, fills.filled_at
  FROM accounts
  JOIN assessments ON assessments.account_id = accounts.account_id
  JOIN fills ON fills.account_id = accounts.account_id
  WHERE accounts.changed_at >= $1::TIMESTAMPTZ AND fills.filled_at >= $1::TIMESTAMPTZ AND fills.liquidity = 'taker'
  ORDER BY fills.filled_at DESC
  LIMIT $2::INT8`;
