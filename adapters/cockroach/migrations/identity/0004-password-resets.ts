/** Links that set a new password. Several may be good at once: a later mail does not spoil an earlier one. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS password_resets (
    token_hash TEXT PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (user_id),
    expires_at TIMESTAMPTZ NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS password_resets_of_user ON password_resets (user_id)',
  'CREATE INDEX IF NOT EXISTS password_resets_by_expiry ON password_resets (expires_at)',
];
