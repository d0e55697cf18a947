import type { SessionId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Role } from '../../../usecases/ports/identity/session';
import { sql } from '../connection/statement';
import { type UserRow, userColumns } from './identity.sql';

/**
 * $1 session, $2 user, $3 user agent, $4 now, $5 good until, $6 token hash, $7 the password hash that was verified: a
 * password that was changed meanwhile opens nothing.
 */
export const openSession = sql<{ generation: number }>('open_session')`
  WITH opened AS (
    INSERT INTO sessions (session_id, user_id, generation, user_agent, opened_at, rotated_at, expires_at)
    SELECT $1::UUID, users.user_id, 1, $3::TEXT, $4::TIMESTAMPTZ, $4::TIMESTAMPTZ, $5::TIMESTAMPTZ
    FROM users WHERE users.user_id = $2::UUID AND users.password_hash = $7::TEXT
    RETURNING session_id
  )
  INSERT INTO refresh_tokens (token_hash, session_id, generation)
  SELECT $6::TEXT, opened.session_id, 1 FROM opened
  RETURNING generation`;

export type PresentedRow = UserRow & {
  readonly session_id: SessionId;
  readonly generation: number;
  readonly newest: number;
  readonly user_agent: string;
  readonly opened_at: Instant;
  readonly rotated_at: Instant;
  readonly expires_at: Instant;
  readonly ended_at: Instant | null;
};

export const findRefreshToken = sql<PresentedRow>('find_refresh_token')`
  SELECT refresh_tokens.session_id, refresh_tokens.generation, sessions.generation AS newest, sessions.user_agent,
    sessions.opened_at, sessions.rotated_at, sessions.expires_at, sessions.ended_at, ${userColumns}
  FROM refresh_tokens
  JOIN sessions ON sessions.session_id = refresh_tokens.session_id
  JOIN users ON users.user_id = sessions.user_id
  WHERE refresh_tokens.token_hash = $1::TEXT`;

/** $1 session, $2 generation, $3 now, $4 good until, $5 token hash. No row: it was rotated or ended before. */
export const rotateSession = sql<{ generation: number }>('rotate_session')`
  WITH rotated AS (
    UPDATE sessions
    SET generation = sessions.generation + 1, rotated_at = $3::TIMESTAMPTZ, expires_at = $4::TIMESTAMPTZ
    WHERE session_id = $1::UUID AND generation = $2::INT4 AND ended_at IS NULL
    RETURNING session_id, generation
  )
  INSERT INTO refresh_tokens (token_hash, session_id, generation)
  SELECT $5::TEXT, rotated.session_id, rotated.generation FROM rotated
  RETURNING generation`;

/** $1 session, $2 now, $3–$7 audit. */
export const endSession = sql<never>('end_session')`
  WITH ended AS (
    UPDATE sessions SET ended_at = $2::TIMESTAMPTZ WHERE session_id = $1::UUID AND ended_at IS NULL
    RETURNING session_id
  )
  INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
  SELECT $3::UUID, $2::TIMESTAMPTZ, $4::TEXT, $5::TEXT, ended.session_id::TEXT, $6::JSONB, $7::TEXT FROM ended`;

export type OpenRow = {
  readonly session_id: SessionId;
  readonly user_agent: string;
  readonly opened_at: Instant;
  readonly rotated_at: Instant;
};

/** $1 user, $2 now. */
export const openSessionsOf = sql<OpenRow>('open_sessions_of')`
  SELECT session_id, user_agent, opened_at, rotated_at FROM sessions
  WHERE user_id = $1::UUID AND ended_at IS NULL AND expires_at > $2::TIMESTAMPTZ
  ORDER BY rotated_at DESC, session_id DESC`;

/** $1 user, $2 session, $3 now, $4–$8 audit. */
export const endOwnSession = sql<{ session_id: SessionId }>('end_own_session')`
  WITH ended AS (
    UPDATE sessions SET ended_at = $3::TIMESTAMPTZ
    WHERE user_id = $1::UUID AND session_id = $2::UUID AND ended_at IS NULL AND expires_at > $3::TIMESTAMPTZ
    RETURNING session_id
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $4::UUID, $3::TIMESTAMPTZ, $5::TEXT, $6::TEXT, ended.session_id::TEXT, $7::JSONB, $8::TEXT FROM ended
  )
  SELECT ended.session_id FROM ended`;

/** $1 user, $2 the session that stays, $3 now, $4–$8 audit, written once when any ended. */
export const endOtherSessions = sql<{ session_id: SessionId }>('end_other_sessions')`
  WITH ended AS (
    UPDATE sessions SET ended_at = $3::TIMESTAMPTZ
    WHERE user_id = $1::UUID AND session_id <> $2::UUID AND ended_at IS NULL
    RETURNING session_id
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $4::UUID, $3::TIMESTAMPTZ, $5::TEXT, $6::TEXT, $1::UUID::TEXT, $7::JSONB, $8::TEXT
    WHERE EXISTS (SELECT 1 FROM ended)
  )
  SELECT ended.session_id FROM ended`;

type LiveRow = { readonly user_id: UserId; readonly roles: readonly Role[]; readonly expires_at: Instant };

/** $1 session, $2 now. */
export const findLiveSession = sql<LiveRow>('find_live_session')`
  SELECT users.user_id, users.roles, sessions.expires_at
  FROM sessions JOIN users ON users.user_id = sessions.user_id
  WHERE sessions.session_id = $1::UUID AND sessions.ended_at IS NULL AND sessions.expires_at > $2::TIMESTAMPTZ`;
