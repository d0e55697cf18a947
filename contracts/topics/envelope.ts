import * as z from 'zod';
import { eventId } from '../ids';
import { jsonWriter } from '../json-writer';
import { happenedAt } from '../time';
import { type EventData, type EventType, eventData } from './events';
import { TOPICS, type Topic } from './topics';

/** What every event carries around its data. */
export const envelope = z.object({
  eventId,
  type: z.string(),
  version: z.literal(1),
  /** The record's key: account, assessment or instrument. */
  key: z.string(),
  /** Position of the event in its account's stream, consecutive from 1; null where there is no account yet. */
  accountVersion: z.int().nullable(),
  /** Epoch milliseconds. */
  occurredAt: happenedAt,
  correlationId: z.string(),
  /** W3C trace context. */
  traceparent: z.string().nullable(),
  data: z.unknown(),
});

export type Envelope<T extends EventType = EventType> = {
  [K in T]: Omit<z.output<typeof envelope>, 'type' | 'data'> & { readonly type: K; readonly data: EventData<K> };
}[T];

export type Decoded = { readonly ok: true; readonly event: Envelope } | { readonly ok: false; readonly reason: string };

export const topicOf = (type: EventType): Topic => {
  const topic = TOPICS.find((name) => type.startsWith(`${name}.`));
  if (!topic) throw new Error(`invariant: ${type} belongs to no topic`);
  return topic;
};

const writeHead = jsonWriter(envelope.omit({ data: true }));

const writers = Object.fromEntries(
  Object.entries(eventData).map(([type, schema]) => [type, jsonWriter(schema)]),
) as Readonly<Record<EventType, ReturnType<typeof jsonWriter>>>;

/** The JSON of a Kafka record's value; decimals become text. */
export const encodeEvent = (event: Envelope): string =>
  `${writeHead(event).slice(0, -1)},"data":${writers[event.type](event.data)}}`;

/** Reads a record's value; never throws: a record that cannot be read names its reason for the dead-letter topic. */
export function decodeEvent(text: string): Decoded {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not JSON' };
  }
  const head = envelope.safeParse(json);
  if (!head.success) return { ok: false, reason: `envelope: ${z.prettifyError(head.error)}` };
  if (!Object.hasOwn(eventData, head.data.type)) return { ok: false, reason: `unknown event type ${head.data.type}` };
  const type = head.data.type as EventType;
  const data = eventData[type].safeParse(head.data.data);
  if (!data.success) return { ok: false, reason: `${type}: ${z.prettifyError(data.error)}` };
  return { ok: true, event: { ...head.data, type, data: data.data } as Envelope };
}
