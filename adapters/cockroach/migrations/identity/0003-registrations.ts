/**
 * Registrations that nobody has confirmed yet: as many of one address as there were, each with its own password and its
 * own link, so that none can take another's place. The first that is confirmed becomes the user.
 */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS registrations (
    registration_id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    token_hash TEXT UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS registrations_of_address ON registrations (email_key, created_at)',
  'CREATE INDEX IF NOT EXISTS registrations_by_expiry ON registrations (expires_at)',
];
