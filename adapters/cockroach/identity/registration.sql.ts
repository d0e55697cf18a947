import type { RegistrationId, UserId } from '../../../domain/kernel/ids';
import { sql } from '../connection/statement';

/** $1–$7 the registration, $8–$12 events. No row: the address has a user. */
export const addRegistration = sql<{ registration_id: RegistrationId }>('add_registration')`
  WITH added AS (
    INSERT INTO registrations
      (registration_id, email, email_key, display_name, password_hash, created_at, expires_at)
    SELECT $1::UUID, $2::TEXT, $3::TEXT, $4::TEXT, $5::TEXT, $6::TIMESTAMPTZ, $7::TIMESTAMPTZ
    WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.email_key = $3::TEXT)
    RETURNING registration_id
  ), kept_message AS (
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
    SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
    FROM added, unnest($8::INT2[], $9::UUID[], $10::TEXT[], $11::TEXT[], $12::TEXT[]) WITH ORDINALITY
      AS event (shard, event_id, topic, key, body, ordinal)
  )
  SELECT added.registration_id FROM added`;

/** $1 address, $2 the copy's id, $3 now, $4 good until, $5–$9 events. No row: nothing waits for a confirmation. */
export const repeatRegistration = sql<{ registration_id: RegistrationId }>('repeat_registration')`
  WITH added AS (
    INSERT INTO registrations
      (registration_id, email, email_key, display_name, password_hash, created_at, expires_at)
    SELECT $2::UUID, newest.email, newest.email_key, newest.display_name, newest.password_hash, $3::TIMESTAMPTZ,
      $4::TIMESTAMPTZ
    FROM registrations AS newest
    WHERE newest.email_key = $1::TEXT AND newest.expires_at > $3::TIMESTAMPTZ
    ORDER BY newest.created_at DESC, newest.registration_id DESC
    LIMIT 1
    RETURNING registration_id
  ), kept_message AS (
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
    SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
    FROM added, unnest($5::INT2[], $6::UUID[], $7::TEXT[], $8::TEXT[], $9::TEXT[]) WITH ORDINALITY
      AS event (shard, event_id, topic, key, body, ordinal)
  )
  SELECT added.registration_id FROM added`;

/** $1 registration, $2 hash, $3 good until, $4 now. */
export const linkRegistration = sql<{ email: string }>('link_registration')`
  UPDATE registrations SET token_hash = $2::TEXT, expires_at = $3::TIMESTAMPTZ
  WHERE registration_id = $1::UUID AND expires_at > $4::TIMESTAMPTZ
  RETURNING email`;

export type RegistrationRow = {
  readonly registration_id: RegistrationId;
  readonly email: string;
  readonly display_name: string;
  readonly password_hash: string;
};

/** $1 hash, $2 now. */
export const findRegistration = sql<RegistrationRow>('find_registration')`
  SELECT registration_id, email, display_name, password_hash FROM registrations
  WHERE token_hash = $1::TEXT AND expires_at > $2::TIMESTAMPTZ`;

/**
 * $1 hash, $2 now, $3 user, $4 name, $5 password hash, $6 roles. Every registration of the address goes; the one whose
 * link it is becomes the user.
 */
export const confirmRegistration = sql<{ user_id: UserId }>('confirm_registration')`
  WITH gone AS (
    DELETE FROM registrations
    WHERE email_key IN (
      SELECT email_key FROM registrations WHERE token_hash = $1::TEXT AND expires_at > $2::TIMESTAMPTZ
    )
    RETURNING token_hash, email, email_key
  )
  INSERT INTO users (user_id, email, email_key, display_name, password_hash, roles, verified_at, created_at)
  SELECT $3::UUID, gone.email, gone.email_key, $4::TEXT, $5::TEXT, $6::TEXT[], $2::TIMESTAMPTZ, $2::TIMESTAMPTZ
  FROM gone WHERE gone.token_hash = $1::TEXT
  ON CONFLICT (email_key) DO NOTHING
  RETURNING user_id`;
