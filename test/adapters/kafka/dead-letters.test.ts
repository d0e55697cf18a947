import { randomUUID } from 'node:crypto';
import type { MSKEvent, MSKRecord } from 'aws-lambda';
import type { Kafka } from 'kafkajs';
import pino from 'pino';
import type { Database } from '../../../adapters/cockroach/connection/database';
import { isUnavailable } from '../../../adapters/cockroach/connection/database-errors';
import { makeKafka } from '../../../adapters/kafka/connection';
import { openEventPublisher } from '../../../adapters/kafka/event-publisher';
import { openLetterPublisher } from '../../../adapters/kafka/letter-publisher';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { encodeEvent } from '../../../contracts/topics/envelope';
import { makeConsumer } from '../../../runtime/consume-batch';
import { relayOutbox } from '../../../usecases/events/relay-outbox';
import { replayLetters } from '../../../usecases/events/replay-letters';
import { newAssessment } from '../../fixtures/stored-account';
import { services } from '../../services/services';
import { type Stores, storesOn } from '../cockroach/stores';
import { migratedDatabase } from '../cockroach/test-database';

/** Goal: the whole way of a poisoned record: parked, told on `<topic>.dead`, replayed through Kafka, taken off. */
let kafka: Kafka;
let database: Database;
let stores: Stores;

beforeAll(async () => {
  kafka = await makeKafka(services().kafkaBrokers, 'dead-letters-test');
  database = await migratedDatabase(4);
  stores = storesOn(database);
  const shape = { partitions: 3, replicationFactor: 1, config: {} };
  await ensureTopics(
    kafka,
    ['assessment', 'assessment.dead'].map((name) => ({ name, ...shape })),
  );
});

afterAll(() => database.close());

/** Reads a topic as Lambda's poller does and hands each record to `invoke`. */
async function poll(topic: string, invoke: (event: MSKEvent) => Promise<unknown>) {
  const consumer = kafka.consumer({ groupId: `test-${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => void (await invoke(eventOf(partition, message))),
  });
  return () => consumer.disconnect();
}

type Message = {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly offset: string;
  readonly headers?: Record<string, unknown>;
};

const eventOf = (partition: number, { key, value, offset, headers = {} }: Message): MSKEvent => {
  const record: MSKRecord = {
    topic: 'assessment',
    partition,
    offset: Number(offset),
    timestamp: 0,
    timestampType: 'CREATE_TIME',
    key: key?.toString('base64') ?? '',
    value: value?.toString('base64') ?? '',
    headers: Object.entries(headers).map(([name, bytes]) => ({ [name]: [...(bytes as Buffer)] })),
  };
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn',
    bootstrapServers: '',
    records: { [`assessment-${partition}`]: [record] },
  };
};

const until = async (isDone: () => Promise<boolean>) => {
  for (const end = Date.now() + 50_000; !(await isDone()) && Date.now() < end; ) {
    await new Promise((go) => setTimeout(go, 20));
  }
};

test('a record that a bug refuses is parked, told, and has its effect once the bug is gone', async () => {
  const { given } = newAssessment();
  const [created] = given.messages;
  if (!created) throw new Error('a new assessment has an event');
  const deadRecords: string[] = [];
  let hasBug = true;
  const consume = makeConsumer(
    {
      name: 'write-report',
      types: ['assessment.created'],
      handle: async (event, inbox) => {
        if (event.key !== given.accountId) return 'not of this test';
        if (hasBug) throw new Error('a bug');
        return stores.assessments.create(given, inbox);
      },
    },
    {
      deadLetters: async () => stores.letters,
      isTransient: isUnavailable,
      log: pino({ level: 'silent' }),
      wait: async () => {},
    },
  );
  const publisher = await openEventPublisher(kafka);
  const letterPublisher = await openLetterPublisher(kafka);
  const stops = [
    await poll('assessment', consume),
    await poll('assessment.dead', async (event) => {
      const records = Object.values(event.records).flat();
      deadRecords.push(...records.map(({ value }) => Buffer.from(value, 'base64').toString('utf8')));
    }),
  ];
  const body = encodeEvent({ ...created, version: 1 });
  await publisher.publish([{ eventId: created.eventId, topic: 'assessment', key: given.accountId, body }]);
  // Other tests use the topics too: their poison is parked beside ours.
  const parked = async () => (await stores.letters.list()).filter(({ key }) => key === given.accountId).length;
  await until(async () => (await parked()) === 1);
  await relayOutbox({ outbox: stores.outbox, publisher })();
  const mine = () => deadRecords.find((record) => record.includes(given.accountId));
  await until(async () => mine() !== undefined);
  expect(JSON.parse(mine() ?? '{}')).toMatchObject({ key: given.accountId, reason: 'a bug', value: body });

  hasBug = false;
  const wait = () => new Promise<void>((go) => setTimeout(go, 50));
  const replay = replayLetters({ letters: stores.letters, publisher: letterPublisher, wait, attemptsMax: 200 });
  const { released, stuck } = await replay((letter) => letter.key === given.accountId);
  expect([released.length, stuck.length, await parked()]).toEqual([1, 0, 0]);
  expect((await stores.assessments.find(given.assessmentId))?.snapshot.version).toBe(1);
  await Promise.all([...stops.map((stop) => stop()), publisher.close(), letterPublisher.close()]);
}, 120_000);

test('the notice of a letter fits its topic, however large the record was; the letter itself is whole', async () => {
  const key = randomUUID();
  // JSON writes each of these characters as six.
  const value = '\u0001'.repeat(1_000_000);
  const letter = { consumer: 'write-report', topic: 'assessment', partition: 9, offset: '1', key, value, reason: 'r' };
  await stores.letters.park(letter);
  const [notice] = (await stores.outbox.unsent(10_000)).filter((row) => row.key === key);
  expect(Buffer.byteLength(notice?.body ?? '')).toBeLessThan(500_000);
  expect(JSON.parse(notice?.body ?? '')).toMatchObject({ key, reason: 'r', valueChars: value.length });
  const [kept] = (await stores.letters.list()).filter((one) => one.key === key);
  expect(kept?.value).toBe(value);
  await stores.letters.release(kept?.id ?? '');
});
