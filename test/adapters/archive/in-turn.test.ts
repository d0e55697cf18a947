import fc from 'fast-check';
import { inTurn } from '../../../adapters/archive/in-turn';
import type { DataFile } from '../../../adapters/archive/layout';
import { all } from '../../fixtures/archived';

/** Goal: however rows came to lie in files, they are read once each, in the order in which they were told. */
type Row = { readonly stream: string; readonly place: number; readonly at: number };

const standing = {
  streamOf: ({ stream }: Row) => stream,
  placeOf: ({ place }: Row) => place,
  timeOf: ({ at }: Row) => at,
};

/** Streams whose times mostly rise, now and then fall back a little, and who lie in which file, once or twice. */
const stored = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: -3, max: 20 }), fc.nat(3)), { maxLength: 80 })
  .map((told) => {
    const places = new Map<string, number>();
    const times = new Map<string, number>();
    const files = new Map<number, Row[]>();
    const rows = told.map(([stream, step, again], index) => {
      const place = (places.get(stream) ?? -1) + 1;
      const at = Math.max(0, (times.get(stream) ?? 10) + step);
      places.set(stream, place);
      times.set(stream, at);
      const row = { stream, place, at };
      const file = Math.floor(index / 12);
      for (const one of again === 0 ? [file, file + 1] : [file]) files.set(one, [...(files.get(one) ?? []), row]);
      return row;
    });
    return { rows, files: [...files.values()] };
  });

const named = (files: readonly Row[][]): { readonly listed: DataFile[]; readonly rowsOf: Map<string, Row[]> } => {
  const rowsOf = new Map(files.map((rows, index) => [String(index), rows]));
  const listed = [...rowsOf].map(([path, rows]) => ({
    path,
    from: Math.min(...rows.map(({ at }) => at)),
    to: Math.max(...rows.map(({ at }) => at)),
  }));
  return { listed, rowsOf };
};

test('each row comes once, those of a stream in its order, and streams by time', async () => {
  await fc.assert(
    fc.asyncProperty(stored, async ({ rows, files }) => {
      const { listed, rowsOf } = named(files);
      const read = async function* ({ path }: DataFile) {
        yield rowsOf.get(path) ?? [];
      };
      const got = await all(inTurn(listed.reverse(), read, standing));
      for (const stream of ['a', 'b', 'c']) {
        const of = (some: readonly Row[]) => some.filter((row) => row.stream === stream);
        expect(of(got)).toEqual(of(rows));
      }
      expect(got).toHaveLength(rows.length);
      // Where every stream's time rises, time alone decides.
      const rises = ['a', 'b', 'c'].every((stream) =>
        rows.filter((row) => row.stream === stream).every(({ at }, index, own) => at >= (own[index - 1]?.at ?? 0)),
      );
      if (rises) expect(got.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).sort((x, y) => x - y));
    }),
    { seed: 53, numRuns: 300 },
  );
});

test('rows are handed on as files are read: those before the next file are not held', async () => {
  const rows = Array.from({ length: 40 }, (_, place) => ({ stream: 'a', place, at: place * 10 }));
  const { listed, rowsOf } = named([rows.slice(0, 20), rows.slice(20)]);
  const opened: string[] = [];
  const read = async function* ({ path }: DataFile) {
    opened.push(path);
    yield rowsOf.get(path) ?? [];
  };
  const reading = inTurn(listed, read, standing)[Symbol.asyncIterator]();
  for (let index = 0; index < 20; index++) expect((await reading.next()).value).toEqual(rows[index]);
  expect(opened).toEqual(['0']);
  expect((await reading.next()).value).toEqual(rows[20]);
  expect(opened).toEqual(['0', '1']);
});
