import type { AssessmentId, StudyId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import { sql } from '../connection/statement';

export type ClaimedRow = {
  readonly study_id: StudyId;
  readonly epoch: number;
  readonly user_id: UserId;
  readonly assessment_id: AssessmentId | null;
  readonly scope: 'everything' | 'size' | 'firm';
  readonly requested_at: Instant;
  readonly started_at: Instant;
  readonly done: number;
  readonly total: number;
  readonly correlation_id: string;
  readonly traceparent: string | null;
};

/** $1 now, $2 until when the claim is good, $3 how many. Of two at once one is tried again, and finds less. */
export const claimStudies = sql<ClaimedRow>('claim_studies')`
  WITH due AS (
    SELECT study_id FROM studies
    WHERE ended_at IS NULL AND (claimed_until IS NULL OR claimed_until <= $1::TIMESTAMPTZ)
    ORDER BY requested_at, study_id
    LIMIT $3::INT8
  )
  UPDATE studies
  SET status = 'running', epoch = studies.epoch + 1, claimed_until = $2::TIMESTAMPTZ,
    started_at = COALESCE(studies.started_at, $1::TIMESTAMPTZ)
  FROM due
  WHERE studies.study_id = due.study_id AND studies.ended_at IS NULL
    AND (studies.claimed_until IS NULL OR studies.claimed_until <= $1::TIMESTAMPTZ)
  RETURNING studies.study_id, studies.epoch, studies.user_id, studies.assessment_id, studies.scope,
    studies.requested_at, studies.started_at, studies.done, studies.total, studies.correlation_id, studies.traceparent`;

export const inputOfStudy = sql<{ study: string }>('input_of_study')`
  SELECT study FROM study_inputs WHERE study_id = $1::UUID`;

export const runsOfStudy = sql<{ name: string; result: string }>('runs_of_study')`
  SELECT name, result FROM study_runs WHERE study_id = $1::UUID`;

/** $1 study, $2 epoch, $3 until when the claim is good. */
export const keepStudy = sql<never>('keep_study')`
  UPDATE studies SET claimed_until = $3::TIMESTAMPTZ
  WHERE study_id = $1::UUID AND epoch = $2::INT4 AND ended_at IS NULL`;

/** $1 study, $2 epoch, $3 name, $4 result. It writes the study too, so that whoever claims that goes first or waits. */
export const saveStudyRun = sql<{ study_id: StudyId }>('save_study_run')`
  WITH held AS (
    UPDATE studies SET epoch = studies.epoch
    WHERE study_id = $1::UUID AND epoch = $2::INT4 AND ended_at IS NULL
    RETURNING study_id
  ), saved AS (
    INSERT INTO study_runs (study_id, name, result)
    SELECT held.study_id, $3::TEXT, $4::TEXT FROM held
    ON CONFLICT (study_id, name) DO NOTHING
  )
  SELECT held.study_id FROM held`;

/** $1 study, $2 epoch, $3 done, $4 of how many, $5–$9 the event. */
export const tellStudyProgress = sql<{ study_id: StudyId }>('tell_study_progress')`
  WITH held AS (
    UPDATE studies SET done = $3::INT4, total = $4::INT4
    WHERE study_id = $1::UUID AND epoch = $2::INT4 AND ended_at IS NULL
    RETURNING study_id
  ), told AS (
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
    SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
    FROM held, unnest($5::INT2[], $6::UUID[], $7::TEXT[], $8::TEXT[], $9::TEXT[]) WITH ORDINALITY
      AS event (shard, event_id, topic, key, body, ordinal)
  )
  SELECT held.study_id FROM held`;

/** $1 study, $2 epoch, $3 status, $4 failure, $5 when, $6–$8 chance of passing, $9 odds, $10–$14 the event. */
export const endStudy = sql<{ study_id: StudyId }>('end_study')`
  WITH ended AS (
    UPDATE studies SET status = $3::TEXT, failure = $4::TEXT, ended_at = $5::TIMESTAMPTZ, claimed_until = NULL,
      passed_low = $6::INT8, passed_share = $7::INT8, passed_high = $8::INT8,
      done = CASE WHEN $3::TEXT = 'completed' THEN studies.total ELSE studies.done END
    WHERE study_id = $1::UUID AND epoch = $2::INT4 AND ended_at IS NULL
    RETURNING study_id
  ), answered AS (
    INSERT INTO study_odds (study_id, odds)
    SELECT ended.study_id, $9::TEXT FROM ended WHERE $9::TEXT IS NOT NULL
  ), forgotten AS (
    DELETE FROM study_runs WHERE study_id IN (SELECT ended.study_id FROM ended)
  ), told AS (
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
    SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
    FROM ended, unnest($10::INT2[], $11::UUID[], $12::TEXT[], $13::TEXT[], $14::TEXT[]) WITH ORDINALITY
      AS event (shard, event_id, topic, key, body, ordinal)
  )
  SELECT ended.study_id FROM ended`;

/** $1 study, $2 epoch. */
export const releaseStudy = sql<never>('release_study')`
  UPDATE studies SET claimed_until = NULL WHERE study_id = $1::UUID AND epoch = $2::INT4 AND ended_at IS NULL`;

/** $1 until when. */
export const tellSimulationsReady = sql<never>('tell_simulations_ready')`
  INSERT INTO simulation_readiness (name, ready_until) VALUES ('ray', $1::TIMESTAMPTZ)
  ON CONFLICT (name) DO UPDATE
  SET ready_until = greatest(simulation_readiness.ready_until, excluded.ready_until)`;

/** $1 now. */
export const waitingStudies = sql<{ open: number; oldest_at: Instant | null }>('waiting_studies')`
  SELECT count(*)::INT4 AS open,
    min(CASE WHEN claimed_until IS NULL OR claimed_until <= $1::TIMESTAMPTZ THEN requested_at END) AS oldest_at
  FROM studies WHERE ended_at IS NULL`;
