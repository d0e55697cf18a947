import { createHash } from 'node:crypto';
import type {
  ArchiveReader,
  ArchiveWriter,
  Frame,
  Span,
  Stored,
  Tick,
  VerdictKeeper,
} from '../../usecases/ports/archive/archive';
import type { Ids } from '../../usecases/ports/clock-and-ids';
import { inTurn } from './in-turn';
import {
  type DataFile,
  type DataSet,
  filePath,
  foldersOf,
  framesOf,
  hourOf,
  overlaps,
  readFileName,
  TICKS,
  union,
} from './layout';
import { type Column, type ReadRow, readTable, writeTable } from './parquet';
import type { FileStore } from './store';
import { FRAME_COLUMNS, frameOf, TICK_COLUMNS, tickOf } from './tables';

/** Between two files that follow one another nothing is missing though nobody said anything for so long. */
const QUIET_MS = 10_000;

export const makeArchiveReader = (store: FileStore): ArchiveReader => {
  const ticksIn = async function* (span: Span, instruments?: readonly string[]) {
    const wanted = instruments && new Set(instruments);
    const lies = (least: string, greatest: string) =>
      !instruments || instruments.some((one) => least <= one && one <= greatest);
    const isWanted = (tick: Tick) => isWithin(tick.occurredAt, span) && (!wanted || wanted.has(tick.instrument));
    const read = (file: DataFile) => rowsOf(store, file, { lies, make: tickOf, isWanted });
    yield* inTurn(await filesOf(store, TICKS, span), read, {
      streamOf: ({ partition }: Tick) => String(partition),
      placeOf: ({ offset }) => offset,
      timeOf: ({ occurredAt }) => occurredAt,
    });
  };
  const framesIn = async function* (span: Span, venues: readonly string[]) {
    const isWanted = ({ receivedAt }: Frame) => isWithin(receivedAt, span);
    const read = (file: DataFile) => rowsOf(store, file, { lies: () => true, make: frameOf, isWanted });
    const files = await Promise.all(venues.map((venue) => filesOf(store, framesOf(venue), span)));
    yield* inTurn(files.flat(), read, {
      streamOf: ({ connection }: Frame) => connection,
      placeOf: ({ number }) => number,
      timeOf: ({ receivedAt }) => receivedAt,
    });
  };
  return {
    ticks: ticksIn,
    frames: framesIn,
    covered: async (span) => {
      const spans = union(await filesOf(store, TICKS, span), QUIET_MS);
      return spans.map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }));
    },
  };
};

export const makeArchiveWriter = (store: FileStore, ids: Ids, copy: string): ArchiveWriter => {
  const save = async <Row>(set: DataSet, columns: readonly Column<Row>[], rows: readonly Row[], timed: Timed<Row>) => {
    const files: Stored[] = [];
    for (const [hour, some] of byHour(rows, timed)) {
      const times = some.map(timed.timeOf);
      const span = { from: least(times), to: greatest(times) };
      const path = filePath(set, hour, span, `${copy.replace(/[^A-Za-z0-9.]+/g, '_')}-${ids.next()}`);
      files.push(await put(store, path, columns, sorted(some, columns)));
    }
    return files;
  };
  return {
    storeTicks: (ticks) =>
      save(TICKS, TICK_COLUMNS, ticks, {
        streamOf: ({ partition }) => String(partition),
        timeOf: ({ occurredAt }) => occurredAt,
      }),
    storeFrames: async (frames) => {
      const files: Stored[] = [];
      for (const venue of new Set(frames.map((frame) => frame.venue))) {
        const some = frames.filter((frame) => frame.venue === venue);
        const timed = {
          streamOf: ({ connection }: Frame) => connection,
          timeOf: ({ receivedAt }: Frame) => receivedAt,
        };
        files.push(...(await save(framesOf(venue), FRAME_COLUMNS, some, timed)));
      }
      return files;
    },
  };
};

export const makeVerdictKeeper = (store: FileStore): VerdictKeeper => ({
  keepTicks: (id, name, ticks) => put(store, `verdicts/${id}/${name}.parquet`, TICK_COLUMNS, ticks),
  keepFrames: (id, name, frames) => put(store, `verdicts/${id}/${name}.parquet`, FRAME_COLUMNS, frames),
  keepText: (id, name, text) => store.put(`verdicts/${id}/${name}`, Buffer.from(text, 'utf8')),
});

type Timed<Row> = { readonly streamOf: (row: Row) => string; readonly timeOf: (row: Row) => number };

/** By the hour of their time; a row that came late in its stream stays with the hour of the one before it. */
function byHour<Row>(rows: readonly Row[], { streamOf, timeOf }: Timed<Row>): Map<number, Row[]> {
  const hours = new Map<number, Row[]>();
  const latest = new Map<string, number>();
  for (const row of rows) {
    const own = hourOf(timeOf(row));
    const before = latest.get(streamOf(row)) ?? own;
    const hour = before === own + 1 ? before : own;
    latest.set(streamOf(row), hour);
    const some = hours.get(hour);
    if (some) some.push(row);
    else hours.set(hour, [row]);
  }
  return hours;
}

/** By the first column; rows that have the same there stay in their order. */
function sorted<Row>(rows: readonly Row[], [first]: readonly Column<Row>[]): readonly Row[] {
  const byName = new Map<string, Row[]>();
  for (const row of rows) {
    const name = String(first?.of(row));
    const some = byName.get(name);
    if (some) some.push(row);
    else byName.set(name, [row]);
  }
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}

async function put<Row>(store: FileStore, path: string, columns: readonly Column<Row>[], rows: readonly Row[]) {
  const bytes = writeTable(columns, rows);
  await store.put(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, rows: rows.length, bytes: bytes.byteLength, sha256 };
}

async function filesOf(store: FileStore, set: DataSet, span: Span): Promise<readonly DataFile[]> {
  const listed = await Promise.all(foldersOf(set, span).map((folder) => store.list(folder)));
  return listed.flat().flatMap((path) => {
    const file = readFileName(path);
    return file && overlaps(file, span) ? [file] : [];
  });
}

type Reading<Row> = {
  readonly lies: (least: string, greatest: string) => boolean;
  readonly make: (row: ReadRow) => Row;
  readonly isWanted: (row: Row) => boolean;
};

async function* rowsOf<Row>(store: FileStore, { path }: DataFile, { lies, make, isWanted }: Reading<Row>) {
  const bytes = await store.get(path);
  if (!bytes) return; // It grew too old between the listing and now.
  for await (const group of readTable(bytes, lies)) yield group.map(make).filter(isWanted);
}

const isWithin = (at: number, { from, to }: Span): boolean => from <= at && at <= to;
const least = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b));
const greatest = (times: readonly number[]): number => times.reduce((a, b) => Math.max(a, b));
