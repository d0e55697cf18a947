import type { DataFile } from './layout';

/** Where a row stands: in the stream that it came by, its place there, and its time. */
export type Standing<Row> = {
  readonly streamOf: (row: Row) => string;
  readonly placeOf: (row: Row) => number;
  readonly timeOf: (row: Row) => number;
};

type Stream<Row> = { rows: Row[]; places: Set<number> };

/**
 * The rows of many files, each once: those of one stream by their places, different streams by time. Files are read one
 * after another, and no more rows are held than lie in files that overlap.
 */
export async function* inTurn<Row>(
  files: readonly DataFile[],
  read: (file: DataFile) => AsyncIterable<readonly Row[]>,
  standing: Standing<Row>,
): AsyncGenerator<Row> {
  const held = new Map<string, Stream<Row>>();
  const inOrder = [...files].sort((a, b) => a.from - b.from);
  for (const [at, file] of inOrder.entries()) {
    for await (const rows of read(file)) for (const row of rows) hold(held, row, standing);
    const next = inOrder[at + 1]?.from ?? Number.POSITIVE_INFINITY;
    yield* released(held, next, standing);
  }
}

function hold<Row>(held: Map<string, Stream<Row>>, row: Row, { streamOf, placeOf }: Standing<Row>): void {
  const name = streamOf(row);
  const stream = held.get(name) ?? { rows: [], places: new Set() };
  held.set(name, stream);
  const place = placeOf(row);
  if (stream.places.has(place)) return; // Stored once more, after a copy had gone before it could say that it was.
  stream.places.add(place);
  stream.rows.push(row);
}

/** What no later file can bring anything before: its time is before the earliest row of them all. */
function* released<Row>(
  held: Map<string, Stream<Row>>,
  before: number,
  { placeOf, timeOf }: Standing<Row>,
): Generator<Row> {
  const streams = [...held.values()];
  for (const { rows } of streams) rows.sort((a, b) => placeOf(a) - placeOf(b));
  const taken = streams.map(() => 0);
  for (;;) {
    let first = -1;
    let firstAt = before;
    for (const [index, { rows }] of streams.entries()) {
      const head = rows[taken[index] ?? 0];
      if (head !== undefined && timeOf(head) < firstAt) [first, firstAt] = [index, timeOf(head)];
    }
    const row = streams[first]?.rows[taken[first] ?? 0];
    if (row === undefined) break;
    taken[first] = (taken[first] ?? 0) + 1;
    yield row;
  }
  for (const [index, stream] of streams.entries()) {
    for (const row of stream.rows.splice(0, taken[index])) stream.places.delete(placeOf(row));
  }
}
