import { sql } from '../connection/statement';

/** $1–$5 events. */
export const putMailRequest = sql<never>('put_mail_request')`
  INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
  SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body
  FROM unnest($1::INT2[], $2::UUID[], $3::TEXT[], $4::TEXT[], $5::TEXT[]) WITH ORDINALITY
    AS event (shard, event_id, topic, key, body, ordinal)`;

/** $1 consumer, $2 event. */
export const findSentMail = sql<{ event_id: string }>('find_sent_mail')`
  SELECT event_id FROM inbox WHERE consumer = $1::TEXT AND event_id = $2::UUID`;

export const keepSentMail = sql<never>('keep_sent_mail')`
  INSERT INTO inbox (consumer, event_id) VALUES ($1::TEXT, $2::UUID) ON CONFLICT (consumer, event_id) DO NOTHING`;
