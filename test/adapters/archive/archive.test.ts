import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeArchiveReader, makeArchiveWriter, makeVerdictKeeper } from '../../../adapters/archive/archive';
import { makeFolderStore } from '../../../adapters/archive/folder-store';
import { openFileStore } from '../../../adapters/archive/open-store';
import { instant } from '../../../domain/kernel/instant';
import { uuidIds } from '../../../runtime/edge';
import type { Tick } from '../../../usecases/ports/archive/archive';
import { all, frameOf, tickOf } from '../../fixtures/archived';

/** Goal: what was stored is found by time and instrument, in the order of the topic, and nothing half-written is. */
const HOUR = 3_600_000;
const NOON = Date.parse('2026-03-29T12:00:00Z');

let folder: string;
const parts = () => {
  const store = makeFolderStore(folder);
  return { store, writer: makeArchiveWriter(store, uuidIds, 'pod-1'), reader: makeArchiveReader(store) };
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const filesBelow = () => (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('quet'));
const placesOf = (ticks: readonly Tick[]) => ticks.map(({ partition, offset }) => `${partition}/${offset}`);

test('ticks lie by the hour that they are of, and are read over its end in their order', async () => {
  const { writer, reader } = parts();
  const told = Array.from({ length: 60 }, (_, offset) => tickOf({ at: NOON + HOUR - 3_000 + offset * 100, offset }));
  const files = await writer.storeTicks(told);
  expect(files.map(({ path, rows }) => [path.slice(0, 30), rows])).toEqual([
    ['ticks/date=2026-03-29/hour=12/', 30],
    ['ticks/date=2026-03-29/hour=13/', 30],
  ]);
  expect(await all(reader.ticks({ from: NOON, to: NOON + 2 * HOUR }))).toEqual(told);
  const span = { from: NOON + HOUR - 100, to: NOON + HOUR + 100 };
  expect(await all(reader.ticks(span))).toEqual(told.slice(29, 32));
});

test('a tick that came late in its partition keeps its place, also at the end of an hour', async () => {
  const { writer, reader } = parts();
  const at = NOON + HOUR;
  const told = [at - 5, at + 1, at - 1, at + 3].map((time, offset) => tickOf({ at: time, offset }));
  await writer.storeTicks(told);
  expect(await all(reader.ticks({ from: NOON, to: NOON + 2 * HOUR }))).toEqual(told);
  expect(placesOf(await all(reader.ticks({ from: NOON, to: at - 1 })))).toEqual(['0/0', '0/2']);
});

test('what two copies stored is read once, and partitions by time', async () => {
  const { writer, reader, store } = parts();
  const told = [0, 1].flatMap((partition) =>
    Array.from({ length: 10 }, (_, offset) => tickOf({ at: NOON + offset * 20 + partition * 10, offset, partition })),
  );
  await writer.storeTicks(told.slice(0, 15));
  await makeArchiveWriter(store, uuidIds, 'pod-2').storeTicks(told.slice(5));
  const read = await all(reader.ticks({ from: NOON, to: NOON + HOUR }));
  expect(read).toEqual([...told].sort((a, b) => a.occurredAt - b.occurredAt));
});

test('of many instruments only those asked for are read', async () => {
  const { writer, reader } = parts();
  const names = ['SOL-USD', 'BTC-USD', 'ETH-USD'];
  const told = names.flatMap((instrument, partition) =>
    Array.from({ length: 5 }, (_, offset) => tickOf({ at: NOON + offset, offset, partition, instrument })),
  );
  await writer.storeTicks(told);
  const span = { from: NOON, to: NOON + HOUR };
  const read = await all(reader.ticks(span, ['BTC-USD', 'NO-SUCH']));
  expect(read).toEqual(told.filter(({ instrument }) => instrument === 'BTC-USD'));
  expect(await all(reader.ticks(span, ['NO-SUCH']))).toEqual([]);
});

test('frames lie by venue, and each connection is read in the order of its count', async () => {
  const { writer, reader } = parts();
  const other = { connection: 'copy-1/kraken/2.0' };
  const given = [frameOf(NOON, 1), frameOf(NOON + 5, 1, other), frameOf(NOON + 5, 2), frameOf(NOON + 5, 3)];
  const files = await writer.storeFrames([...given, frameOf(NOON, 1, { venue: 'kalshi', connection: 'k' })]);
  expect(files.map(({ path }) => path.split('/')[1])).toEqual(['venue=kraken', 'venue=kalshi']);
  const read = await all(reader.frames({ from: NOON, to: NOON + 10 }, ['kraken']));
  expect(read.filter(({ connection }) => connection.endsWith('1.0'))).toEqual(given.filter((_, at) => at !== 1));
  expect(read).toHaveLength(4);
});

test('the spans of files that follow one another are one; a pause is seen', async () => {
  const { writer, reader } = parts();
  await writer.storeTicks([tickOf({ at: NOON, offset: 0 }), tickOf({ at: NOON + 5_000, offset: 1 })]);
  await writer.storeTicks([tickOf({ at: NOON + 9_000, offset: 2 }), tickOf({ at: NOON + 12_000, offset: 3 })]);
  await writer.storeTicks([tickOf({ at: NOON + 60_000, offset: 4 }), tickOf({ at: NOON + 90_000, offset: 5 })]);
  expect(await reader.covered({ from: NOON + 1_000, to: NOON + 80_000 })).toEqual([
    { from: NOON + 1_000, to: NOON + 12_000 },
    { from: NOON + 60_000, to: NOON + 80_000 },
  ]);
  expect(await reader.covered({ from: NOON - HOUR, to: NOON - 1 })).toEqual([]);
});

test('a file that was not finished, and what is no file of ours, is left alone', async () => {
  const { writer, reader, store } = parts();
  await writer.storeTicks([tickOf({ at: NOON, offset: 0 })]);
  const [file = ''] = filesBelow();
  writeFileSync(join(folder, `${file}.1234.part`), 'half of a file');
  await store.put('ticks/date=2026-03-29/hour=12/notes.txt', Buffer.from('mine'));
  expect(await all(reader.ticks({ from: NOON, to: NOON + HOUR }))).toHaveLength(1);
});

test('where a file cannot be put, nothing of it is left', async () => {
  writeFileSync(join(folder, 'ticks'), 'in the way');
  await expect(parts().writer.storeTicks([tickOf({ at: NOON, offset: 0 })])).rejects.toThrow(/ENOTDIR|EEXIST/);
  expect(readdirSync(folder)).toEqual(['ticks']);
});

test('days that are over go, of ticks and frames; what is around verdicts stays', async () => {
  const { writer, store } = parts();
  for (const at of [NOON, NOON + 24 * HOUR, NOON + 48 * HOUR]) {
    await writer.storeTicks([tickOf({ at, offset: 0 })]);
    await writer.storeFrames([frameOf(at, 1)]);
  }
  await makeVerdictKeeper(store).keepTicks('v-1', 'ticks-000', [tickOf({ at: NOON, offset: 0 })]);
  await store.expire?.(instant(NOON + 30 * HOUR));
  expect(
    filesBelow()
      .map((path) => path.replace(/\/\d{13}-.*$/, ''))
      .sort(),
  ).toEqual([
    'frames/venue=kraken/date=2026-03-30/hour=12',
    'frames/venue=kraken/date=2026-03-31/hour=12',
    'ticks/date=2026-03-30/hour=12',
    'ticks/date=2026-03-31/hour=12',
    'verdicts/v-1/ticks-000.parquet',
  ]);
});

test('what is kept of a verdict has the hash that is told of it, and the same bytes when it is kept again', async () => {
  const { store } = parts();
  const keeper = makeVerdictKeeper(store);
  const ticks = [tickOf({ at: NOON, offset: 0 }), tickOf({ at: NOON + 1, offset: 1 })];
  const first = await keeper.keepTicks('v-1', 'ticks-000', ticks);
  const bytes = readFileSync(join(folder, first.path));
  expect(first).toEqual(await keeper.keepTicks('v-1', 'ticks-000', ticks));
  expect(readFileSync(join(folder, first.path))).toEqual(bytes);
  expect(first.bytes).toBe(bytes.length);
});

test('a folder is opened by its address', async () => {
  const store = await openFileStore(`file://${folder}`);
  await store.put('a/b', Buffer.from('x'));
  expect(Buffer.from((await store.get('a/b')) ?? []).toString()).toBe('x');
  expect(await store.get('a/c')).toBeUndefined();
  expect(await store.list('none/')).toEqual([]);
});
