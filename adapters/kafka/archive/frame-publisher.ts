import { CompressionTypes, type Kafka, Partitioners } from 'kafkajs';
import { FRAMES_TOPIC } from '../../../contracts/topics/topics';
import type { VenueFrame } from '../../../usecases/ports/market-data/venue-frames';
import { registerLz4 } from '../lz4';
import { type FrameRecord, frameRecords } from './frame-records';

type FramePublisherParts = {
  /** This process: another one counts anew. */
  readonly copy: string;
  /** Frames that were given up: too many waited, or the broker did not take them. */
  readonly onDropped: (frames: number) => void;
};

export type FramePublisher = {
  /** Never waits and never throws: what there is no room for is dropped and counted. */
  readonly put: (frame: VenueFrame) => void;
  readonly close: () => Promise<void>;
};

const LINGER_MS = 50;
const WAITING_BYTES_MAX = 16 * 1024 * 1024;
/** One record batch for each partition: together they stay under the broker's limit of a megabyte for each. */
const REQUEST_BYTES_MAX = 900_000;

/**
 * Sends the venues' frames to the archive, beside the prices and at their cost alone: frames wait for company, leave one
 * request after another on a connection of their own, and those that would fill the memory are dropped.
 */
export async function openFramePublisher(kafka: Kafka, parts: FramePublisherParts): Promise<FramePublisher> {
  registerLz4();
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, retry: { retries: 2 } });
  await producer.connect();
  const numbers = new Map<string, number>();
  let waiting: FrameRecord[] = [];
  let bytes = 0;
  let sending: Promise<void> | undefined;

  const nextOf = (connection: string) => () => {
    const number = (numbers.get(connection) ?? 0) + 1;
    numbers.set(connection, number);
    return number;
  };

  const send = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    while (waiting.length > 0) {
      const { batch, rest, size } = cut(waiting);
      waiting = rest;
      try {
        await producer.send({
          topic: FRAMES_TOPIC,
          messages: batch.map(({ headers, ...record }) => ({ ...record, headers: { frame: headers.frame } })),
          acks: 1,
          compression: CompressionTypes.LZ4,
        });
      } catch {
        parts.onDropped(batch.length);
      }
      bytes -= size;
    }
    sending = undefined;
  };

  return {
    put: (frame) => {
      if (bytes + frame.text.length > WAITING_BYTES_MAX) {
        parts.onDropped(1);
        return;
      }
      const connection = `${parts.copy}/${frame.venue}/${frame.connection}`;
      for (const record of frameRecords({ ...frame, connection }, nextOf(connection))) {
        bytes += record.value.length;
        waiting.push(record);
      }
      sending ??= send();
    },
    close: async () => {
      await sending;
      await producer.disconnect();
    },
  };
}

/** What goes in one request, and what waits for the next. */
function cut(waiting: readonly FrameRecord[]) {
  let size = 0;
  let count = 0;
  for (const { value } of waiting) {
    if (count > 0 && size + value.length > REQUEST_BYTES_MAX) break;
    size += value.length;
    count += 1;
  }
  return { batch: waiting.slice(0, count), rest: waiting.slice(count), size };
}
