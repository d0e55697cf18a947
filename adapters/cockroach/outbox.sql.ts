import type { EventId } from '../../domain/kernel/ids';
import { sql } from './statement';

type UnsentRow = {
  readonly event_id: EventId;
  readonly topic: string;
  readonly key: string;
  readonly body: string;
};

/** $1 all shards, $2 how many. Each shard gives its oldest, so the oldest of all are among them. */
export const unsentEvents = sql<UnsentRow>('unsent_events')`
  SELECT oldest.event_id, oldest.topic, oldest.key, oldest.body
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

export const outboxBacklog = sql<{ rows: number; oldest_at: number | null; read_at: number }>('outbox_backlog')`
  SELECT count(*)::INT4 AS rows, min(created_at) AS oldest_at, now() AS read_at FROM outbox WHERE sent_at IS NULL`;
