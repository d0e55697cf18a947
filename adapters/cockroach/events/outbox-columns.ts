import { encodeEvent, topicOf } from '../../../contracts/topics/envelope';
import { type EventId, idOf } from '../../../domain/kernel/ids';
import type { OutboxRow } from '../../../usecases/ports/events/outbox';
import type { OutboxMessage } from '../../../usecases/ports/events/outbox-message';

const SHARDS = 8;

/** Every shard, for queries that look into all of them. */
export const OUTBOX_SHARDS: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard);

/** The shard of an event id: from its last hex digit, which is random in every kind of UUID. */
export const shardOf = (eventId: string): number => Number.parseInt(eventId.slice(-1), 16) % SHARDS;

const bodyOf = (message: OutboxMessage): string => encodeEvent({ ...message, version: 1 });

type NewRow = {
  readonly shard: number;
  /** The last event of the key. */
  readonly eventId: string;
  readonly topic: string;
  readonly key: string;
  readonly body: string;
  /** The version of its last event; null where the key is no account. */
  readonly accountVersion: number | null;
};

/**
 * Messages that follow one another on one topic under one key share a row: every order writes two, and a row costs
 * the server more than its bytes do. Bodies stand on a line each, which their JSON never breaks.
 */
export function outboxRows(messages: readonly OutboxMessage[]): readonly NewRow[] {
  const rows: NewRow[] = [];
  for (const message of messages) {
    const { eventId, key, accountVersion } = message;
    const [topic, body, last] = [topicOf(message.type), bodyOf(message), rows.at(-1)];
    const isSame = last?.topic === topic && last.key === key;
    if (isSame) rows.pop();
    const joined = isSame ? `${last.body}\n${body}` : body;
    rows.push({ shard: shardOf(eventId), eventId, topic, key, body: joined, accountVersion });
  }
  return rows;
}

/**
 * Messages as the five array parameters of an outbox insert: shards, event ids, topics, keys, bodies. The insert
 * numbers them by position (`WITH ORDINALITY`), so that their order survives.
 */
export const outboxColumns = (messages: readonly OutboxMessage[]): Columns => columnsOf(outboxRows(messages));

/** Messages about an account have a sixth parameter: the versions that keep their rows in its journal. */
export function journalColumns(messages: readonly OutboxMessage[]): Columns {
  const rows = outboxRows(messages);
  return [...columnsOf(rows), rows.map(({ accountVersion }) => accountVersion)];
}

type Columns = readonly (readonly unknown[])[];

const columnsOf = (rows: readonly NewRow[]): Columns => [
  rows.map(({ shard }) => shard),
  rows.map(({ eventId }) => eventId),
  rows.map(({ topic }) => topic),
  rows.map(({ key }) => key),
  rows.map(({ body }) => body),
];

/**
 * The events of a row. The id of the last marks the row as sent, by which time those before it have been sent; a row
 * that is sent in part is sent again. A row that cannot be taken apart travels as one record: its readers park it.
 */
export function eventsOfRow({ eventId, topic, key, body }: OutboxRow): readonly OutboxRow[] {
  const bodies = body.split('\n');
  const ids = bodies.slice(0, -1).map(eventIdIn);
  if (ids.includes(undefined)) return [{ eventId, topic, key, body }];
  return bodies.map((one, index) => ({ eventId: ids[index] ?? eventId, topic, key, body: one }));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function eventIdIn(body: string): EventId | undefined {
  try {
    const id = (JSON.parse(body) as { readonly eventId?: unknown } | null)?.eventId;
    return typeof id === 'string' && UUID.test(id) ? idOf<EventId>(id) : undefined;
  } catch {
    return undefined;
  }
}
