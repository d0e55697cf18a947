import { sql } from '../connection/statement';

/**
 * $1 shards, $2 the first id that a younger event can have, $3 sent before, $4 how many. Event ids begin with their
 * time, so an index of them is all this needs. What tells of an account stays: it is the account's journal.
 */
export const pruneOutbox = sql<never>('prune_outbox')`
  DELETE FROM outbox
  WHERE (shard, event_id) IN (
    SELECT shard, event_id FROM outbox
    WHERE shard = ANY ($1::INT2[]) AND event_id < $2::UUID AND sent_at < $3::TIMESTAMPTZ
      AND account_version IS NULL
    LIMIT $4::INT8
  )`;

/** $1 handled before, $2 how many. */
export const pruneInbox = sql<never>('prune_inbox')`
  DELETE FROM inbox
  WHERE (consumer, event_id) IN (
    SELECT consumer, event_id FROM inbox WHERE handled_at < $1::TIMESTAMPTZ LIMIT $2::INT8
  )`;
