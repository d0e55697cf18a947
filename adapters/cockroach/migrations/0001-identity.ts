/**
 * Users, the links that were mailed to them, their sessions and the refresh tokens of each. Tokens are kept as hashes.
 */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS users (
    user_id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE CHECK (email_key = lower(email)),
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    roles TEXT[] NOT NULL,
    verified_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS mail_tokens (
    user_id UUID NOT NULL REFERENCES users (user_id),
    kind TEXT NOT NULL CHECK (kind IN ('verify-email', 'reset-password')),
    token_hash TEXT NOT NULL UNIQUE,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, kind)
  )`,
  'CREATE INDEX IF NOT EXISTS mail_tokens_by_expiry ON mail_tokens (expires_at)',
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
