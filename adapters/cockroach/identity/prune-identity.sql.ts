import { sql } from '../connection/statement';

/** $1 expired before, $2 how many. */
export const pruneRegistrations = sql<never>('prune_registrations')`
  DELETE FROM registrations
  WHERE registration_id IN (
    SELECT registration_id FROM registrations WHERE expires_at < $1::TIMESTAMPTZ LIMIT $2::INT8
  )`;

/** $1 expired before, $2 how many. */
export const prunePasswordResets = sql<never>('prune_password_resets')`
  DELETE FROM password_resets
  WHERE token_hash IN (
    SELECT token_hash FROM password_resets WHERE expires_at < $1::TIMESTAMPTZ LIMIT $2::INT8
  )`;

/** $1 expired before, $2 how many. */
export const pruneKnownDevices = sql<never>('prune_known_devices')`
  DELETE FROM known_devices
  WHERE (user_id, token_hash) IN (
    SELECT user_id, token_hash FROM known_devices WHERE expires_at < $1::TIMESTAMPTZ LIMIT $2::INT8
  )`;

/** $1 expired before, $2 how many. Tokens go before their session, which they refer to. */
export const pruneRefreshTokens = sql<never>('prune_refresh_tokens')`
  DELETE FROM refresh_tokens
  WHERE token_hash IN (
    SELECT refresh_tokens.token_hash
    FROM sessions JOIN refresh_tokens ON refresh_tokens.session_id = sessions.session_id
    WHERE sessions.expires_at < $1::TIMESTAMPTZ
    LIMIT $2::INT8
  )`;

/** $1 expired before, $2 how many. */
export const pruneSessions = sql<never>('prune_sessions')`
  DELETE FROM sessions
  WHERE session_id IN (
    SELECT sessions.session_id FROM sessions
    WHERE sessions.expires_at < $1::TIMESTAMPTZ AND NOT EXISTS (
      SELECT 1 FROM refresh_tokens WHERE refresh_tokens.session_id = sessions.session_id
    )
    LIMIT $2::INT8
  )`;
