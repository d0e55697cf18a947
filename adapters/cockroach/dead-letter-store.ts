import { deadLetterTopic, type Topic } from '../../contracts/topics/topics';
import { instant, isoText } from '../../domain/kernel/instant';
import type { Ids } from '../../usecases/ports/edge';
import type { DeadLetters } from '../../usecases/ports/outbox';
import type { Database } from './database';
import { listLetters, parkedKeys, parkLetter, releaseLetter } from './dead-letter.sql';
import { shardOf } from './outbox-columns';

/** The record on `<topic>.dead` has the letter as its body, JSON with the original value as text. */
export const makeDeadLetters = (database: Database, ids: Ids): DeadLetters => ({
  park: async (letter) => {
    const { consumer, topic, partition, offset, key, value, reason } = letter;
    const id = ids.next<string>();
    await database.write(parkLetter, [
      ...[id, consumer, topic, partition, offset, key, value, reason],
      ...[shardOf(id), deadLetterTopic(topic as Topic), JSON.stringify(letter)],
    ]);
  },
  parkedKeys: async (consumer, keys) => {
    const rows = await database.query(parkedKeys, [consumer, keys]);
    return new Set(rows.map(({ key }) => key));
  },
  list: async () => {
    const rows = await database.query(listLetters);
    return rows.map((row) => ({
      id: row.letter_id,
      consumer: row.consumer,
      topic: row.topic,
      partition: row.partition_number,
      offset: row.record_offset.toString(),
      key: row.key,
      value: row.value,
      reason: row.reason,
      parkedAt: isoText(instant(row.parked_at)),
    }));
  },
  release: async (id) => {
    await database.write(releaseLetter, [id]);
  },
});
