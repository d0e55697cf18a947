/** How assessments ended, with the bytes that prove it, and the reports about them. */
export const statements: readonly string[] = [
  // The account is the key: there is one verdict, and it is final.
  `CREATE TABLE IF NOT EXISTS verdicts (
    account_id UUID PRIMARY KEY REFERENCES accounts (account_id),
    outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'failed')),
    at TIMESTAMPTZ NOT NULL,
    equity_usd INT8 NOT NULL,
    evidence TEXT NOT NULL,
    evidence_hash TEXT NOT NULL CHECK (length(evidence_hash) = 64)
  )`,
  // A limit in dollars and a share have a limit and what was used of it, a deadline the instant that it fell on.
  `CREATE TABLE IF NOT EXISTS violations (
    violation_id UUID PRIMARY KEY,
    account_id UUID NOT NULL UNIQUE REFERENCES accounts (account_id),
    rule TEXT NOT NULL,
    limit_usd INT8,
    used_usd INT8,
    due_at TIMESTAMPTZ,
    CHECK (used_usd >= limit_usd),
    CHECK ((limit_usd IS NULL) = (used_usd IS NULL) AND (limit_usd IS NULL) = (due_at IS NOT NULL))
  )`,
  `CREATE TABLE IF NOT EXISTS reports (
    report_id UUID PRIMARY KEY,
    assessment_id UUID NOT NULL REFERENCES assessments (assessment_id),
    account_id UUID NOT NULL,
    user_id UUID NOT NULL,
    title TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
  )`,
  'CREATE INDEX IF NOT EXISTS reports_of_user ON reports (user_id, created_at)',
  'CREATE INDEX IF NOT EXISTS reports_of_assessment ON reports (assessment_id, created_at)',
  `CREATE TABLE IF NOT EXISTS report_documents (
    report_id UUID NOT NULL REFERENCES reports (report_id),
    format TEXT NOT NULL CHECK (format IN ('html', 'pdf')),
    body BYTEA NOT NULL,
    PRIMARY KEY (report_id, format)
  )`,
];
