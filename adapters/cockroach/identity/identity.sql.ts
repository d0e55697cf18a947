import type { SessionId, UserId } from '../../../domain/kernel/ids';
import type { Role } from '../../../usecases/ports/identity/session';
import { fragment, sql } from '../connection/statement';

export type UserRow = {
  readonly user_id: UserId;
  readonly email: string;
  readonly display_name: string;
  readonly roles: readonly Role[];
};

export type CredentialsRow = UserRow & { readonly password_hash: string };

export const userColumns = fragment`users.user_id, users.email, users.display_name, users.roles`;

export const findUser = sql<UserRow>('find_user')`
  SELECT ${userColumns} FROM users WHERE users.user_id = $1::UUID`;

export const findUserByEmail = sql<CredentialsRow>('find_user_by_email')`
  SELECT ${userColumns}, users.password_hash FROM users WHERE users.email_key = $1::TEXT`;

export const findCredentials = sql<CredentialsRow>('find_credentials')`
  SELECT ${userColumns}, users.password_hash FROM users WHERE users.user_id = $1::UUID`;

/** $1 user, $2 hash, $3 good until. */
export const putReset = sql<never>('put_reset')`
  INSERT INTO password_resets (token_hash, user_id, expires_at) VALUES ($2::TEXT, $1::UUID, $3::TIMESTAMPTZ)`;

/** $1 hash, $2 now. */
export const findUserByReset = sql<UserRow>('find_user_by_reset')`
  SELECT ${userColumns}
  FROM password_resets JOIN users ON users.user_id = password_resets.user_id
  WHERE password_resets.token_hash = $1::TEXT AND password_resets.expires_at > $2::TIMESTAMPTZ`;

/**
 * $1 hash, $2 now, $3 the new password's hash, $4–$8 audit, $9–$13 events. One row a session that ended; none: no such
 * link. Every link of the user goes with the one that is taken.
 */
export const resetPassword = sql<{ session_id: SessionId | null }>('reset_password')`
  WITH taken AS (
    DELETE FROM password_resets
    WHERE user_id IN (
      SELECT user_id FROM password_resets WHERE token_hash = $1::TEXT AND expires_at > $2::TIMESTAMPTZ
    )
    RETURNING user_id, token_hash
  ), changed AS (
    UPDATE users SET password_hash = $3::TEXT
    FROM taken WHERE users.user_id = taken.user_id AND taken.token_hash = $1::TEXT
    RETURNING users.user_id
  ), forgotten AS (
    DELETE FROM known_devices WHERE user_id IN (SELECT user_id FROM changed) RETURNING user_id
  ), ended AS (
    UPDATE sessions SET ended_at = $2::TIMESTAMPTZ
    FROM changed WHERE sessions.user_id = changed.user_id AND sessions.ended_at IS NULL
    RETURNING sessions.session_id
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $4::UUID, $2::TIMESTAMPTZ, $5::TEXT, $6::TEXT, changed.user_id::TEXT, $7::JSONB, $8::TEXT FROM changed
  ), kept_message AS (
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
    SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
    FROM changed, unnest($9::INT2[], $10::UUID[], $11::TEXT[], $12::TEXT[], $13::TEXT[]) WITH ORDINALITY
      AS event (shard, event_id, topic, key, body, ordinal)
  )
  SELECT ended.session_id FROM changed LEFT JOIN ended ON true`;

/**
 * $1 user, $2 the hash that was verified, $3 the new one, $4 the session that stays, $5 now, $6–$10 audit, $11–$15
 * events. One row a session that ended; none: the password is another by now.
 */
export const changePassword = sql<{ session_id: SessionId | null }>('change_password')`
  WITH changed AS (
    UPDATE users SET password_hash = $3::TEXT WHERE user_id = $1::UUID AND password_hash = $2::TEXT
    RETURNING user_id
  ), spoilt AS (
    DELETE FROM password_resets WHERE user_id IN (SELECT user_id FROM changed) RETURNING user_id
  ), ended AS (
    UPDATE sessions SET ended_at = $5::TIMESTAMPTZ
    FROM changed
    WHERE sessions.user_id = changed.user_id AND sessions.ended_at IS NULL AND sessions.session_id <> $4::UUID
    RETURNING sessions.session_id
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $6::UUID, $5::TIMESTAMPTZ, $7::TEXT, $8::TEXT, changed.user_id::TEXT, $9::JSONB, $10::TEXT FROM changed
  ), kept_message AS (
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
    SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
    FROM changed, unnest($11::INT2[], $12::UUID[], $13::TEXT[], $14::TEXT[], $15::TEXT[]) WITH ORDINALITY
      AS event (shard, event_id, topic, key, body, ordinal)
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
