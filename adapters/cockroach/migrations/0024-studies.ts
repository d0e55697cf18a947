/** Simulations that were asked for. What is large stands apart, so that progress is written beside it. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS studies (
    study_id UUID PRIMARY KEY,
    user_id UUID NOT NULL,
    assessment_id UUID,
    tier_id UUID,
    scope TEXT NOT NULL,
    tier_name TEXT NOT NULL,
    trades TEXT NOT NULL,
    asked_hash TEXT NOT NULL,
    digest TEXT NOT NULL,
    status TEXT NOT NULL,
    failure TEXT,
    done INT4 NOT NULL DEFAULT 0,
    total INT4 NOT NULL,
    passed_low INT8,
    passed_share INT8,
    passed_high INT8,
    requested_at TIMESTAMPTZ NOT NULL,
    started_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    epoch INT4 NOT NULL DEFAULT 0,
    claimed_until TIMESTAMPTZ,
    correlation_id TEXT NOT NULL,
    traceparent TEXT
  )`,
  'CREATE INDEX IF NOT EXISTS studies_of_user ON studies (user_id, requested_at)',
  // The few that are not over: what plays them asks every second.
  'CREATE INDEX IF NOT EXISTS studies_open ON studies (requested_at, study_id) WHERE ended_at IS NULL',
  // The sweep deletes what is old.
  'CREATE INDEX IF NOT EXISTS studies_by_time ON studies (requested_at)',
  `CREATE TABLE IF NOT EXISTS study_inputs (
    study_id UUID PRIMARY KEY,
    study TEXT NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS study_runs (
    study_id UUID NOT NULL,
    name TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (study_id, name)
  )`,
  `CREATE TABLE IF NOT EXISTS study_odds (
    study_id UUID PRIMARY KEY,
    odds TEXT NOT NULL
  )`,
  // One row: until when what plays studies answers for Ray.
  `CREATE TABLE IF NOT EXISTS simulation_readiness (
    name TEXT PRIMARY KEY,
    ready_until TIMESTAMPTZ NOT NULL
  )`,
];
