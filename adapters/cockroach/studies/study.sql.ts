import type { AssessmentId, StudyId, TierId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { StudyFailure, StudyStatus, StudyTrades } from '../../../usecases/ports/simulation/study-store';
import { fragment, sql } from '../connection/statement';

export type StudyRow = {
  readonly study_id: StudyId;
  readonly user_id: UserId;
  readonly assessment_id: AssessmentId | null;
  readonly tier_id: TierId | null;
  readonly scope: 'everything' | 'size' | 'firm';
  readonly tier_name: string;
  readonly trades: StudyTrades;
  readonly asked_hash: string;
  readonly status: StudyStatus;
  readonly failure: StudyFailure | null;
  readonly done: number;
  readonly total: number;
  readonly passed_low: bigint | null;
  readonly passed_share: bigint | null;
  readonly passed_high: bigint | null;
  readonly requested_at: Instant;
  readonly ended_at: Instant | null;
};

const study = fragment`
  SELECT study_id, user_id, assessment_id, tier_id, scope, tier_name, trades, asked_hash, status, failure, done, total,
    passed_low, passed_share, passed_high, requested_at, ended_at
  FROM studies`;

export const findStudy = sql<StudyRow>('find_study')`${study} WHERE study_id = $1::UUID`;

/** $1 user, $2 digest, $3 asked for since. */
export const findSameStudy = sql<StudyRow>('find_same_study')`
  ${study}
  WHERE user_id = $1::UUID AND digest = $2::TEXT AND requested_at >= $3::TIMESTAMPTZ
    AND status NOT IN ('failed', 'cancelled')
  ORDER BY requested_at DESC, study_id DESC
  LIMIT 1`;

/** $1 user, $2 assessment or null, $3 how many. */
export const studiesOfUser = sql<StudyRow>('studies_of_user')`
  ${study}
  WHERE user_id = $1::UUID AND ($2::UUID IS NULL OR assessment_id = $2::UUID)
  ORDER BY requested_at DESC, study_id DESC
  LIMIT $3::INT8`;

/** $1 user, $2 since. */
export const useOfStudies = sql<{ is_open: boolean; is_counted: boolean; requested_at: Instant }>('use_of_studies')`
  SELECT ended_at IS NULL AS is_open, requested_at >= $2::TIMESTAMPTZ AND status <> 'failed' AS is_counted, requested_at
  FROM studies
  WHERE user_id = $1::UUID AND (requested_at >= $2::TIMESTAMPTZ OR ended_at IS NULL)
  ORDER BY requested_at`;

/**
 * $1–$12 the study, $13 its input, $14–$18 its event, $19 how many may be open, $20 how many may be asked for $21 since
 * when, $22 since when the same answers in its place. No row: there is one of this id, the same one, or as many as may
 * be. Of two at the same time one is tried again, and counts both.
 */
export const requestStudy = sql<{ study_id: StudyId }>('request_study')`
  WITH requested AS (
    INSERT INTO studies (study_id, user_id, assessment_id, tier_id, scope, tier_name, trades, asked_hash, digest, total,
      requested_at, correlation_id, traceparent, status)
    SELECT $1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::TEXT, $6::TEXT, $7::TEXT, $8::TEXT, $9::TEXT, $10::INT4,
      $11::TIMESTAMPTZ, $12::TEXT, $23::TEXT, 'requested'
    WHERE $19::INT8 > (
        SELECT count(*) FROM studies AS waiting WHERE waiting.user_id = $2::UUID AND waiting.ended_at IS NULL)
      AND $20::INT8 > (
        SELECT count(*) FROM studies AS asked
        WHERE asked.user_id = $2::UUID AND asked.requested_at >= $21::TIMESTAMPTZ AND asked.status <> 'failed')
      AND NOT EXISTS (
        SELECT 1 FROM studies AS same
        WHERE same.user_id = $2::UUID AND same.digest = $9::TEXT AND same.requested_at >= $22::TIMESTAMPTZ
          AND same.status NOT IN ('failed', 'cancelled'))
    ON CONFLICT (study_id) DO NOTHING
    RETURNING study_id
  ), kept AS (
    INSERT INTO study_inputs (study_id, study) SELECT requested.study_id, $13::TEXT FROM requested
  ), told AS (
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
    SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
    FROM requested, unnest($14::INT2[], $15::UUID[], $16::TEXT[], $17::TEXT[], $18::TEXT[]) WITH ORDINALITY
      AS event (shard, event_id, topic, key, body, ordinal)
  )
  SELECT requested.study_id FROM requested`;

/** $1 study, $2 when, $3–$7 its event. */
export const cancelStudy = sql<{ study_id: StudyId }>('cancel_study')`
  WITH ended AS (
    UPDATE studies SET status = 'cancelled', ended_at = $2::TIMESTAMPTZ, claimed_until = NULL
    WHERE study_id = $1::UUID AND ended_at IS NULL
    RETURNING study_id
  ), forgotten AS (
    DELETE FROM study_runs WHERE study_id IN (SELECT ended.study_id FROM ended)
  ), told AS (
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
    SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
    FROM ended, unnest($3::INT2[], $4::UUID[], $5::TEXT[], $6::TEXT[], $7::TEXT[]) WITH ORDINALITY
      AS event (shard, event_id, topic, key, body, ordinal)
  )
  SELECT ended.study_id FROM ended`;

export const oddsOfStudy = sql<{ odds: string }>('odds_of_study')`
  SELECT odds FROM study_odds WHERE study_id = $1::UUID`;

export const readySimulations = sql<{ ready_until: Instant }>('ready_simulations')`
  SELECT ready_until FROM simulation_readiness WHERE name = 'ray'`;

/** $1 asked for before, $2 how many. What is large of them goes with them. */
export const pruneStudies = sql<never>('prune_studies')`
  WITH old AS (
    DELETE FROM studies
    WHERE study_id IN (
      SELECT study_id FROM studies WHERE requested_at < $1::TIMESTAMPTZ AND ended_at IS NOT NULL LIMIT $2::INT8
    )
    RETURNING study_id
  ), inputs AS (
    DELETE FROM study_inputs WHERE study_id IN (SELECT old.study_id FROM old)
  ), answers AS (
    DELETE FROM study_odds WHERE study_id IN (SELECT old.study_id FROM old)
  )
  SELECT old.study_id FROM old`;
