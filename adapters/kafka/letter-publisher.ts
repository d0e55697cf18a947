import { type Kafka, Partitioners } from 'kafkajs';
import { REPLAYED_FOR, REPLAYED_LETTER } from '../../contracts/topics/replay-headers';
import type { LetterPublisher } from '../../usecases/ports/outbox';

export async function openLetterPublisher(
  kafka: Kafka,
): Promise<LetterPublisher & { readonly close: () => Promise<void> }> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  return {
    republish: async ({ topic, key, value, consumer, id }) => {
      const headers = { [REPLAYED_FOR]: consumer, [REPLAYED_LETTER]: id };
      await producer.send({ topic, acks: -1, messages: [{ key, value, headers }] });
    },
    close: () => producer.disconnect(),
  };
}
