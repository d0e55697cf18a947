/** What the risk desk works with: signals about conduct and verdicts, and news around which nobody takes new risk. */
export const statements: readonly string[] = [
  // `subject` names what the signal is about, so that finding the same again is the same row.
  `CREATE TABLE IF NOT EXISTS risk_signals (
    signal_id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id UUID NOT NULL,
    began_at TIMESTAMPTZ NOT NULL,
    seen_until TIMESTAMPTZ NOT NULL,
    legs JSONB NOT NULL,
    detected_at TIMESTAMPTZ NOT NULL,
    verdict JSONB,
    copied JSONB,
    payment JSONB,
    UNIQUE (kind, subject)
  )`,
  'CREATE INDEX IF NOT EXISTS risk_signals_by_time ON risk_signals (detected_at, signal_id)',
  // Only ever appended to: of several on one signal the one with the highest ordinal counts.
  `CREATE TABLE IF NOT EXISTS risk_decisions (
    decision_id UUID PRIMARY KEY,
    signal_id UUID NOT NULL REFERENCES risk_signals (signal_id),
    ordinal INT4 NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('dismissed', 'confirmed')),
    reason TEXT NOT NULL CHECK (reason <> ''),
    decided_by UUID NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS risk_decisions_of_signal ON risk_decisions (signal_id, ordinal)',
  // `instruments` is null where it is about all of them.
  `CREATE TABLE IF NOT EXISTS blackouts (
    blackout_id UUID PRIMARY KEY,
    instruments TEXT[],
    title TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS blackouts_by_time ON blackouts (at)',
];
