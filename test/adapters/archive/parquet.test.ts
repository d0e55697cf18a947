import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type ReadRow, readTable, writeTable } from '../../../adapters/archive/parquet';
import { tickOf as readTick, TICK_COLUMNS } from '../../../adapters/archive/tables';
import type { Tick } from '../../../usecases/ports/archive/archive';
import { all, tickOf } from '../../fixtures/archived';

/** Goal: what is read is what was written, to the last character and digit, by our reader and by others. */
const everything = () => true;

const rowsIn = async (bytes: Uint8Array, wanted: (least: string, greatest: string) => boolean = everything) =>
  (await all(readTable(bytes, wanted))).flat().map((row: ReadRow) => readTick(row));

const ticks = fc.array(
  fc.record({
    partition: fc.nat(2 ** 31 - 1),
    offset: fc.nat(Number.MAX_SAFE_INTEGER),
    instrument: fc.string({ unit: 'binary' }),
    type: fc.string(),
    sequence: fc.option(fc.maxSafeInteger()),
    venueAt: fc.option(fc.maxSafeInteger()),
    receivedAt: fc.option(fc.maxSafeInteger()),
    occurredAt: fc.maxSafeInteger(),
    body: fc.string({ unit: 'grapheme', maxLength: 200 }),
  }),
  { minLength: 1, maxLength: 60 },
);

test('any ticks come back as they were, and give the same bytes when they are written again', async () => {
  await fc.assert(
    fc.asyncProperty(ticks, async (given: readonly Tick[]) => {
      const bytes = writeTable(TICK_COLUMNS, given);
      expect(await rowsIn(bytes)).toEqual(given);
      expect(Buffer.compare(bytes, writeTable(TICK_COLUMNS, given))).toBe(0);
    }),
    { seed: 53, numRuns: 60 },
  );
});

const many = (): Tick[] =>
  ['BTC-USD', 'ETH-USD', 'a-very-long-name-of-an-outcome-1', 'a-very-long-name-of-an-outcome-2'].flatMap((instrument) =>
    Array.from({ length: 9_000 }, (_, offset) => tickOf({ at: 1_764_000_000_000 + offset * 10, offset, instrument })),
  );

test('who looks for one instrument unpacks the groups in which it can be, and no other', async () => {
  const bytes = writeTable(TICK_COLUMNS, many());
  const spans: string[][] = [];
  const lies = (least: string, greatest: string) => {
    spans.push([least, greatest]);
    return least <= 'ETH-USD' && 'ETH-USD' <= greatest;
  };
  const rows = await rowsIn(bytes, lies);
  expect(spans).toEqual([
    ['BTC-USD', 'ETH-USD'],
    ['ETH-USD', 'a-very-long-name-of-an-outcome-1'],
    ['a-very-long-name-of-an-outcome-1', 'a-very-long-name-of-an-outcome-2'],
    ['a-very-long-name-of-an-outcome-2', 'a-very-long-name-of-an-outcome-2'],
  ]);
  expect(rows).toHaveLength(20_000);
  expect(rows.filter(({ instrument }) => instrument === 'ETH-USD')).toHaveLength(9_000);
});

test('a file whose bytes were changed is refused, not read as something else', async () => {
  const bytes = writeTable(TICK_COLUMNS, many().slice(0, 2_000));
  const page = Buffer.from(bytes).indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd])); // zstd's magic number
  expect(page).toBeGreaterThan(0);
  bytes[page] = 0;
  await expect(rowsIn(bytes)).rejects.toThrow();
  await expect(rowsIn(bytes.subarray(0, bytes.length / 2))).rejects.toThrow();
});

const READ = `
import sys, json, pyarrow.parquet as pq
rows = pq.read_table(sys.argv[1], partitioning=None).to_pylist()
print(json.dumps([rows[0], rows[-1], len(rows)]))`;

const python = process.env.PYTHON_WITH_PYARROW ?? 'python3';
const hasArrow = spawnSync(python, ['-c', 'import pyarrow.parquet']).status === 0;
const whereArrowIs = hasArrow ? test : test.skip;

whereArrowIs('Apache Arrow reads the same rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
  const given = many();
  const [first, last] = [given[0] as Tick, { ...(given.at(-1) as Tick), sequence: null, body: 'ünïcödé {"a":1}' }];
  writeFileSync(join(folder, 'ticks.parquet'), writeTable(TICK_COLUMNS, [...given.slice(0, -1), last]));
  const answer = spawnSync(python, ['-c', READ, join(folder, 'ticks.parquet')], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const asColumns = (tick: Tick) => Object.fromEntries(TICK_COLUMNS.map(({ name, of }) => [name, of(tick)]));
  expect(JSON.parse(answer.stdout)).toEqual([asColumns(first), asColumns(last), given.length]);
});
