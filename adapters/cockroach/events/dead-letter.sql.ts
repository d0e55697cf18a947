import { sql } from '../connection/statement';

type LetterRow = {
  readonly letter_id: string;
  readonly consumer: string;
  readonly topic: string;
  readonly partition_number: number;
  readonly record_offset: bigint;
  readonly key: string;
  readonly value: string;
  readonly reason: string;
  readonly parked_at: number;
};

/**
 * $1 letter id, $2–$8 the letter, $9 shard, $10 dead-letter topic, $11 body. Nothing when the record is parked
 * already.
 */
export const parkLetter = sql<never>('park_letter')`
  WITH parked AS (
    INSERT INTO dead_letters (letter_id, consumer, topic, partition_number, record_offset, key, value, reason)
    VALUES ($1::UUID, $2::TEXT, $3::TEXT, $4::INT4, $5::INT8, $6::TEXT, $7::TEXT, $8::TEXT)
    ON CONFLICT (consumer, topic, partition_number, record_offset) DO NOTHING
    RETURNING letter_id, key, parked_at
  )
  INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
  SELECT $9::INT2, parked.letter_id, $10::TEXT, parked.key, parked.parked_at, 1, $11::TEXT FROM parked`;

/** $1 consumer, $2 keys. */
export const parkedKeys = sql<{ key: string }>('parked_keys')`
  SELECT DISTINCT key FROM dead_letters WHERE consumer = $1::TEXT AND key = ANY ($2::TEXT[])`;

/** Within a key in the order in which they came. */
export const listLetters = sql<LetterRow>('list_letters')`
  SELECT letter_id, consumer, topic, partition_number, record_offset, key, value, reason, parked_at
  FROM dead_letters ORDER BY consumer, topic, partition_number, record_offset`;

export const countLetters = sql<{ letters: number }>('count_letters')`
  SELECT count(*)::INT4 AS letters FROM dead_letters`;

export const releaseLetter = sql<never>('release_letter')`
  DELETE FROM dead_letters WHERE letter_id = $1::UUID`;
