import type { Instant } from '../../../domain/kernel/instant';
import { sql } from '../connection/statement';

type LeaseRow = { readonly epoch: number; readonly seen_until: Instant | null };

/** $1 shard, $2 owner, $3 now, $4 the last renewal that has expired. No row where somebody holds the shard. */
export const acquireLease = sql<LeaseRow>('acquire_lease')`
  INSERT INTO engine_leases (shard, epoch, owner, renewed_at)
  VALUES ($1::INT4, 1, $2::TEXT, $3::TIMESTAMPTZ)
  ON CONFLICT (shard) DO UPDATE
  SET epoch = engine_leases.epoch + 1, owner = excluded.owner, renewed_at = excluded.renewed_at
  WHERE engine_leases.owner IS NULL OR engine_leases.renewed_at <= $4::TIMESTAMPTZ
  RETURNING epoch, seen_until`;

/** $1 shard, $2 epoch, $3 owner, $4 now, $5 until when all has been judged; neither instant ever falls. */
export const renewLease = sql<never>('renew_lease')`
  UPDATE engine_leases
  SET renewed_at = greatest(renewed_at, $4::TIMESTAMPTZ), seen_until = greatest(seen_until, $5::TIMESTAMPTZ)
  WHERE shard = $1::INT4 AND epoch = $2::INT4 AND owner = $3::TEXT`;

/** $1 shard, $2 epoch, $3 owner. */
export const releaseLease = sql<never>('release_lease')`
  UPDATE engine_leases SET owner = NULL WHERE shard = $1::INT4 AND epoch = $2::INT4 AND owner = $3::TEXT`;
