import type { Kafka } from 'kafkajs';
import { FRAMES_TOPIC } from '../../../contracts/topics/topics';
import type { ArchiveSource, Positions, SourceRecord } from '../../../usecases/ports/archive/archive-source';
import { partitionOf, place } from '../catch-up';
import { registerLz4 } from '../lz4';
import { frameOfRecord } from './frame-records';
import { tickOfRecord } from './tick-records';

const TOPICS = ['market-data', FRAMES_TOPIC] as const;
const SESSION_TIMEOUT_MS = 30_000;
const MAX_WAIT_MS = 500;

/**
 * The topics that are archived, for a group that begins with the oldest record that is kept. It commits what it is told
 * to and nothing else: what was read and not stored is read again after a crash.
 */
export function openArchiveSource(kafka: Kafka, groupId: string): ArchiveSource {
  registerLz4();
  const admin = kafka.admin();
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: SESSION_TIMEOUT_MS,
    maxWaitTimeInMs: MAX_WAIT_MS,
    retry: { retries: Number.MAX_SAFE_INTEGER, maxRetryTime: 5_000, restartOnFailure: async () => true },
  });
  let isReading = false;
  const lost = [consumer.events.CRASH, consumer.events.DISCONNECT, consumer.events.STOP, consumer.events.REBALANCING];
  for (const name of lost) consumer.on(name as typeof consumer.events.CRASH, () => (isReading = false));
  return {
    start: async ({ take, onJoined, onUnreadable }) => {
      await admin.connect();
      await consumer.connect();
      consumer.on(consumer.events.GROUP_JOIN, () => {
        isReading = true;
        onJoined();
      });
      await consumer.subscribe({ topics: [...TOPICS], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: async ({ batch: { topic, partition, messages }, heartbeat, isRunning, isStale, resolveOffset }) => {
          for (const message of messages) {
            if (!isRunning() || isStale()) break;
            const record = read(topic, partition, message);
            if (!record) onUnreadable();
            else if (!take(place(topic, partition), record)) {
              // What has no room is fetched again when there is some: the broker keeps it meanwhile.
              consumer.pause([{ topic }]);
              break;
            }
            resolveOffset(message.offset);
          }
          await heartbeat();
        },
      });
    },
    resume: () => consumer.resume(TOPICS.map((topic) => ({ topic }))),
    commit: async (positions) => {
      await consumer.commitOffsets(
        [...positions].map(([at, offset]) => {
          const { topic, partitions } = partitionOf(at);
          return { topic, partition: partitions[0] as number, offset: String(offset) };
        }),
      );
    },
    ends: async () => {
      const ends: Positions = new Map();
      for (const topic of TOPICS) {
        for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
          // Nothing is kept that could be waited for.
          if (low !== high) ends.set(place(topic, partition), Number(high));
        }
      }
      return ends;
    },
    committed: async () => {
      const committed: Positions = new Map();
      for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: [...TOPICS] })) {
        for (const { partition, offset } of partitions) committed.set(place(topic, partition), Number(offset));
      }
      return committed;
    },
    isReading: () => isReading,
    stop: async () => {
      await consumer.disconnect();
      await admin.disconnect();
    },
  };
}

type Message = Parameters<typeof frameOfRecord>[0] & { readonly offset: string; readonly timestamp: string };

function read(topic: string, partition: number, message: Message): SourceRecord | undefined {
  if (topic === FRAMES_TOPIC) {
    const frame = frameOfRecord(message);
    return frame && { kind: 'frame', offset: Number(message.offset), frame };
  }
  return { kind: 'tick', offset: Number(message.offset), tick: tickOfRecord(partition, message) };
}
