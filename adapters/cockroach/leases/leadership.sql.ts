import { sql } from '../connection/statement';

/** $1 role, $2 owner, $3 now, $4 the last claim that has expired. No row where somebody else has the role. */
export const claimLeadership = sql<{ readonly role: string }>('claim_leadership')`
  INSERT INTO leaderships (role, owner, claimed_at)
  VALUES ($1::TEXT, $2::TEXT, $3::TIMESTAMPTZ)
  ON CONFLICT (role) DO UPDATE
  SET owner = excluded.owner, claimed_at = greatest(leaderships.claimed_at, excluded.claimed_at)
  WHERE leaderships.owner IS NULL OR leaderships.owner = excluded.owner
    OR leaderships.claimed_at <= $4::TIMESTAMPTZ
  RETURNING role`;

/** $1 role, $2 owner. */
export const resignLeadership = sql<never>('resign_leadership')`
  UPDATE leaderships SET owner = NULL WHERE role = $1::TEXT AND owner = $2::TEXT`;
