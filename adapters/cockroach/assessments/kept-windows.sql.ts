import type { AccountId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import { sql } from '../connection/statement';

type OwedRow = {
  readonly account_id: AccountId;
  readonly verdict_id: string;
  readonly at: Instant;
  readonly evidence: string;
};

/** $1 since when, $2 how many. */
export const owedWindows = sql<OwedRow>('owed_windows')`
  SELECT verdicts.account_id, coalesce(violations.violation_id, assessments.assessment_id) AS verdict_id, verdicts.at,
    verdicts.evidence
  FROM verdicts
  JOIN assessments ON assessments.account_id = verdicts.account_id
  LEFT JOIN violations ON violations.account_id = verdicts.account_id
  LEFT JOIN kept_windows ON kept_windows.account_id = verdicts.account_id
  WHERE verdicts.at >= $1::TIMESTAMPTZ AND kept_windows.account_id IS NULL
  ORDER BY verdicts.at LIMIT $2::INT8`;

/** $1 account, $2 the verdict's id, $3 when, $4 the hash. A window that is kept stays as it was kept first. */
export const windowKept = sql<never>('window_kept')`
  INSERT INTO kept_windows (account_id, verdict_id, kept_at, manifest_sha256)
  VALUES ($1::UUID, $2::UUID, $3::TIMESTAMPTZ, $4::TEXT)
  ON CONFLICT (account_id) DO NOTHING`;
