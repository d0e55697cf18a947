import { type Kafka, Partitioners } from 'kafkajs';
import { bytesOfText } from '../../contracts/topics/record-text';
import { REPLAYED_FOR, REPLAYED_LETTER } from '../../contracts/topics/replay-headers';
import { type KeptLetter, type LetterPublisher, RELAY } from '../../usecases/ports/events/outbox';
import { refusalOf } from './refused';

export async function openLetterPublisher(
  kafka: Kafka,
): Promise<LetterPublisher & { readonly close: () => Promise<void> }> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  return {
    republish: async (letter) => {
      const { topic, key, value } = letter;
      try {
        await producer.send({
          topic,
          acks: -1,
          messages: [{ key, value: bytesOfText(value), headers: headersOf(letter) }],
        });
        return undefined;
      } catch (error) {
        const reason = refusalOf(error);
        if (reason === undefined) throw error;
        return reason;
      }
    },
    close: () => producer.disconnect(),
  };
}

/** What the relay never sent is news to every reader; what a consumer parked is for that consumer. */
const headersOf = ({ consumer, id }: KeptLetter) =>
  consumer === RELAY ? { 'event-id': id } : { [REPLAYED_FOR]: consumer, [REPLAYED_LETTER]: id };
