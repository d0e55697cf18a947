import type { Span } from '../../usecases/ports/archive/archive';

const HOUR_MS = 3_600_000;

/** A file of a data set: what it spans is in its name, so that a listing tells who has to be read. */
export type DataFile = Span & { readonly path: string };

/** `ticks/`, or `frames/venue=kraken/`. */
export type DataSet = 'ticks/' | `frames/venue=${string}/`;

export const TICKS: DataSet = 'ticks/';
export const framesOf = (venue: string): DataSet => `frames/venue=${venue}/`;

export const hourOf = (at: number): number => Math.floor(at / HOUR_MS);

/** `date=2026-03-01/hour=07/`, in UTC, as Hive and Athena read partitions. */
const hourFolder = (hour: number): string => {
  const [date = '', time = ''] = new Date(hour * HOUR_MS).toISOString().split('T');
  return `date=${date}/hour=${time.slice(0, 2)}/`;
};

/** `id` is of no other file, whichever copy writes it. */
export const filePath = (set: DataSet, hour: number, { from, to }: Span, id: string): string =>
  `${set}${hourFolder(hour)}${from}-${to}-${id}.parquet`;

/** The folders in which rows of the span can lie: a late row lies in the hour of the one before it. */
export function foldersOf(set: DataSet, { from, to }: Span): readonly string[] {
  const first = hourOf(from);
  return Array.from({ length: hourOf(to) + 2 - first }, (_, index) => `${set}${hourFolder(first + index)}`);
}

/** Undefined: no file of ours. */
export function readFileName(path: string): DataFile | undefined {
  const [, from, to] = /\/(\d+)-(\d+)-[^/]+\.parquet$/.exec(path) ?? [];
  return from === undefined || to === undefined ? undefined : { path, from: Number(from), to: Number(to) };
}

export const overlaps = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;

/** Spans in order, those that touch or lie no further apart than this made one. */
export function union(spans: readonly Span[], apartMs: number): readonly Span[] {
  const made: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = made.at(-1);
    if (last && span.from <= last.to + apartMs) made[made.length - 1] = { ...last, to: Math.max(last.to, span.to) };
    else made.push(span);
  }
  return made;
}
