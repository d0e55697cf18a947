import { randomUUID } from 'node:crypto';
import type { MSKEvent } from 'aws-lambda';
import { CompressionTypes, type Kafka } from 'kafkajs';
import { eventsOfRow } from '../../../adapters/cockroach/events/outbox-columns';
import { makeKafka } from '../../../adapters/kafka/connection';
import { openEventPublisher } from '../../../adapters/kafka/event-publisher';
import { openLetterPublisher } from '../../../adapters/kafka/letter-publisher';
import { silentLog } from '../../../adapters/kafka/log';
import { registerLz4 } from '../../../adapters/kafka/lz4';
import { openTopicReader } from '../../../adapters/kafka/topic-reader';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { type Envelope, encodeEvent } from '../../../contracts/topics/envelope';
import { textOfBytes } from '../../../contracts/topics/record-text';
import { type EventId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { startKafkaSource } from '../../../local/lambda/kafka-source';
import type { OutboxRow } from '../../../usecases/ports/events/outbox';
import { services } from '../../services/services';

/** Goal: whatever one record is, a real broker and our clients do with the others as if it were not there. */
let kafka: Kafka;

beforeAll(async () => {
  registerLz4();
  kafka = await makeKafka(services().kafkaBrokers, 'one-bad-record');
  const shape = { partitions: 3, replicationFactor: 1, config: {} };
  // Other tests may have made them before, with other partitions.
  await ensureTopics(
    kafka,
    ['payment', 'payment.dead', 'monte-carlo'].map((name) => ({ name, ...shape })),
  );
});

/** Text that LZ4 cannot make smaller. */
const noise = (bytes: number): string =>
  Array.from({ length: Math.ceil(bytes / 32) }, () => randomUUID().replaceAll('-', '')).join('');

const rowOf = (key: string, body: string, topic = 'payment'): OutboxRow => ({
  eventId: idOf<EventId>(randomUUID()),
  topic,
  key,
  body,
});

async function sentAs(rows: readonly OutboxRow[], topic: 'payment' | 'monte-carlo' = 'payment') {
  const groupId = `test-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId });
  const got: string[] = [];
  // One behind the rows of each key: whatever is in front of it in its partition has been read by then.
  const markers = [...new Set(rows.map(({ key }) => key))].map((key) => rowOf(key, randomUUID(), topic));
  const awaited = new Set<string>(markers.map(({ eventId }) => eventId));
  const publisher = await openEventPublisher(kafka);
  const ended = new Promise<void>((resolve) => {
    void (async () => {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message }) => {
          const id = String(message.headers?.['event-id']);
          if (!got.includes(id)) got.push(id);
          awaited.delete(id);
          if (awaited.size === 0) resolve();
        },
      });
    })();
  });
  const refused = await publisher.publish(rows);
  await publisher.publish(markers);
  await ended;
  await Promise.all([consumer.disconnect(), publisher.close()]);
  return { refused, arrived: rows.filter(({ eventId }) => got.includes(eventId)), order: got };
}

test('a row over the limit of the broker is refused by name; its key waits behind it, everybody else is sent', async () => {
  const rows = [
    rowOf('a', 'a1'),
    rowOf('b', 'b1'),
    rowOf('a', noise(1_500_000)),
    rowOf('b', 'b2'),
    rowOf('a', 'a3'),
    rowOf('c', 'c1'),
    rowOf('b', 'b3'),
  ];
  const { refused, arrived, order } = await sentAs(rows);
  expect(refused).toEqual([{ eventId: rows[2]?.eventId, reason: expect.stringContaining('MESSAGE_TOO_LARGE') }]);
  expect(arrived.map(({ body }) => body)).toEqual(['a1', 'b1', 'b2', 'c1', 'b3']);
  const ofB = rows.filter(({ key }) => key === 'b').map(({ eventId }) => String(eventId));
  expect(order.filter((id) => ofB.includes(id))).toEqual(ofB);
}, 120_000);

test('rows that are small but too large together are all sent, those of a key in their order', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => rowOf(at % 2 === 0 ? 'd' : 'e', noise(60_000)));
  const { refused, arrived, order } = await sentAs(rows);
  expect([refused, arrived]).toEqual([[], rows]);
  for (const name of ['d', 'e']) {
    const ids = rows.filter(({ key }) => key === name).map(({ eventId }) => String(eventId));
    expect(order.filter((id) => ids.includes(id))).toEqual(ids);
  }
}, 120_000);

test('a row for a topic that is none of ours is refused, and the wave goes on', async () => {
  const rows = [rowOf('f', 'f1', 'no such topic'), rowOf('g', 'g1'), rowOf('f', 'f2')];
  const { refused, arrived } = await sentAs(rows);
  expect(refused).toEqual([{ eventId: rows[0]?.eventId, reason: 'no such topic is no topic of ours' }]);
  expect(arrived.map(({ body }) => body)).toEqual(['g1']);
}, 120_000);

test('a letter goes back byte for byte; one that has grown over the limit is refused with the reason', async () => {
  const publisher = await openLetterPublisher(kafka);
  const bytes = Buffer.from([0x7b, 0, 0xff, 0xfe]);
  const letter = {
    id: randomUUID(),
    consumer: 'provision-assessment',
    topic: 'monte-carlo',
    partition: 0,
    offset: '1',
    key: 'h',
    value: textOfBytes(bytes),
    reason: 'not JSON',
    parkedAt: '',
  };
  expect(await publisher.republish(letter)).toBeUndefined();
  expect(await publisher.republish({ ...letter, value: noise(1_500_000) })).toContain('MESSAGE_TOO_LARGE');
  const consumer = kafka.consumer({ groupId: `test-${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: ['monte-carlo'], fromBeginning: true });
  const value = await new Promise<Buffer | null>((resolve) => {
    void consumer.run({
      eachMessage: async ({ message }) => {
        if (String(message.headers?.['replayed-letter']) === letter.id) resolve(message.value);
      },
    });
  });
  expect(value).toEqual(bytes);
  await Promise.all([consumer.disconnect(), publisher.close()]);
}, 120_000);

test('a row of the outbox that cannot be taken apart travels as one record: its readers park it', () => {
  const row = rowOf('i', `${encodeEvent(dayOpened('i', 1))}\nnoise\nnoise`);
  expect(eventsOfRow(row)).toEqual([row]);
  expect(eventsOfRow({ ...row, body: 'null\nnull' })).toHaveLength(1);
});

const dayOpened = (key: string, accountVersion: number): Envelope => ({
  eventId: idOf<EventId>(randomUUID()),
  type: 'assessment.day-opened',
  version: 1,
  key,
  accountVersion,
  occurredAt: instant(accountVersion),
  correlationId: 'c-1',
  traceparent: null,
  data: {
    accountId: idOf<never>(key),
    assessmentId: idOf<never>(randomUUID()),
    userId: idOf<never>(randomUUID()),
    day: '2026-01-05',
    dayAnchorUsd: 1_000_000n as never,
  },
});

test.each(['now on', 'an earlier moment on'])(
  'a reader from %s goes on behind a record that fails',
  async (from) => {
    const isRewound = from !== 'now on';
    const key = randomUUID();
    const since = instant(Date.now());
    const producer = kafka.producer();
    await producer.connect();
    const send = () =>
      producer.send({
        topic: 'monte-carlo',
        compression: CompressionTypes.LZ4,
        messages: [
          { key, value: null },
          { key, value: encodeEvent(dayOpened(key, 1)) },
          { key: null, value: Buffer.from([0xff, 0]), headers: { traceparent: Buffer.from([0xff]) } },
          { key, value: encodeEvent(dayOpened(key, 2)) },
          { key, value: noise(900_000) },
          { key, value: encodeEvent(dayOpened(key, 3)) },
        ],
      });
    if (isRewound) await send();
    // Three that cannot be read and three whose handling fails; without a key a record may come in any partition.
    let passedOver = 0;
    let end = () => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    const reader = await openTopicReader(kafka, {
      groupId: `test-${randomUUID()}`,
      topics: ['monte-carlo'],
      log: silentLog,
      ...(isRewound && { rewind: { topic: 'monte-carlo' as const, to: since } }),
      onPassedOver: () => {
        passedOver++;
        if (passedOver === 6) end();
      },
    });
    const got: (number | null)[] = [];
    await reader.start(async (event) => {
      if (event.key !== key) return;
      got.push(event.accountVersion);
      throw new Error('a bug that this event meets');
    });
    if (!isRewound) await send();
    await ended;
    if (isRewound) await reader.caughtUp;
    await reader.stop();
    await producer.disconnect();
    expect([got, passedOver]).toEqual([[1, 2, 3], 6]);
  },
  120_000,
);

test('a source hands over every value of a header, as Lambda does', async () => {
  const producer = kafka.producer();
  await producer.connect();
  const key = randomUUID();
  await producer.send({
    topic: 'payment.dead',
    messages: [{ key, value: 'v', headers: { several: ['1', '2'], one: 'x' } }],
  });
  const event = await new Promise<MSKEvent>((resolve, reject) => {
    const plan = {
      functionName: 'f',
      topic: 'payment.dead',
      groupId: `test-${key}`,
      batchSize: 10,
      windowMs: 0,
      fromBeginning: true,
      reportsItemFailures: true,
      deadLetterTopic: undefined,
      retriesMax: 1,
    };
    const invoke = async (given: unknown) => resolve(given as MSKEvent);
    startKafkaSource(services().kafkaBrokers, plan, invoke, () => {}).then((source) => sources.push(source), reject);
  });
  const [record] = Object.values(event.records).flat();
  expect(record?.headers).toEqual([{ several: [49] }, { several: [50] }, { one: [120] }]);
  await Promise.all([producer.disconnect(), ...sources.map((source) => source.stop())]);
}, 120_000);

const sources: { readonly stop: () => Promise<void> }[] = [];
