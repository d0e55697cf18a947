import { deadLetterTopic, type Topic } from '../../../contracts/topics/topics';
import { instant, isoText } from '../../../domain/kernel/instant';
import type { Ids } from '../../../usecases/ports/clock-and-ids';
import type { DeadLetter, DeadLetters } from '../../../usecases/ports/events/outbox';
import type { Database } from '../connection/database';
import { countLetters, listLetters, parkedKeys, parkLetter, releaseLetter } from './dead-letter.sql';
import { shardOf } from './outbox-columns';

/** The notice must fit a record, though the value that it tells of filled one, and JSON writes some of it at length. */
const NOTICE_BYTES_MAX = 500_000;
const VALUE_SHOWN = 10_000;

/** JSON of the letter with the original value as text; of one that is too long its beginning and its length. */
const noticeOf = (letter: DeadLetter): string => {
  const whole = JSON.stringify(letter);
  if (Buffer.byteLength(whole) <= NOTICE_BYTES_MAX) return whole;
  return JSON.stringify({ ...letter, value: letter.value.slice(0, VALUE_SHOWN), valueChars: letter.value.length });
};

/** The record on `<topic>.dead` has the letter as its body; the letter itself is kept whole here. */
export const makeDeadLetters = (database: Database, ids: Ids): DeadLetters => ({
  park: async (letter) => {
    const { consumer, topic, partition, offset, key, value, reason } = letter;
    const id = ids.next<string>();
    await database.write(parkLetter, [
      id,
      consumer,
      topic,
      partition,
      offset,
      key,
      value,
      reason,
      shardOf(id),
      deadLetterTopic(topic as Topic),
      noticeOf(letter),
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
  waiting: async () => (await database.query(countLetters))[0]?.letters ?? 0,
  release: async (id) => {
    await database.write(releaseLetter, [id]);
  },
});
