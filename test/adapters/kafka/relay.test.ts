import { randomUUID } from 'node:crypto';
import type { MSKEvent } from 'aws-lambda';
import type { Kafka } from 'kafkajs';
import pino from 'pino';
import type { Database } from '../../../adapters/cockroach/connection/database';
import { makeKafka } from '../../../adapters/kafka/connection';
import { openEventPublisher } from '../../../adapters/kafka/event-publisher';
import { silentLog } from '../../../adapters/kafka/log';
import { openTopicReader } from '../../../adapters/kafka/topic-reader';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { type Envelope, encodeEvent } from '../../../contracts/topics/envelope';
import { type EventId, idOf } from '../../../domain/kernel/ids';
import { makeConsumer } from '../../../runtime/consume-batch';
import { relayOutbox } from '../../../usecases/events/relay-outbox';
import { bitcoin, newAssessment, trader } from '../../fixtures/stored-account';
import { services } from '../../services/services';
import { type Stores, storesOn } from '../cockroach/stores';
import { migratedDatabase } from '../cockroach/test-database';

/** Goal: what the database says happened is on Kafka, complete and in each account's order, whoever dies in between. */
let kafka: Kafka;
let database: Database;
let stores: Stores;

beforeAll(async () => {
  kafka = await makeKafka(services().kafkaBrokers, 'relay-test');
  database = await migratedDatabase(4);
  stores = storesOn(database);
  await stores.instruments.upsert([bitcoin]);
  const shape = { partitions: 3, replicationFactor: 1, config: {} };
  await ensureTopics(
    kafka,
    ['trading', 'assessment', 'rules'].map((name) => ({ name, ...shape })),
  );
});

afterAll(() => database.close());

async function openAccounts(count: number) {
  const opened = Array.from({ length: count }, () => newAssessment());
  for (const { given, inbox } of opened) await stores.assessments.create(given, inbox);
  return opened.map(({ given }) => ({ id: given.accountId, order: trader(stores.accounts, given) }));
}

async function listen(topics: ('trading' | 'assessment' | 'rules')[]) {
  const got: Envelope[] = [];
  const reader = await openTopicReader(kafka, { groupId: `test-${randomUUID()}`, topics, log: silentLog });
  await reader.start((event) => void got.push(event));
  return { got, stop: () => reader.stop() };
}

const until = async (isDone: () => boolean) => {
  for (const end = Date.now() + 50_000; !isDone() && Date.now() < end; ) await new Promise((go) => setTimeout(go, 10));
};

const firstOf = (events: readonly Envelope[]) => {
  const seen = new Set<string>();
  return events.filter(({ eventId }) => !seen.has(eventId) && seen.add(eventId));
};

test('orders of several accounts all arrive, each account in its order, although the relay dies twice', async () => {
  const listening = await listen(['trading', 'assessment']);
  const accounts = await openAccounts(3);
  for (let round = 0; round < 4; round++) {
    await Promise.all(accounts.map(({ order }) => order(round % 2 === 0 ? 'buy' : 'sell', 1_000_000n)));
  }
  const publisher = await openEventPublisher(kafka);
  let passes = 0;
  // Dies after the broker's answer and before the mark, twice: what was sent is sent again.
  const dying = relayOutbox({
    publisher,
    outbox: {
      ...stores.outbox,
      unsent: () => stores.outbox.unsent(10),
      markSent: async (ids) => {
        if (++passes <= 2) throw new Error('killed');
        await stores.outbox.markSent(ids);
      },
    },
  });
  await expect(dying()).rejects.toThrow('killed');
  await expect(dying()).rejects.toThrow('killed');
  while ((await dying()) > 0);
  const expected = accounts.length * 9;
  await until(() => firstOf(listening.got).length >= expected);
  expect(listening.got.length).toBeGreaterThan(expected);
  for (const { id } of accounts) {
    const story = firstOf(listening.got).filter(({ key }) => key === id);
    const trading = story.filter(({ type }) => type.startsWith('trading.'));
    expect(trading.map(({ accountVersion }) => accountVersion)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(trading.slice(0, 2).map(({ type }) => type)).toEqual(['trading.order-placed', 'trading.order-filled']);
    expect(story).toHaveLength(9);
  }
  expect(await stores.outbox.backlog()).toEqual({ rows: 0, oldestMs: 0 });
  await Promise.all([listening.stop(), publisher.close()]);
});

test('two relays at once repeat rows, but tell no account backwards', async () => {
  const listening = await listen(['trading']);
  const [account] = await openAccounts(1);
  for (let round = 0; round < 10; round++) await account?.order(round % 2 === 0 ? 'buy' : 'sell', 1_000_000n);
  const publishers = await Promise.all([openEventPublisher(kafka), openEventPublisher(kafka)]);
  await Promise.all(
    publishers.map(async (publisher) => {
      const small = { ...stores.outbox, unsent: () => stores.outbox.unsent(3) };
      const relay = relayOutbox({ publisher, outbox: small });
      while ((await relay()) > 0);
    }),
  );
  const mine = () => firstOf(listening.got).filter(({ key }) => key === account?.id);
  await until(() => mine().length >= 20);
  expect(mine().map(({ accountVersion }) => accountVersion)).toEqual(Array.from({ length: 20 }, (_, at) => at + 2));
  await Promise.all([listening.stop(), ...publishers.map((publisher) => publisher.close())]);
});

test('a consumer that dies after its effect has it once: the inbox knows the event', async () => {
  const { given } = newAssessment();
  const event = { eventId: idOf<EventId>(randomUUID()) };
  let deaths = 0;
  const consume = makeConsumer(
    {
      name: 'provision-assessment',
      types: ['assessment.created'],
      handle: (_, inbox) => stores.assessments.create(given, inbox),
    },
    {
      deadLetters: async () => stores.letters,
      isTransient: () => false,
      log: pino({ level: 'silent' }),
      wait: async () => {},
    },
  );
  const [created] = given.messages;
  if (!created) throw new Error('a new assessment has an event');
  const value = Buffer.from(encodeEvent({ ...created, ...event, version: 1 })).toString('base64');
  const key = Buffer.from(given.accountId).toString('base64');
  const at = { topic: 'assessment', partition: 0, offset: 1, timestamp: 0, timestampType: 'CREATE_TIME' } as const;
  const batch: MSKEvent = {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn',
    bootstrapServers: '',
    records: { 'assessment-0': [{ ...at, key, value, headers: [] }] },
  };
  const dying = async () => {
    await consume(batch);
    deaths++;
    throw new Error('killed before the offset was committed');
  };
  await expect(dying()).rejects.toThrow('killed');
  await consume(batch);
  const detail = await stores.assessments.find(given.assessmentId);
  expect([deaths, detail?.snapshot.version]).toEqual([1, 1]);
  expect(await stores.assessments.listOf(given.userId)).toHaveLength(1);
});
