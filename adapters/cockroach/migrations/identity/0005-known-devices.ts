/** Browsers in which a user has signed in before, by the hash of the cookie that they were given then. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS known_devices (
    user_id UUID NOT NULL REFERENCES users (user_id),
    token_hash TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, token_hash)
  )`,
  'CREATE INDEX IF NOT EXISTS known_devices_by_expiry ON known_devices (expires_at)',
];
