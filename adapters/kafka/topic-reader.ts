import type { Consumer, Kafka } from 'kafkajs';
import { decodeEvent, type Envelope } from '../../contracts/topics/envelope';
import type { Topic } from '../../contracts/topics/topics';
import type { Instant } from '../../domain/kernel/instant';
import type { ArchiveReader } from '../../usecases/ports/archive/archive';
import { readArchivedPast } from './archived-past';
import { CatchUp, type OnEvent, type Positions, partitionOf, place } from './catch-up';
import type { KafkaLog } from './log';
import { registerLz4 } from './lz4';

export type TopicReader = {
  /**
   * Hands over every event since the reader was opened, one by one: of one partition in its order, and of a topic that
   * is read from an earlier moment in the order of time until it has caught up. Resolves when all is being read.
   */
  readonly start: (onEvent: OnEvent) => Promise<void>;
  /** Resolves when everything that was there at the opening has been handed over. */
  readonly caughtUp: Promise<void>;
  /** Resolves when it is known: the topic and the archive together hold everything since the instant asked for. */
  readonly isWhole: Promise<boolean>;
  /** Whether all partitions are being read at the moment. */
  readonly isReading: () => boolean;
  readonly stop: () => Promise<void>;
};

type ReaderOptions = {
  /** Its own for each process: every reader sees every partition, and none waits for another to leave. */
  readonly groupId: string;
  readonly topics: readonly Topic[];
  /** Reads this topic from what was sent at the instant on, the others from now on. */
  readonly rewind?: Rewind;
  readonly log: KafkaLog;
  /** Told of each record that could not be read, or whose handling failed. */
  readonly onPassedOver?: () => void;
};

type Rewind = {
  readonly topic: Topic;
  readonly to: Instant;
  /** Where the topic's events are that it no longer has, told until `until`. */
  readonly archived?: { readonly archive: Pick<ArchiveReader, 'ticks'>; readonly until: Instant };
};

/** Short, so that a broker notices a reader that died; long enough for a busy process to answer. */
const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 2_000;
const MAX_WAIT_MS = 250;
/** A reason may quote the record. */
const REASON_CHARS_MAX = 2_000;

/**
 * Reads whole topics from the moment of opening on, or one of them from an earlier one. Nothing is committed: the
 * process keeps its own positions, and goes back to them when the group is joined anew, so that a rebalance skips
 * nothing. A record that cannot be read, or whose handling throws, is counted and passed over: nobody behind it waits,
 * and what keeps state by events notices the gap by their versions, or when it compares with the database.
 */
export async function openTopicReader(kafka: Kafka, options: ReaderOptions): Promise<TopicReader> {
  registerLz4();
  const { positions, ends, lost } = await startOffsets(kafka, options);
  const archived = lost.size > 0 ? options.rewind?.archived : undefined;
  const consumer = kafka.consumer({
    groupId: options.groupId,
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_MS,
    maxWaitTimeInMs: MAX_WAIT_MS,
    // Whatever happened, reading on from the known positions is right; giving up never is.
    retry: { retries: Number.MAX_SAFE_INTEGER, maxRetryTime: 5_000, restartOnFailure: async () => true },
  });
  let isReading = false;
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => {
      seekAll(consumer, positions);
      isReading = true;
      resolve();
    });
  });
  const shut = archived ? [...lost.keys()] : [];
  const catchUp = new CatchUp({ positions, ends, shut }, consumer);
  let foundWhole: (isWhole: boolean) => void = () => {};
  const isWhole = new Promise<boolean>((resolve) => {
    foundWhole = resolve;
  });
  if (!archived) foundWhole(lost.size === 0);
  const broken = [consumer.events.CRASH, consumer.events.DISCONNECT, consumer.events.STOP, consumer.events.REBALANCING];
  for (const name of broken) consumer.on(name as typeof consumer.events.CRASH, () => (isReading = false));
  return {
    start: async (handle) => {
      const onEvent = handledAlone(handle, options);
      await consumer.connect();
      await consumer.subscribe({ topics: [...options.topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: async ({ batch: { topic, partition, messages }, heartbeat, isRunning, isStale, resolveOffset }) => {
          const at = place(topic, partition);
          const isHeld = topic === options.rewind?.topic && !catchUp.isOver;
          const goesOn = () => isRunning() && !isStale();
          if (catchUp.holdsShut(at)) return;
          for (const { offset, value } of messages) {
            if (!goesOn()) break;
            const event = read(value, { topic, partition, offset }, options);
            const next = BigInt(offset) + 1n;
            if (isHeld) catchUp.hold(at, next, event);
            else if (event) await onEvent(event);
            positions.set(at, String(next));
            resolveOffset(offset);
          }
          if (isHeld) await catchUp.release(onEvent);
          if (goesOn()) await heartbeat();
        },
      });
      await joined;
      if (archived) void readPast(lost, catchUp, onEvent, { ...options, ...archived }).then(foundWhole);
    },
    caughtUp: catchUp.done,
    isWhole,
    isReading: () => isReading,
    stop: async () => {
      catchUp.stop();
      await consumer.disconnect();
    },
  };
}

type PastOptions = ReaderOptions & NonNullable<Rewind['archived']>;

/** Hands over what only the archive has, and lets the topic go on behind it, whatever becomes of the archive. */
async function readPast(lost: Lost, catchUp: CatchUp, onEvent: OnEvent, options: PastOptions): Promise<boolean> {
  const { rewind, archive, until, log, onPassedOver } = options;
  let isWhole = false;
  try {
    const topic = rewind?.topic ?? '';
    const offsets = new Map([...lost].map(([at, low]) => [partitionOf(at).partitions[0] ?? 0, Number(low)]));
    const onUnreadable = ({ partition, offset }: { partition: number; offset: number }, reason: string) => {
      log.error({ topic, partition, offset, reason: reason.slice(0, REASON_CHARS_MAX) }, 'a record was passed over');
      onPassedOver?.();
    };
    isWhole = await readArchivedPast(
      { archive, since: (rewind as Rewind).to, until, lost: offsets, onUnreadable },
      {
        onEvent: (event) => catchUp.holdArchived(event, onEvent),
        onReached: (partition) => catchUp.open(place(topic, partition)),
      },
    );
  } catch (error) {
    log.error({ err: error }, 'the archive could not be read to its end');
    for (const at of lost.keys()) catchUp.open(at);
  }
  await catchUp.archiveRead(onEvent);
  return isWhole;
}

/** The oldest offset that is kept of each partition that no longer has everything since the instant asked for. */
type Lost = ReadonlyMap<string, string>;
type Start = { readonly positions: Positions; readonly ends: Positions; readonly lost: Lost };

async function startOffsets(kafka: Kafka, { topics, rewind }: ReaderOptions): Promise<Start> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [positions, ends]: [Positions, Positions] = [new Map(), new Map()];
    const lost = new Map<string, string>();
    for (const topic of topics) {
      const offsets = await admin.fetchTopicOffsets(topic);
      for (const { partition, high } of offsets) {
        positions.set(place(topic, partition), high);
        ends.set(place(topic, partition), high);
      }
      if (rewind?.topic !== topic) continue;
      const earlier = await admin.fetchTopicOffsetsByTimestamp(topic, rewind.to);
      for (const { partition, offset } of earlier) {
        const known = offsets.find((one) => one.partition === partition);
        // Without a record of that time or later there is nothing to go back to.
        if (!known || BigInt(offset) < 0n) continue;
        positions.set(place(topic, partition), offset);
        // The oldest record that is kept, though older ones were there: what came before it is lost.
        if (offset === known.low && BigInt(known.low) > 0n) lost.set(place(topic, partition), known.low);
      }
    }
    return { positions, ends, lost };
  } finally {
    await admin.disconnect();
  }
}

function seekAll(consumer: Consumer, positions: Positions): void {
  for (const [at, offset] of positions) {
    const { topic, partitions } = partitionOf(at);
    for (const partition of partitions) consumer.seek({ topic, partition, offset });
  }
}

/** What fails at one event fails for that event only. */
const handledAlone =
  (handle: OnEvent, { log, onPassedOver }: Pick<ReaderOptions, 'log' | 'onPassedOver'>): OnEvent =>
  async (event) => {
    try {
      await handle(event);
    } catch (error) {
      const { eventId, type, key } = event;
      log.error({ err: error, eventId, type, key }, 'a record could not be handled and was passed over');
      onPassedOver?.();
    }
  };

function read(
  value: Buffer | null,
  from: { readonly topic: string; readonly partition: number; readonly offset: string },
  { log, onPassedOver }: Pick<ReaderOptions, 'log' | 'onPassedOver'>,
): Envelope | undefined {
  const decoded = decodeEvent(value?.toString('utf8') ?? '');
  if (decoded.ok) return decoded.event;
  log.error({ ...from, reason: decoded.reason.slice(0, REASON_CHARS_MAX) }, 'a record was passed over');
  onPassedOver?.();
  return undefined;
}
