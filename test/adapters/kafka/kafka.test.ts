import { randomUUID } from 'node:crypto';
import { type Admin, ConfigResourceTypes, type Kafka } from 'kafkajs';
import { makeKafka } from '../../../adapters/kafka/connection';
import { openEventPublisher } from '../../../adapters/kafka/event-publisher';
import { silentLog } from '../../../adapters/kafka/log';
import { openQuotePublisher } from '../../../adapters/kafka/quote-publisher';
import { openTopicReader, type TopicReader } from '../../../adapters/kafka/topic-reader';
import { ensureTopics, type TopicPlan } from '../../../adapters/kafka/topics';
import { type Envelope, encodeEvent } from '../../../contracts/topics/envelope';
import { type EventId, type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { type Price, parsePrice, parseQty, type Qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { services } from '../../services/services';

/** Goal: what leaves through our producers is what our readers get, on a real broker, in order, compressed by LZ4. */
let kafka: Kafka;
let admin: Admin;

beforeAll(async () => {
  kafka = await makeKafka(services().kafkaBrokers, 'kafka-test');
  admin = kafka.admin();
  await admin.connect();
  await ensureTopics(
    kafka,
    ['market-data', 'trading', 'assessment', 'rules'].map((name) => plan(name)),
  );
});

afterAll(() => admin.disconnect());

const plan = (name: string, config: Record<string, string> = {}): TopicPlan => ({
  name,
  partitions: 3,
  replicationFactor: 1,
  config: { 'compression.type': 'lz4', ...config },
});

const holder = (key: string) => ({
  accountId: idOf<never>(key),
  assessmentId: idOf<never>(randomUUID()),
  userId: idOf<never>(randomUUID()),
});

const dayOpened = (key: string, accountVersion: number): Envelope => ({
  eventId: idOf<EventId>(randomUUID()),
  type: 'assessment.day-opened',
  version: 1,
  key,
  accountVersion,
  occurredAt: instant(1_764_000_000_000),
  correlationId: 'correlation-1',
  traceparent: null,
  data: { ...holder(key), day: '2026-01-05', dayAnchorUsd: 1_000_000n as never },
});

const rowOf = (event: Envelope) => ({
  eventId: event.eventId,
  topic: 'assessment',
  key: event.key,
  body: encodeEvent(event),
});

const reader = (topics: ('assessment' | 'market-data')[]): Promise<TopicReader> =>
  openTopicReader(kafka, { groupId: `test-${randomUUID()}`, topics, log: silentLog });

async function until(isDone: () => boolean): Promise<void> {
  for (const end = Date.now() + 50_000; !isDone() && Date.now() < end; ) await new Promise((go) => setTimeout(go, 10));
}

test('a second run of the topic plan changes nothing, a changed entry is set, a wider plan is refused', async () => {
  const name = `plan-${randomUUID()}`;
  expect(await ensureTopics(kafka, [plan(name)])).toEqual({ created: [name], configured: [] });
  expect(await ensureTopics(kafka, [plan(name)])).toEqual({ created: [], configured: [] });
  const longer = plan(name, { 'retention.ms': '3600000' });
  expect(await ensureTopics(kafka, [longer])).toEqual({ created: [], configured: [name] });
  const described = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name, configNames: ['retention.ms', 'compression.type'] }],
  });
  const entries = described.resources[0]?.configEntries.map((entry) => [entry.configName, entry.configValue]);
  expect(Object.fromEntries(entries ?? [])).toEqual({ 'retention.ms': '3600000', 'compression.type': 'lz4' });
  await expect(ensureTopics(kafka, [{ ...longer, partitions: 4 }])).rejects.toThrow(`${name} has 3 partitions`);
  await admin.deleteTopics({ topics: [name] });
});

test('a reader gets what is sent after it was opened, each key in its order, and nothing from before', async () => {
  const publisher = await openEventPublisher(kafka);
  await publisher.publish([rowOf(dayOpened(randomUUID(), 1))]);
  const opened = await reader(['assessment']);
  const keys = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  // Between opening and starting: the position was taken at opening, so these count.
  await publisher.publish(keys.map((key) => rowOf(dayOpened(key, 1))));
  const got: Envelope[] = [];
  await opened.start((event) => void got.push(event));
  expect(opened.isReading()).toBe(true);
  await publisher.publish([2, 3, 4, 5].flatMap((version) => keys.map((key) => rowOf(dayOpened(key, version)))));
  await until(() => got.length >= 20);
  const versionsOf = (key: string) => got.filter((event) => event.key === key).map((event) => event.accountVersion);
  expect(keys.map(versionsOf)).toEqual(keys.map(() => [1, 2, 3, 4, 5]));
  expect(got).toHaveLength(20);
  await opened.stop();
  expect(opened.isReading()).toBe(false);
  await publisher.close();
});

test('a record that cannot be read is passed over, those behind it arrive', async () => {
  const publisher = await openEventPublisher(kafka);
  const opened = await reader(['assessment']);
  const got: Envelope[] = [];
  await opened.start((event) => void got.push(event));
  const key = randomUUID();
  const noise = { eventId: idOf<EventId>(randomUUID()), topic: 'assessment', key, body: 'noise' };
  await publisher.publish([noise, rowOf(dayOpened(key, 7))]);
  await until(() => got.length > 0);
  expect(got.map((event) => event.accountVersion)).toEqual([7]);
  await Promise.all([opened.stop(), publisher.close()]);
});

test('quotes of one instrument arrive in their order with exact prices; an empty side is null', async () => {
  const quotes = await openQuotePublisher(kafka, { next: <Id extends string>() => randomUUID() as Id });
  const opened = await reader(['market-data']);
  const got: Envelope[] = [];
  await opened.start((event) => void got.push(event));
  const books = Array.from({ length: 50 }, (_, index) => bookOf(index + 1, index % 10 === 9));
  await Promise.all(books.map((book) => quotes.publish(book)));
  await until(() => got.length >= 50);
  const data = got.flatMap((event) => (event.type === 'market-data.quote' ? [event.data] : []));
  expect(data.map((quote) => quote.sequence)).toEqual(books.map((book) => book.sequence));
  expect(data[0]?.bid).toEqual({ price: parsePrice('91000.1'), qty: parseQty('0.00000001') });
  expect(data[9]?.ask).toBeNull();
  expect(new Set(got.map((event) => event.eventId)).size).toBe(50);
  await Promise.all([opened.stop(), quotes.close()]);
});

const bookOf = (sequence: number, isOneSided: boolean): Book => ({
  instrument: idOf<InstrumentId>('BTC-USD'),
  venue: 'kraken',
  sequence,
  venueProof: '123',
  venueAt: instant(1_764_000_000_000),
  receivedAt: instant(1_764_000_000_005),
  quality: isOneSided ? 'stale' : 'good',
  bids: [{ price: parsePrice('91000.1') as Price, qty: parseQty('0.00000001') as Qty }],
  asks: isOneSided ? [] : [{ price: parsePrice('91000.2') as Price, qty: parseQty('2') as Qty }],
});

test('a topic read from an earlier moment comes in the order of time over all partitions, then live', async () => {
  await ensureTopics(kafka, [plan('report')]);
  const from = instant(Date.now());
  const key = randomUUID();
  const at = (order: number, partition: number) => ({
    partition,
    key,
    value: encodeEvent({ ...dayOpened(key, order), occurredAt: instant(order) }),
  });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const COUNT = 7_000; // More than a partition may be ahead by.
  const early = Array.from({ length: COUNT }, (_, order) => at(order, order % 5 === 0 ? 0 : 1));
  const send = (messages: readonly ReturnType<typeof at>[]) =>
    producer.send({ topic: 'report', messages: [...messages] });
  const ordered = [1, 0].flatMap((partition) => early.filter((message) => message.partition === partition));
  for (let sent = 0; sent < COUNT; sent += 1_000) await send(ordered.slice(sent, sent + 1_000));
  const groupId = `test-${randomUUID()}`;
  const back = await openTopicReader(kafka, {
    groupId,
    topics: ['report'],
    log: silentLog,
    rewind: { topic: 'report', to: from },
  });
  const got: number[] = [];
  await back.start((event) => {
    got.push(event.occurredAt);
  });
  await back.caughtUp;
  expect(got).toEqual(Array.from({ length: COUNT }, (_, order) => order));
  await send([at(3, 2), at(1, 0)]);
  await until(() => got.length === COUNT + 2);
  expect(got.slice(COUNT).sort()).toEqual([1, 3]);
  await Promise.all([back.stop(), producer.disconnect()]);
});
