import type { MSKEvent, MSKRecord } from 'aws-lambda';
import { decodeEvent, type Envelope } from '../contracts/topics/envelope';
import type { EventType } from '../contracts/topics/events';
import { isEncoded, textOfBytes } from '../contracts/topics/record-text';
import { REPLAYED_FOR, REPLAYED_LETTER } from '../contracts/topics/replay-headers';
import type { Trace } from '../usecases/ports/clock-and-ids';
import type { DeadLetters, Inbox } from '../usecases/ports/events/outbox';
import type { Logger } from './log';

/**
 * A function that Lambda feeds from a topic. `handle` has its effect once: it records `inbox` in the same transaction.
 */
export type Consumer<T extends EventType> = {
  readonly name: string;
  /** Other events of the topic are passed over. */
  readonly types: readonly T[];
  /** Answers what it did, for the log: `created`, `duplicate`, … */
  readonly handle: (event: Envelope<T>, inbox: Inbox, trace: Trace) => Promise<string>;
};

type ConsumerParts = {
  readonly deadLetters: () => Promise<DeadLetters>;
  /** Whether the same record may succeed later without anybody's help: a lost database, a lost race. */
  readonly isTransient: (error: unknown) => boolean;
  readonly log: Logger;
  readonly wait: (ms: number) => Promise<void>;
};

const ATTEMPTS_MAX = 3;
const RETRY_AFTER_MS = 100;

type Received = {
  readonly record: MSKRecord;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * Works off a batch: partitions side by side, the records of one in their order. A record that cannot be read, or whose
 * handler fails again and again, is parked with its reason, and later records of its key are parked behind it, so
 * that nobody else waits. While a part that is needed does not answer, the batch is refused as a whole: the inbox
 * makes its second delivery harmless.
 */
export const makeConsumer =
  <T extends EventType>(consumer: Consumer<T>, parts: ConsumerParts) =>
  async (event: MSKEvent): Promise<void> => {
    const partitions = Object.values(event.records).map((records) => consumePartition(consumer, parts, records));
    for (const result of await Promise.allSettled(partitions)) if (result.status === 'rejected') throw result.reason;
  };

async function consumePartition<T extends EventType>(
  consumer: Consumer<T>,
  parts: ConsumerParts,
  records: readonly MSKRecord[],
): Promise<void> {
  const concerned = records.map(received).filter(({ value }) => mayConcern(value, consumer.types));
  if (concerned.length === 0) return;
  const keys = [...new Set(concerned.map(({ key }) => key))].filter((key) => key !== '');
  const parked = new Set(await (await parts.deadLetters()).parkedKeys(consumer.name, keys));
  for (const one of concerned) {
    const isReplay = one.headers[REPLAYED_FOR] === consumer.name && letterOf(one) !== undefined;
    if (parked.has(one.key) && !isReplay) await park(consumer.name, parts, one, 'behind an earlier record of its key');
    else if (!(await consumeRecord(consumer, parts, one, isReplay)) && one.key !== '') parked.add(one.key);
  }
}

/** Answers whether the record had its effect; otherwise it is parked, or still parked when it was a replay. */
async function consumeRecord<T extends EventType>(
  consumer: Consumer<T>,
  parts: ConsumerParts,
  one: Received,
  isReplay: boolean,
): Promise<boolean> {
  const reason = await failureOf(consumer, parts, one);
  const letter = isReplay ? letterOf(one) : undefined;
  if (reason === undefined) {
    if (letter !== undefined) await (await parts.deadLetters()).release(letter);
    return true;
  }
  if (letter === undefined) await park(consumer.name, parts, one, reason);
  else parts.log.warn({ letter, reason }, 'a replayed record failed again and stays parked');
  return false;
}

/** The dead letter that a replay releases; a header without a letter's id was written by somebody else. */
const letterOf = ({ headers }: Received): string | undefined =>
  UUID.test(headers[REPLAYED_LETTER] ?? '') ? headers[REPLAYED_LETTER] : undefined;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function failureOf<T extends EventType>(
  { name, handle }: Consumer<T>,
  { isTransient, log, wait }: ConsumerParts,
  { value }: Received,
): Promise<string | undefined> {
  const decoded = decodeEvent(value);
  if (!decoded.ok) return decoded.reason;
  const event = decoded.event as Envelope<T>;
  const { eventId, type, correlationId, traceparent } = event;
  const line = log.child({ correlationId, eventId, type, consumer: name });
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await handle(event, { consumer: name, eventId }, { correlationId, traceparent });
      line.info({ outcome }, 'consumed');
      return undefined;
    } catch (error) {
      if (isTransient(error)) throw error;
      line.warn({ err: error, attempt }, 'the handler failed');
      if (attempt === ATTEMPTS_MAX) return error instanceof Error ? error.message : 'the handler failed';
      await wait(RETRY_AFTER_MS * 2 ** attempt);
    }
  }
}

async function park(consumer: string, parts: ConsumerParts, one: Received, reason: string): Promise<void> {
  const { record, key, value } = one;
  const { topic, partition, offset } = record;
  parts.log.error({ consumer, topic, partition, offset, key, reason }, 'parked');
  const letter = { consumer, topic, partition, offset: String(offset), key, value, reason: told(reason) };
  await (await parts.deadLetters()).park(letter);
}

/** Anything that a producer can make of a record: no key, value or headers, a header without a value, any bytes. */
type AnyRecord = Omit<MSKRecord, 'key' | 'value' | 'headers'> & {
  readonly key?: string | null;
  readonly value?: string | null;
  readonly headers?: readonly Readonly<Record<string, readonly number[] | null>>[] | null;
};

/** Never throws: an unreadable key is empty, an unreadable value is no event, unreadable headers are left out. */
const received = (record: AnyRecord & MSKRecord): Received => ({
  record,
  key: keyOf(textOf(record.key)),
  value: textOf(record.value),
  headers: Object.fromEntries(
    ((record as AnyRecord).headers ?? []).flatMap((header) =>
      Object.entries(header ?? {}).flatMap(([name, bytes]) =>
        Array.isArray(bytes) ? [[name, Buffer.from(bytes).toString('utf8')]] : [],
      ),
    ),
  ),
});

const textOf = (base64: string | null | undefined): string => textOfBytes(Buffer.from(base64 ?? '', 'base64'));

/** Longer ones do not fit the index of the dead letters; ours are ids. */
const KEY_CHARS_MAX = 300;

/** A key that none of our producers makes is attributed to nobody, as an absent one is. */
const keyOf = (text: string): string => (text.length <= KEY_CHARS_MAX && !isEncoded(text) ? text : '');

/** A reason may quote the record. */
const REASON_CHARS_MAX = 2_000;
const told = (reason: string): string => reason.slice(0, REASON_CHARS_MAX).replaceAll('\0', '\uFFFD');

/** Events of other types are passed over, also those that only newer producers know; unreadable text may concern us. */
function mayConcern(value: string, types: readonly string[]): boolean {
  try {
    const { type } = JSON.parse(value) as { readonly type?: unknown };
    return typeof type !== 'string' || types.includes(type);
  } catch {
    return true;
  }
}
