import { sql } from '../connection/statement';

/** $1 owner, $2 the last claim that has expired. */
export const othersLeases = sql<{ readonly place: string; readonly owner: string }>('others_market_leases')`
  SELECT place, owner FROM market_leases WHERE owner <> $1::TEXT AND claimed_at > $2::TIMESTAMPTZ`;

/** $1 places, $2 owner, $3 now, $4 the last claim that has expired. No row of what somebody else has. */
export const claimLeases = sql<{ readonly place: string }>('claim_market_leases')`
  INSERT INTO market_leases (place, owner, claimed_at)
  SELECT place, $2::TEXT, $3::TIMESTAMPTZ FROM unnest($1::TEXT[]) AS wanted (place)
  ON CONFLICT (place) DO UPDATE
  SET owner = excluded.owner, claimed_at = greatest(market_leases.claimed_at, excluded.claimed_at)
  WHERE market_leases.owner = excluded.owner OR market_leases.claimed_at <= $4::TIMESTAMPTZ
  RETURNING place`;

/** $1 owner, $2 place. */
export const releaseMarketLease = sql<never>('release_market_lease')`
  DELETE FROM market_leases WHERE owner = $1::TEXT AND place = $2::TEXT`;

/** $1 owner, $2 what was claimed before this is of nobody any more. */
export const leaveMarketLeases = sql<never>('leave_market_leases')`
  DELETE FROM market_leases WHERE owner = $1::TEXT OR claimed_at < $2::TIMESTAMPTZ`;
