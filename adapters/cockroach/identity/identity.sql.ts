import type { SessionId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Role } from '../../../usecases/ports/session';
import { fragment, sql } from '../statement';

export type UserRow = {
  readonly user_id: UserId;
  readonly email: string;
  readonly display_name: string;
  readonly roles: readonly Role[];
};

export type CredentialsRow = UserRow & { readonly password_hash: string; readonly verified_at: Instant | null };

export const userColumns = fragment`users.user_id, users.email, users.display_name, users.roles`;

export const findUser = sql<UserRow>('find_user')`
  SELECT ${userColumns} FROM users WHERE users.user_id = $1::UUID`;

export const findUserByEmail = sql<CredentialsRow>('find_user_by_email')`
  SELECT ${userColumns}, users.password_hash, users.verified_at FROM users WHERE users.email_key = $1::TEXT`;

/** $1–$7 the user, $8–$10 the token of the mail. No row: the address belongs to a verified user. */
export const registerUser = sql<{ user_id: UserId }>('register_user')`
  WITH registered AS (
    INSERT INTO users (user_id, email, email_key, display_name, password_hash, roles, created_at)
    VALUES ($1::UUID, $2::TEXT, $3::TEXT, $4::TEXT, $5::TEXT, $6::TEXT[], $7::TIMESTAMPTZ)
    ON CONFLICT (email_key) DO UPDATE
    SET email = excluded.email, display_name = excluded.display_name, password_hash = excluded.password_hash
    WHERE users.verified_at IS NULL
    RETURNING user_id
  )
  INSERT INTO mail_tokens (user_id, kind, token_hash, expires_at)
  SELECT registered.user_id, $8::TEXT, $9::TEXT, $10::TIMESTAMPTZ FROM registered
  ON CONFLICT (user_id, kind) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at
  RETURNING user_id`;

/** $1 user, $2 kind, $3 hash, $4 good until. */
export const putMailToken = sql<never>('put_mail_token')`
  INSERT INTO mail_tokens (user_id, kind, token_hash, expires_at)
  VALUES ($1::UUID, $2::TEXT, $3::TEXT, $4::TIMESTAMPTZ)
  ON CONFLICT (user_id, kind) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at`;

/** $1 hash, $2 now. */
export const verifyEmail = sql<{ user_id: UserId }>('verify_email')`
  WITH taken AS (
    DELETE FROM mail_tokens
    WHERE token_hash = $1::TEXT AND kind = 'verify-email' AND expires_at > $2::TIMESTAMPTZ
    RETURNING user_id
  )
  UPDATE users SET verified_at = COALESCE(users.verified_at, $2::TIMESTAMPTZ)
  FROM taken WHERE users.user_id = taken.user_id
  RETURNING users.user_id`;

/** $1 hash, $2 now, $3 the new password's hash, $4–$8 audit. One row a session that ended; none: no such token. */
export const resetPassword = sql<{ session_id: SessionId | null }>('reset_password')`
  WITH taken AS (
    DELETE FROM mail_tokens
    WHERE token_hash = $1::TEXT AND kind = 'reset-password' AND expires_at > $2::TIMESTAMPTZ
    RETURNING user_id
  ), changed AS (
    UPDATE users SET password_hash = $3::TEXT, verified_at = COALESCE(users.verified_at, $2::TIMESTAMPTZ)
    FROM taken WHERE users.user_id = taken.user_id
    RETURNING users.user_id
  ), ended AS (
    UPDATE sessions SET ended_at = $2::TIMESTAMPTZ
    FROM taken WHERE sessions.user_id = taken.user_id AND sessions.ended_at IS NULL
    RETURNING sessions.session_id
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $4::UUID, $2::TIMESTAMPTZ, $5::TEXT, $6::TEXT, taken.user_id::TEXT, $7::JSONB, $8::TEXT FROM taken
  )
  SELECT ended.session_id FROM changed LEFT JOIN ended ON true`;

/** $1 user, $2 roles, $3–$8 audit. One row a session that is open; none: no such user. */
export const setRoles = sql<{ session_id: SessionId | null }>('set_roles')`
  WITH changed AS (
    UPDATE users SET roles = $2::TEXT[] WHERE user_id = $1::UUID RETURNING user_id
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $3::UUID, $4::TIMESTAMPTZ, $5::TEXT, $6::TEXT, changed.user_id::TEXT, $7::JSONB, $8::TEXT FROM changed
  )
  SELECT sessions.session_id
  FROM changed LEFT JOIN sessions ON sessions.user_id = changed.user_id AND sessions.ended_at IS NULL`;
