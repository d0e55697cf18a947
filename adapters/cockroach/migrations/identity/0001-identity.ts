/** Users, their sessions and the refresh tokens of each. Tokens are kept as hashes. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS users (
    user_id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    roles TEXT[] NOT NULL,
    verified_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS sessions (
    session_id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (user_id),
    generation INT4 NOT NULL CHECK (generation > 0),
    user_agent TEXT NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    rotated_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
  )`,
  'CREATE INDEX IF NOT EXISTS sessions_of_user ON sessions (user_id) WHERE ended_at IS NULL',
  'CREATE INDEX IF NOT EXISTS sessions_by_expiry ON sessions (expires_at)',
  // Every token that a session ever had, so that an old one is known when it comes back.
  `CREATE TABLE IF NOT EXISTS refresh_tokens (
    token_hash TEXT PRIMARY KEY,
    session_id UUID NOT NULL REFERENCES sessions (session_id),
    generation INT4 NOT NULL,
    UNIQUE (session_id, generation)
  )`,
];
