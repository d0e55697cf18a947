import type { MSKEvent } from 'aws-lambda';
import { type Batch, type EachBatchPayload, Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { registerLz4 } from '../../adapters/kafka/lz4';
import type { SourcePlan } from '../assembly/assembly';

type Invoke = (event: unknown) => Promise<unknown>;

const BACKOFF_MS = [100, 500, 2_000, 5_000];
/** A function may run for longer than the group waits for a sign of life. */
const HEARTBEAT_MS = 3_000;
/** After a crash the group waits this long for us to come back before it lets our next run in. */
const SESSION_MS = 10_000;
/** With a window the broker gathers records until it ends; no batch of ours comes near this size. */
const WINDOW_BYTES = 1_000_000;
/** Lambda's poller works on the partitions of a topic side by side. */
const PARTITIONS_AT_ONCE = 4;

/**
 * Feeds a function from a topic as Lambda's MSK event source does: batches of `aws:kafka` records of one partition, one
 * batch of a partition at a time, committed when the function has returned, repeated while it fails.
 */
export async function startKafkaSource(
  brokers: string,
  plan: SourcePlan,
  invoke: Invoke,
  onFailure: (line: string) => void,
): Promise<{ readonly stop: () => Promise<void> }> {
  registerLz4();
  const kafka = new Kafka({
    clientId: `source-${plan.functionName}`,
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
  });
  const consumer = kafka.consumer({
    groupId: plan.groupId,
    sessionTimeout: SESSION_MS,
    maxWaitTimeInMs: Math.max(plan.windowMs, 100),
    minBytes: plan.windowMs > 0 ? WINDOW_BYTES : 1,
    retry: { retries: Number.MAX_SAFE_INTEGER },
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [plan.topic], fromBeginning: plan.fromBeginning });
  let isStopping = false;
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    onFailure(`${plan.functionName}: reading ${plan.topic} failed (${payload.error.message})`);
  });
  const delivery: Delivery = { brokers, plan, invoke, onFailure, isOver: () => isStopping };
  await consumer.run({
    eachBatchAutoResolve: false,
    autoCommit: true,
    partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
    eachBatch: async ({ batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning }: EachBatchPayload) => {
      for (let from = 0; from < batch.messages.length; from += plan.batchSize) {
        const messages = batch.messages.slice(from, from + plan.batchSize);
        const last = messages.at(-1);
        if (!isRunning() || isStopping || !last) return;
        if (!(await alive(heartbeat, () => deliver(delivery, batch, messages)))) return;
        resolveOffset(last.offset);
        await commitOffsetsIfNecessary();
      }
    },
  });
  const stop = async () => {
    isStopping = true;
    await consumer.disconnect();
  };
  return { stop };
}

type Delivery = {
  readonly brokers: string;
  readonly plan: SourcePlan;
  readonly invoke: Invoke;
  readonly onFailure: (line: string) => void;
  readonly isOver: () => boolean;
};

/** Repeats a batch until the function takes it. False: stopped before the end. */
async function deliver(delivery: Delivery, batch: Batch, messages: readonly KafkaMessage[]): Promise<boolean> {
  const { plan, invoke, onFailure, isOver } = delivery;
  for (let attempt = 0; !isOver(); attempt++) {
    try {
      await invoke(eventOf(batch, messages, delivery.brokers));
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      onFailure(`${plan.functionName}: ${reason}; the batch of ${plan.topic} is repeated`);
    }
    await new Promise((resolve) => setTimeout(resolve, BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)]));
  }
  return false;
}

/** Tells the group that we are alive while the work lasts; a group that moved on is noticed at the next commit. */
async function alive<T>(heartbeat: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat().catch(() => undefined), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

const eventOf = (batch: Batch, messages: readonly KafkaMessage[], brokers: string): MSKEvent => ({
  eventSource: 'aws:kafka',
  eventSourceArn: 'arn:aws:kafka:local',
  bootstrapServers: brokers,
  records: {
    [`${batch.topic}-${batch.partition}`]: messages.map((message) => ({
      topic: batch.topic,
      partition: batch.partition,
      offset: Number(message.offset),
      timestamp: Number(message.timestamp),
      timestampType: 'CREATE_TIME' as const,
      key: message.key?.toString('base64') ?? '',
      value: message.value?.toString('base64') ?? '',
      headers: Object.entries(message.headers ?? {}).flatMap(([name, values]) =>
        [values].flat().map((value) => ({ [name]: bytesOf(value) })),
      ),
    })),
  },
});

/** A header may have no value: it is null then, which the types of the event do not say. */
const bytesOf = (value: Buffer | string | null | undefined): number[] =>
  value === null || value === undefined ? (null as unknown as number[]) : [...Buffer.from(value)];
