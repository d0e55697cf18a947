import { sql } from '../connection/statement';

/** $1 address, $2 hash, $3 now. */
export const findDevice = sql<{ token_hash: string }>('find_device')`
  SELECT known_devices.token_hash
  FROM users JOIN known_devices ON known_devices.user_id = users.user_id
  WHERE users.email_key = $1::TEXT AND known_devices.token_hash = $2::TEXT
    AND known_devices.expires_at > $3::TIMESTAMPTZ`;

/** $1 user, $2 hash, $3 good until. */
export const rememberDevice = sql<never>('remember_device')`
  INSERT INTO known_devices (user_id, token_hash, expires_at) VALUES ($1::UUID, $2::TEXT, $3::TIMESTAMPTZ)
  ON CONFLICT (user_id, token_hash) DO UPDATE SET expires_at = excluded.expires_at`;
