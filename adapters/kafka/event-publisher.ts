import { CompressionTypes, type Kafka, Partitioners, type Producer, type TopicMessages } from 'kafkajs';
import { deadLetterTopic, TOPICS } from '../../contracts/topics/topics';
import type { EventPublisher, RefusedRow } from '../../usecases/ports/events/event-publisher';
import type { OutboxRow } from '../../usecases/ports/events/outbox';
import { registerLz4 } from './lz4';
import { refusalOf } from './refused';

/**
 * What goes in one request. The client makes one record batch of all that is for a partition, and the broker's limit
 * (`message.max.bytes`, 1,048,588 by default) is for the batch: rows that are small must not be too large together.
 */
const REQUEST_BYTES_MAX = 900_000;

const KNOWN: ReadonlySet<string> = new Set([...TOPICS, ...TOPICS.map(deadLetterTopic)]);

/**
 * Every in-sync replica has a row before it counts as sent; the broker drops what a retry sent twice. After a failure
 * the producer is made anew: one that a broker no longer knows, or whose sequence has a hole, never recovers.
 */
export async function openEventPublisher(
  kafka: Kafka,
): Promise<EventPublisher & { readonly close: () => Promise<void> }> {
  registerLz4();
  let producer: Producer | undefined = await connect(kafka);
  const abandon = async () => {
    const broken = producer;
    producer = undefined;
    await broken?.disconnect().catch(() => {});
  };
  const send = async (rows: readonly OutboxRow[]) => {
    try {
      producer ??= await connect(kafka);
      await producer.sendBatch({ topicMessages: byTopic(rows), acks: -1, compression: CompressionTypes.LZ4 });
    } catch (error) {
      await abandon();
      throw error;
    }
  };
  return { publish: (rows) => publishInTurn(rows, send), close: abandon };
}

/**
 * Requests one after the other. One that is refused for good is halved until the row that is at fault stands alone;
 * what was taken of it meanwhile is sent again, in its order, and dropped by its readers.
 */
async function publishInTurn(
  rows: readonly OutboxRow[],
  send: (rows: readonly OutboxRow[]) => Promise<void>,
): Promise<readonly RefusedRow[]> {
  const refused: RefusedRow[] = [];
  const held = new Set<string>();
  const refuse = ({ eventId, key }: OutboxRow, reason: string) => {
    refused.push({ eventId, reason });
    if (key !== '') held.add(key);
  };
  const waiting = requestsOf(rows);
  for (let request = waiting.shift(); request; request = waiting.shift()) {
    const free: OutboxRow[] = [];
    for (const row of request) {
      if (held.has(row.key)) continue;
      if (KNOWN.has(row.topic)) free.push(row);
      else refuse(row, `${row.topic} is no topic of ours`);
    }
    if (free.length === 0) continue;
    try {
      await send(free);
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      const middle = Math.ceil(free.length / 2);
      if (free.length === 1 && free[0]) refuse(free[0], reason);
      else waiting.unshift(free.slice(0, middle), free.slice(middle));
    }
  }
  return refused;
}

function requestsOf(rows: readonly OutboxRow[]): OutboxRow[][] {
  const requests: OutboxRow[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(row.body) + Buffer.byteLength(row.key);
    const last = requests.at(-1);
    if (last && bytes + size <= REQUEST_BYTES_MAX) last.push(row);
    else {
      requests.push([row]);
      bytes = 0;
    }
    bytes += size;
  }
  return requests;
}

async function connect(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1, // More would let a retried request arrive after the one behind it.
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { retries: 5, initialRetryTime: 50, maxRetryTime: 1_000 },
  });
  await producer.connect();
  return producer;
}

function byTopic(rows: readonly OutboxRow[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, key, body, eventId } of rows) {
    const known = topics.get(topic) ?? { topic, messages: [] };
    topics.set(topic, known);
    known.messages.push({ key, value: body, headers: { 'event-id': eventId } });
  }
  return [...topics.values()];
}
