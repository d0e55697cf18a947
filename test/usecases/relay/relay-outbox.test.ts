import fc from 'fast-check';
import { type EventId, idOf } from '../../../domain/kernel/ids';
import type { OutboxRow } from '../../../usecases/ports/outbox';
import { RELAY_BATCH_MAX, relayOutbox, wavesOf } from '../../../usecases/relay-outbox';
import { memoryOutbox } from '../../fakes/memory-outbox';
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
          },
        },
      });
      for (let pass = 0; pass < 10; pass++) await relay().catch(() => {});
      isCalm = true;
      while ((await relay()) > 0);
      const first = topic.filter((one, at) => topic.findIndex(({ eventId }) => eventId === one.eventId) === at);
      for (const key of ['a', 'b', 'c']) {
        expect(first.filter((one) => one.key === key)).toEqual(rows.filter((one) => one.key === key));
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
  const relay = relayOutbox({ outbox: memoryOutbox(world), publisher: { publish: async () => {} } });
  expect([await relay(), await relay(), await relay()]).toEqual([RELAY_BATCH_MAX, 1, 0]);
});
