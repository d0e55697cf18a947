import type { EventId } from '../../../domain/kernel/ids';
import { sql } from '../connection/statement';

type UnsentRow = {
  readonly event_id: EventId;
  readonly topic: string;
  readonly key: string;
  readonly body: string;
  readonly waits: boolean;
};

/**
 * $1 all shards, $2 how many, $3 the relay's name among the dead letters. Each shard gives its oldest, so the oldest of
 * all are among them.
 */
export const unsentEvents = sql<UnsentRow>('unsent_events')`
  SELECT oldest.event_id, oldest.topic, oldest.key, oldest.body, oldest.key <> '' AND EXISTS (
    SELECT 1 FROM dead_letters WHERE dead_letters.consumer = $3::TEXT AND dead_letters.key = oldest.key
  ) AS waits
  FROM unnest($1::INT2[]) AS shards (shard)
  CROSS JOIN LATERAL (
    SELECT outbox.event_id, outbox.topic, outbox.key, outbox.body, outbox.created_at, outbox.ordinal
    FROM outbox
    WHERE outbox.shard = shards.shard AND outbox.sent_at IS NULL
    ORDER BY outbox.created_at, outbox.ordinal
    LIMIT $2::INT8
  ) AS oldest
  ORDER BY oldest.created_at, oldest.ordinal
  LIMIT $2::INT8`;

/** $1 shards, $2 event ids. */
export const markEventsSent = sql<never>('mark_events_sent')`
  UPDATE outbox SET sent_at = now()
  FROM unnest($1::INT2[], $2::UUID[]) AS sent (shard, event_id)
  WHERE outbox.shard = sent.shard AND outbox.event_id = sent.event_id AND outbox.sent_at IS NULL`;

/**
 * $1 shards, $2 event ids, $3 topics, $4 keys, $5 bodies, $6 reasons, $7 which wait for letters that are there already,
 * $8 the relay's name, $9 the partition of what has none. An event that does not end its row marks nothing: the one
 * that does is behind it.
 */
export const parkEvents = sql<never>('park_events')`
  WITH given AS (
    SELECT * FROM unnest($1::INT2[], $2::UUID[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::TEXT[], $7::BOOL[])
      WITH ORDINALITY AS given (shard, event_id, topic, key, body, reason, waits, ordinal)
  ), parked AS (
    SELECT * FROM given WHERE NOT given.waits OR EXISTS (
      SELECT 1 FROM dead_letters WHERE dead_letters.consumer = $8::TEXT AND dead_letters.key = given.key
    )
  ), marked AS (
    UPDATE outbox SET sent_at = now() FROM parked
    WHERE outbox.shard = parked.shard AND outbox.event_id = parked.event_id AND outbox.sent_at IS NULL
    RETURNING outbox.event_id
  )
  INSERT INTO dead_letters (letter_id, consumer, topic, partition_number, record_offset, key, value, reason)
  SELECT parked.event_id, $8::TEXT, parked.topic, $9::INT4, parked.ordinal + (
    SELECT COALESCE(max(record_offset), 0) FROM dead_letters WHERE dead_letters.consumer = $8::TEXT
  ), parked.key, parked.body, parked.reason
  FROM parked
  ON CONFLICT (letter_id) DO NOTHING`;

export const outboxBacklog = sql<{ rows: number; oldest_at: number | null; read_at: number }>('outbox_backlog')`
  SELECT count(*)::INT4 AS rows, min(created_at) AS oldest_at, now() AS read_at FROM outbox WHERE sent_at IS NULL`;
