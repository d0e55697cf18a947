/** Around which verdicts ticks and frames are kept for ever, with the hash of the list of what was kept. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS kept_windows (
    account_id UUID PRIMARY KEY REFERENCES accounts (account_id),
    verdict_id UUID NOT NULL,
    kept_at TIMESTAMPTZ NOT NULL,
    manifest_sha256 TEXT NOT NULL CHECK (length(manifest_sha256) = 64)
  )`,
  // What is owed is looked for every few seconds, among the verdicts of as many days as the archive has.
  'CREATE INDEX IF NOT EXISTS verdicts_by_time ON verdicts (at)',
];
