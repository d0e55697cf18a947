import fc from 'fast-check';
import { type EventId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { uuidIds } from '../../../runtime/edge';
import { RELAY_BATCH_MAX, relayOutbox, wavesOf } from '../../../usecases/events/relay-outbox';
import { replayLetters } from '../../../usecases/events/replay-letters';
import type { OutboxRow } from '../../../usecases/ports/events/outbox';
import { memoryDeadLetters, memoryOutbox } from '../../fakes/memory-outbox';
import { keepRow, memoryWorld } from '../../fakes/memory-world';

/** Goal: every row reaches its topic, and no account's story is ever told backwards. */
const row = (eventId: string, key: string, topic: string): OutboxRow => ({
  eventId: idOf<EventId>(eventId),
  key,
  topic,
  body: `body of ${eventId}`,
});

/** `a:rules a:assessment b:trading`: rows with their key and topic, named by their place. */
const rowsOf = (text: string): OutboxRow[] =>
  text.split(' ').map((word, at) => {
    const [key, topic] = word.split(':') as [string, string];
    return row(`${at}`, key, topic);
  });

test.each`
  story                                            | rows                                           | waves
  ${'one topic travels at once'}                   | ${'a:trading b:trading a:trading'}             | ${'0,1,2'}
  ${'a violation, then the end of the assessment'} | ${'a:rules a:assessment'}                      | ${'0 | 1'}
  ${'two accounts break at once: still two waves'} | ${'a:rules a:assessment b:rules b:assessment'} | ${'0,2 | 1,3'}
  ${'an order, then the pass that it caused'}      | ${'a:trading a:trading a:assessment a:report'} | ${'0,1 | 2 | 3'}
  ${'other accounts do not wait for it'}           | ${'a:rules a:assessment b:assessment'}         | ${'0,2 | 1'}
`('$story', ({ rows, waves }: { rows: string; waves: string }) => {
  const told = wavesOf(rowsOf(rows)).map((wave) => wave.map(({ eventId }) => eventId).join(','));
  expect(told.join(' | ')).toBe(waves);
});

const anyRows = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('trading', 'rules', 'assessment')), { maxLength: 40 })
  .map((pairs) => pairs.map(([key, topic], at) => row(String(at), key, topic)));

test('no row is lost or doubled, each key keeps its order, and no wave holds one key on two topics', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const waves = wavesOf(rows);
      const sent = waves.flat();
      const orderOf = (key: string, all: readonly OutboxRow[]) => all.filter((one) => one.key === key);
      expect(sent).toHaveLength(rows.length);
      for (const key of ['a', 'b', 'c']) expect(orderOf(key, sent)).toEqual(orderOf(key, rows));
      for (const wave of waves) {
        for (const key of ['a', 'b', 'c']) {
          expect(new Set(orderOf(key, wave).map(({ topic }) => topic)).size).toBeLessThanOrEqual(1);
        }
      }
    }),
  );
});

test('any failures of the broker and the database: all rows arrive, the first time each in its order', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), async (rows, luck) => {
      const world = memoryWorld();
      for (const one of rows) keepRow(world, one);
      const outbox = memoryOutbox(world);
      const topic: OutboxRow[] = [];
      let isCalm = false;
      const fate = () => (isCalm ? 3 : (luck.next().value ?? 3));
      const relay = relayOutbox({
        outbox: {
          ...outbox,
          unsent: () => outbox.unsent(7),
          markSent: async (ids) => {
            if (fate() === 0) throw new Error('the database is away');
            await outbox.markSent(ids);
          },
        },
        publisher: {
          publish: async (wave) => {
            if (fate() === 0) throw new Error('nothing was written');
            topic.push(...wave);
            if (fate() === 1) throw new Error('written, but the answer was lost');
            return [];
          },
        },
      });
      for (let pass = 0; pass < 10; pass++) await relay().catch(() => {});
      isCalm = true;
      while ((await relay()) > 0);
      const first = topic.filter((one, at) => topic.findIndex(({ eventId }) => eventId === one.eventId) === at);
      for (const key of ['a', 'b', 'c']) {
        const idsOf = (all: readonly OutboxRow[]) => all.filter((one) => one.key === key).map(({ eventId }) => eventId);
        expect(idsOf(first)).toEqual(idsOf(rows));
      }
      expect((await outbox.backlog()).rows).toBe(0);
    }),
  );
});

test('what was acknowledged before a failure is not sent again', async () => {
  const world = memoryWorld();
  for (const one of rowsOf('a:rules a:assessment')) keepRow(world, one);
  const published: string[] = [];
  let isBroken = true;
  const relay = relayOutbox({
    outbox: memoryOutbox(world),
    publisher: {
      publish: async (wave) => {
        if (isBroken && wave[0]?.topic === 'assessment') throw new Error('no leader');
        published.push(...wave.map(({ topic }) => topic));
        return [];
      },
    },
  });
  await expect(relay()).rejects.toThrow('no leader');
  isBroken = false;
  expect(await relay()).toBe(1);
  expect(published).toEqual(['rules', 'assessment']);
  expect(await relay()).toBe(0);
});

test('a long backlog leaves in batches', async () => {
  const world = memoryWorld();
  for (let at = 0; at <= RELAY_BATCH_MAX; at++) keepRow(world, row(String(at), 'a', 'trading'));
  const relay = relayOutbox({ outbox: memoryOutbox(world), publisher: { publish: async () => [] } });
  expect([await relay(), await relay(), await relay()]).toEqual([RELAY_BATCH_MAX, 1, 0]);
});

describe('rows that no topic will ever take', () => {
  const LIMIT = 'the broker refuses it: MESSAGE_TOO_LARGE';

  /** A broker that refuses the rows whose number is named, and keeps the rest in the order in which they came. */
  function relayOver(text: string, refused: readonly string[]) {
    const world = memoryWorld();
    for (const one of rowsOf(text)) keepRow(world, one);
    const topic: string[] = [];
    const told: string[] = [];
    const bad = new Set(refused);
    const relay = relayOutbox({
      outbox: memoryOutbox(world),
      publisher: {
        publish: async (wave) => {
          const held = new Set<string>();
          for (const { eventId, key } of wave) {
            if (bad.has(eventId) && key !== '') held.add(key);
            if (!bad.has(eventId) && !held.has(key)) topic.push(eventId);
          }
          return wave.filter(({ eventId }) => bad.has(eventId)).map(({ eventId }) => ({ eventId, reason: LIMIT }));
        },
      },
      onParked: ({ eventId, reason }) => void told.push(`${eventId} ${reason === LIMIT ? 'refused' : 'behind'}`),
    });
    const letters = memoryDeadLetters(world, { now: () => instant(0) }, uuidIds);
    return { world, relay, topic, told, letters, bad };
  }

  test.each`
    story                                       | rows                                           | refused       | topic         | told
    ${'alone: nobody else waits'}               | ${'a:trading b:trading b:trading'}             | ${['0']}      | ${['1', '2']} | ${['0 refused']}
    ${'its key waits behind it'}                | ${'a:trading a:trading b:trading a:trading'}   | ${['1']}      | ${['0', '2']} | ${['1 refused', '3 behind']}
    ${'also on another topic, of a later wave'} | ${'a:rules a:assessment b:rules b:assessment'} | ${['0']}      | ${['2', '3']} | ${['0 refused', '1 behind']}
    ${'two of one key'}                         | ${'a:trading a:trading b:trading'}             | ${['0', '1']} | ${['2']}      | ${['0 refused', '1 refused']}
    ${'without a key nothing is behind it'}     | ${':trading :trading'}                         | ${['0']}      | ${['1']}      | ${['0 refused']}
  `('$story', async ({ rows, refused, topic: expected, told: expectedTold }) => {
    const { relay, topic, told, letters } = relayOver(rows, refused);
    await relay();
    expect([topic, told]).toEqual([expected, expectedTold]);
    expect(await relay()).toBe(0);
    expect((await letters.list()).map(({ id }) => id).sort()).toEqual(
      expectedTold.map((line: string) => line.split(' ')[0]).sort(),
    );
  });

  test('what comes later of the key waits as well, and all of it arrives in its order once it is replayed', async () => {
    const { world, relay, topic, letters, bad } = relayOver('a:rules a:assessment b:trading', ['0']);
    await relay();
    keepRow(world, row('3', 'a', 'trading'));
    keepRow(world, row('4', 'b', 'trading'));
    await relay();
    expect([topic, await relay()]).toEqual([['2', '4'], 0]);
    bad.clear();
    const replay = replayLetters({
      letters,
      publisher: {
        republish: async ({ id }) => {
          topic.push(id);
          // While the key is replayed its trader goes on: the relay parks that behind it, and it follows.
          if (id === '1') {
            keepRow(world, row('5', 'a', 'trading'));
            await relay();
          }
          return undefined;
        },
      },
      wait: async () => {},
      attemptsMax: 1,
    });
    const { released, stuck } = await replay(() => true);
    expect([released.length, stuck.length, topic]).toEqual([4, 0, ['2', '4', '0', '1', '3', '5']]);
    keepRow(world, row('6', 'a', 'trading'));
    await relay();
    expect(topic.at(-1)).toBe('6');
  });

  test('a replay that is refused once more says why and keeps what is behind it', async () => {
    const { relay, letters } = relayOver('a:trading a:trading', ['0']);
    await relay();
    const replay = replayLetters({
      letters,
      wait: async () => {},
      attemptsMax: 1,
      publisher: { republish: async () => 'too large' },
    });
    const { released, stuck } = await replay(() => true);
    expect([released, stuck.map(({ reason }) => reason)]).toEqual([[], ['too large']]);
    expect(await letters.list()).toHaveLength(2);
  });

  test('a key whose letters were released meanwhile does not wait: its row stays in the outbox', async () => {
    const { world, letters } = relayOver('a:trading', []);
    const outbox = memoryOutbox(world);
    const [one] = await outbox.unsent(1);
    if (!one) throw new Error('a row waits');
    await outbox.park([{ ...one, waits: true, reason: 'behind' }]);
    expect([(await letters.list()).length, (await outbox.backlog()).rows]).toEqual([0, 1]);
  });
});
