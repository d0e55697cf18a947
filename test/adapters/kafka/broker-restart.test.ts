import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeKafka } from '../../../adapters/kafka/connection';
import { openEventPublisher } from '../../../adapters/kafka/event-publisher';
import { silentLog } from '../../../adapters/kafka/log';
import { openTopicReader } from '../../../adapters/kafka/topic-reader';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { type Envelope, encodeEvent } from '../../../contracts/topics/envelope';
import { type EventId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { ZERO_USD } from '../../../domain/kernel/money';
import { installTools } from '../../../local/install/tools';
import { type KafkaBroker, startKafka } from '../../../local/services/kafka';
import { relayOutbox } from '../../../usecases/events/relay-outbox';
import { memoryOutbox } from '../../fakes/memory-outbox';
import { keepRow, memoryWorld } from '../../fakes/memory-world';
import { freePort } from '../../fixtures/free-port';

/** Goal: a broker that is killed and comes back costs time, never an event or the order of one account. */
const KEYS = [randomUUID(), randomUUID(), randomUUID()];

const eventOf = (key: string, accountVersion: number): Envelope => ({
  eventId: idOf<EventId>(randomUUID()),
  type: 'assessment.day-opened',
  version: 1,
  key,
  accountVersion,
  occurredAt: instant(0),
  correlationId: 'broker-restart',
  traceparent: null,
  data: {
    accountId: idOf(key),
    assessmentId: idOf(key),
    userId: idOf(key),
    day: '2026-01-05',
    dayAnchorUsd: ZERO_USD,
  },
});

test('killed hard under load and started again: everything arrives, the reader goes on by itself', async () => {
  const tools = await installTools(resolve(__dirname, '../../..'), () => {});
  const dir = mkdtempSync(join(tmpdir(), 'broker-restart-'));
  const [port, controllerPort] = [await freePort(), await freePort()];
  const start = (): Promise<KafkaBroker> => startKafka({ libs: tools.kafkaLibs, dir, port, controllerPort });
  let broker = await start();
  const kafka = await makeKafka(broker.brokers, 'broker-restart');
  await ensureTopics(kafka, [{ name: 'assessment', partitions: 3, replicationFactor: 1, config: {} }]);
  const reader = await openTopicReader(kafka, { groupId: 'broker-restart', topics: ['assessment'], log: silentLog });
  const got: Envelope[] = [];
  await reader.start((event) => void got.push(event));

  const world = memoryWorld();
  const outbox = memoryOutbox(world);
  const publisher = await openEventPublisher(kafka);
  const relay = relayOutbox({ outbox: { ...outbox, unsent: () => outbox.unsent(20) }, publisher });
  let isWriting = true;
  let failures = 0;
  const relaying = (async () => {
    while (isWriting || (await outbox.backlog()).rows > 0) {
      await relay().catch(() => failures++);
      await new Promise((go) => setTimeout(go, 5));
    }
  })();
  let version = 0;
  const write = (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      version++;
      for (const key of KEYS) {
        const event = eventOf(key, version);
        keepRow(world, { eventId: event.eventId, topic: 'assessment', key, body: encodeEvent(event) });
      }
    }
  };

  write(100);
  await new Promise((go) => setTimeout(go, 50));
  await broker.child.stop('SIGKILL', 5_000);
  write(100);
  broker = await start();
  write(100);
  isWriting = false;
  await relaying;
  for (const end = Date.now() + 30_000; !KEYS.every((key) => told(got, key).length === 300) && Date.now() < end; ) {
    await new Promise((go) => setTimeout(go, 20));
  }
  for (const key of KEYS) expect(told(got, key)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1));
  expect(failures).toBeGreaterThan(0);
  await Promise.all([reader.stop(), publisher.close()]);
  await broker.stop();
}, 180_000);

/** Versions of a key by their first appearance. */
const told = (events: readonly Envelope[], key: string): readonly (number | null)[] => [
  ...new Set(events.filter((event) => event.key === key).map((event) => event.accountVersion)),
];
