import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { openArchiveSource } from '../../../adapters/kafka/archive/archive-source';
import { openFramePublisher } from '../../../adapters/kafka/archive/frame-publisher';
import { makeKafka } from '../../../adapters/kafka/connection';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { FRAMES_TOPIC } from '../../../contracts/topics/topics';
import { instant } from '../../../domain/kernel/instant';
import { joinedFrames } from '../../../usecases/archive/joined-frames';
import type { Frame, Tick } from '../../../usecases/ports/archive/archive';
import type { ArchiveSource, Positions, SourceRecord } from '../../../usecases/ports/archive/archive-source';
import { all, tickOf } from '../../fixtures/archived';
import { services } from '../../services/services';

/** Goal: frames and ticks reach the archive as they were, and what was not committed comes again to whoever is next. */
let kafka: Kafka;
const opened: ArchiveSource[] = [];

beforeAll(async () => {
  kafka = await makeKafka(services().kafkaBrokers, 'archive-source');
  const plan = { partitions: 3, replicationFactor: 1, config: {} };
  await ensureTopics(kafka, [
    { name: 'market-data', ...plan },
    { name: FRAMES_TOPIC, ...plan },
  ]);
});
afterEach(() => Promise.all(opened.splice(0).map((source) => source.stop())));

async function until(isDone: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 40_000; !isDone(); ) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((go) => setTimeout(go, 10));
  }
}

/** Takes until `refuses` says that there is no room. */
async function take(groupId: string, refuses: (record: SourceRecord) => boolean = () => false) {
  const source = openArchiveSource(kafka, groupId);
  opened.push(source);
  const ticks: Tick[] = [];
  const frames: Frame[] = [];
  const positions: Positions = new Map();
  let unreadable = 0;
  await source.start({
    take: (place, record) => {
      if (refuses(record)) return false;
      positions.set(place, record.offset + 1);
      if (record.kind === 'tick') ticks.push(record.tick);
      else frames.push(record.frame);
      return true;
    },
    onJoined: () => {},
    onUnreadable: () => (unreadable += 1),
  });
  return { source, ticks, frames, positions, unreadable: () => unreadable };
}

const sent = async (ticks: readonly Tick[], topic = 'market-data') => {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({
    topic,
    messages: ticks.map(({ instrument, body, occurredAt }) => ({
      key: instrument,
      value: body,
      timestamp: `${occurredAt}`,
    })),
  });
  await producer.disconnect();
};

const told = (instrument: string, from: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    tickOf({ at: 1_764_000_000_000 + index, offset: from + index, instrument }),
  );

test('ticks come with their columns and their very text; without a commit they come again, behind one they do not', async () => {
  const groupId = `archive-${randomUUID()}`;
  const instrument = `A-${randomUUID()}`;
  const given = told(instrument, 0, 20);
  await sent(given);
  const isOurs = (tick: Tick) => tick.instrument === instrument;
  const columns = ({ partition: _, offset: __, ...tick }: Tick) => tick;
  for (const round of ['first', 'again']) {
    const reading = await take(groupId);
    await until(() => reading.ticks.filter(isOurs).length >= 20, `${round} reading`);
    expect(reading.ticks.filter(isOurs).map(columns)).toEqual(given.map(columns));
    if (round === 'again') await reading.source.commit(reading.positions);
    await Promise.all(opened.splice(0).map((source) => source.stop()));
  }
  const more = told(instrument, 20, 3);
  await sent(more);
  const third = await take(groupId);
  await until(() => third.ticks.filter(isOurs).length >= 3, 'what came since');
  expect(third.ticks.filter(isOurs).map(columns)).toEqual(more.map(columns));
  expect((await third.source.committed()).get('market-data/0') ?? -1).toBeGreaterThanOrEqual(-1);
});

test('without room nothing is lost: reading goes on where it was when there is some again', async () => {
  const instrument = `B-${randomUUID()}`;
  const isOurs = ({ instrument: name }: Tick) => name === instrument;
  let isFull = false;
  let taken = 0;
  const reading = await take(`archive-${randomUUID()}`, (record) => {
    if (record.kind === 'tick' && isOurs(record.tick) && !isFull && ++taken === 10) isFull = true;
    return isFull;
  });
  await sent(told(instrument, 0, 50));
  await until(() => isFull, 'the buffer to be full');
  expect(reading.ticks.filter(isOurs)).toHaveLength(9);
  isFull = false;
  reading.source.resume();
  await until(() => reading.ticks.filter(isOurs).length >= 50, 'the rest');
  expect(reading.ticks.filter(isOurs).map(({ sequence }) => sequence)).toEqual(
    told(instrument, 0, 50).map((one) => one.sequence),
  );
});

test('what is no event of ours is kept with the broker’s time; a frame that is none of ours is counted', async () => {
  const key = `C-${randomUUID()}`;
  const noise = { ...tickOf({ at: 1_764_000_000_123, offset: 0, instrument: key }), body: 'noise' };
  await sent([noise]);
  await sent([noise], FRAMES_TOPIC);
  const reading = await take(`archive-${randomUUID()}`);
  await until(() => reading.ticks.some(({ instrument }) => instrument === key), 'the noise');
  await until(() => reading.unreadable() > 0, 'the strange frame');
  expect(reading.ticks.find(({ instrument }) => instrument === key)).toMatchObject({
    type: '',
    sequence: null,
    occurredAt: 1_764_000_000_123,
    body: 'noise',
  });
});

test('frames arrive as they came: each connection in its order, a snapshot of megabytes in parts', async () => {
  const copy = `pod/${randomUUID()}`;
  const dropped: number[] = [];
  const publisher = await openFramePublisher(kafka, { copy, onDropped: (frames) => dropped.push(frames) });
  const snapshot = `{"snapshot":"${'ü€😀'.repeat(200_000)}"}`;
  const texts = [...Array.from({ length: 30 }, (_, index) => `{"n":${index}}`), snapshot, '{"after":"it"}'];
  for (const [index, text] of texts.entries()) {
    for (const connection of ['1.0', '2.0']) {
      publisher.put({ venue: 'kraken', connection, receivedAt: instant(1_000 + index), kind: 'socket', text });
    }
  }
  await publisher.close();
  expect(dropped).toEqual([]);
  const reading = await take(`archive-${randomUUID()}`);
  const ours = () => reading.frames.filter(({ connection }) => connection.startsWith(copy));
  await until(() => ours().filter(({ text }) => text === '{"after":"it"}').length >= 2, 'the last frames');
  for (const connection of ['1.0', '2.0']) {
    const of = ours().filter((frame) => frame.connection === `${copy}/kraken/${connection}`);
    expect(of.map(({ number }) => number)).toEqual(of.map((_, index) => index + 1));
    const whole = await all(joinedFrames(inTurn(of)));
    expect(whole.map(({ text }) => text)).toEqual(texts);
    expect(whole.map(({ receivedAt }) => receivedAt)).toEqual(texts.map((_, index) => 1_000 + index));
  }
});

async function* inTurn(frames: readonly Frame[]): AsyncGenerator<Frame> {
  yield* frames;
}

test('a flood of frames is bounded in memory: what does not fit is dropped and counted, and nobody waits', async () => {
  let dropped = 0;
  const copy = `flood/${randomUUID()}`;
  const publisher = await openFramePublisher(kafka, { copy, onDropped: (frames) => (dropped += frames) });
  const text = 'x'.repeat(500_000);
  for (let index = 0; index < 100; index++) {
    publisher.put({ venue: 'kraken', connection: '1.0', receivedAt: instant(index), kind: 'socket', text });
  }
  expect(dropped).toBe(67); // 33 of half a megabyte fit into sixteen.
  await publisher.close();
  expect(dropped).toBe(67);
});
