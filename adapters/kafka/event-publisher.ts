import { CompressionTypes, type Kafka, Partitioners, type Producer, type TopicMessages } from 'kafkajs';
import type { EventPublisher } from '../../usecases/ports/event-publisher';
import type { OutboxRow } from '../../usecases/ports/outbox';
import { registerLz4 } from './lz4';

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
  return {
    publish: async (rows) => {
      try {
        producer ??= await connect(kafka);
        await producer.sendBatch({ topicMessages: byTopic(rows), acks: -1, compression: CompressionTypes.LZ4 });
      } catch (error) {
        await abandon();
        throw error;
      }
    },
    close: abandon,
  };
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
