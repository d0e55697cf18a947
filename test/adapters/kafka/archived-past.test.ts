import { randomUUID } from 'node:crypto';
import type { Admin, Kafka, Producer } from 'kafkajs';
import { makeKafka } from '../../../adapters/kafka/connection';
import { silentLog } from '../../../adapters/kafka/log';
import { openTopicReader } from '../../../adapters/kafka/topic-reader';
import { ensureTopics } from '../../../adapters/kafka/topics';
import type { Envelope } from '../../../contracts/topics/envelope';
import type { Topic } from '../../../contracts/topics/topics';
import { instant } from '../../../domain/kernel/instant';
import type { Tick } from '../../../usecases/ports/archive/archive';
import { tickOf } from '../../fixtures/archived';
import { services } from '../../services/services';

/** Goal: who comes back after the topic has forgotten hears from the archive first, in time, or is told of a hole. */
/** Nobody else's, for its records are deleted; the reader is as good for any name. */
const TOPIC = `past-${randomUUID()}` as Topic;
const COUNT = 13_000; // More than a source may be ahead by, twice over.
let kafka: Kafka;
let admin: Admin;
let producer: Producer;
/** What the topic ever had, in the order of time; even ones on partition 0, odd ones on 1. */
let told: Tick[];
let began: number;

beforeAll(async () => {
  kafka = await makeKafka(services().kafkaBrokers, 'archived-past');
  admin = kafka.admin();
  producer = kafka.producer({ allowAutoTopicCreation: false });
  await Promise.all([admin.connect(), producer.connect()]);
  await ensureTopics(kafka, [{ name: TOPIC, partitions: 2, replicationFactor: 1, config: {} }]);
  began = Date.now() - COUNT;
  told = Array.from({ length: COUNT }, (_, order) => {
    return tickOf({
      at: began + order,
      partition: order % 2,
      offset: Math.floor(order / 2),
      instrument: `X-${order % 2}`,
    });
  });
  for (let sent = 0; sent < COUNT; sent += 1_000) {
    const messages = told.slice(sent, sent + 1_000).map(({ partition, instrument, body, occurredAt }) => ({
      partition,
      key: instrument,
      value: body,
      timestamp: `${occurredAt}`,
    }));
    await producer.send({ topic: TOPIC, messages });
  }
  // Retention takes segments, so that partitions lose different parts of the past.
  const partitions = [
    { partition: 0, offset: '6000' },
    { partition: 1, offset: '4000' },
  ];
  await admin.fetchTopicOffsets(TOPIC); // The client looks for leaders only in what it knows of a topic.
  await admin.deleteTopicRecords({ topic: TOPIC, partitions });
});
afterAll(() => Promise.all([admin.disconnect(), producer.disconnect()]));

const archiveOf = (ticks: readonly Tick[]) => ({
  ticks: async function* ({ from, to }: { from: number; to: number }) {
    for (const tick of ticks) if (tick.occurredAt >= from && tick.occurredAt <= to) yield tick;
  },
});

async function readBack(archived: readonly Tick[], from: number) {
  const reader = await openTopicReader(kafka, {
    groupId: `test-${randomUUID()}`,
    topics: [TOPIC],
    log: silentLog,
    rewind: {
      topic: TOPIC,
      to: instant(from),
      archived: { archive: archiveOf(archived), until: instant(Date.now()) },
    },
  });
  const got: Envelope[] = [];
  await reader.start((event) => void got.push(event));
  await reader.caughtUp;
  const isWhole = await reader.isWhole;
  await reader.stop();
  return { isWhole, ids: got.map(({ eventId }) => eventId) };
}

const idsOf = (ticks: readonly Tick[]) => ticks.map(({ body }) => (JSON.parse(body) as Envelope).eventId);

test('everything since the instant comes in the order of time, once, from the archive and then the topic', async () => {
  const { isWhole, ids } = await readBack(told, began + 500);
  expect(ids).toEqual(idsOf(told.slice(500)));
  expect(isWhole).toBe(true);
});

test('from the very first record on nothing before it is missed', async () => {
  const { isWhole, ids } = await readBack(told.slice(0, 12_500), began);
  expect(ids).toEqual(idsOf(told));
  expect(isWhole).toBe(true);
});

test.each`
  story                                                 | lacks
  ${'one record in the middle'}                         | ${[7_000]}
  ${'the last before the topic goes on'}                | ${[11_998]}
  ${'the first of those asked for, and the one before'} | ${[498, 500]}
  ${'everything'}                                       | ${'all'}
`('an archive that lacks $story says so, and the rest comes in its order', async ({ lacks }) => {
  const archived = lacks === 'all' ? [] : told.filter((_, order) => !lacks.includes(order));
  const { isWhole, ids } = await readBack(archived, began + 500);
  const isKept = ({ partition, offset }: Tick) => offset >= (partition === 0 ? 6_000 : 4_000);
  expect(ids).toEqual(idsOf(told.slice(500).filter((tick) => isKept(tick) || archived.includes(tick))));
  expect(isWhole).toBe(false);
});

test('where the topic has everything the archive is not read', async () => {
  const { isWhole, ids } = await readBack([], began + 12_500);
  expect(ids).toEqual(idsOf(told.slice(12_500)));
  expect(isWhole).toBe(true);
});

test('an archive that cannot be read holds nobody up', async () => {
  const reader = await openTopicReader(kafka, {
    groupId: `test-${randomUUID()}`,
    topics: [TOPIC],
    log: silentLog,
    rewind: {
      topic: TOPIC,
      to: instant(began),
      archived: {
        archive: {
          // biome-ignore lint/correctness/useYield: it fails before there is anything.
          ticks: async function* () {
            throw new Error('no bucket');
          },
        },
        until: instant(Date.now()),
      },
    },
  });
  const got: string[] = [];
  await reader.start((event) => void got.push(event.eventId));
  await reader.caughtUp;
  expect(await reader.isWhole).toBe(false);
  expect(got).toHaveLength(500 + 2_500);
  await reader.stop();
});
