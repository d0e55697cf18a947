import { instant } from '../../../domain/kernel/instant';
import { joinedFrames } from '../../../usecases/archive/joined-frames';
import { missingSpans } from '../../../usecases/archive/missing-spans';
import { StoredUntil } from '../../../usecases/archive/stored-until';
import type { Frame } from '../../../usecases/ports/archive/archive';
import { all, frameOf } from '../../fixtures/archived';

/** Goal: nobody takes for stored what is not, and what is missing is named. */
test('everything until a look is stored once the commits have passed what was there at the look', async () => {
  const ends = new Map([['market-data/0', 10]]);
  const committed = new Map<string, number>();
  let now = 100_000;
  const until = new StoredUntil({
    source: { ends: async () => new Map(ends), committed: async () => committed },
    clock: { now: () => instant(now) },
  });
  expect(await until.look()).toBeUndefined();
  ends.set('venue-frames/2', 5); // It came after the look: nobody waits for it yet.
  now = 110_000;
  committed.set('market-data/0', 9);
  expect(await until.look()).toBeUndefined();
  committed.set('market-data/0', 10);
  now = 120_000;
  expect(await until.look()).toBe(95_000);
  now = 130_000;
  expect(await until.look()).toBe(95_000); // Now the frame is waited for.
  committed.set('venue-frames/2', 5);
  now = 140_000;
  expect(await until.look()).toBe(115_000);
});

test.each`
  story                      | covered                                | missing
  ${'all of it'}             | ${[[0, 100_000]]}                      | ${[]}
  ${'nothing'}               | ${[]}                                  | ${[[0, 100_000]]}
  ${'a hole in the middle'}  | ${[[0, 30_000], [60_000, 100_000]]}    | ${[[30_000, 60_000]]}
  ${'short silences'}        | ${[[9_000, 40_000], [50_000, 91_000]]} | ${[]}
  ${'the beginning and end'} | ${[[20_000, 70_000]]}                  | ${[[0, 20_000], [70_000, 100_000]]}
`('where $story is stored, what is missing is named', ({ covered, missing }) => {
  const span = ([from, to]: [number, number]) => ({ from, to });
  expect(missingSpans({ from: 0, to: 100_000 }, covered.map(span))).toEqual(missing.map(span));
});

test('a frame in parts is whole again, whatever came between; one without its beginning or end is left out', async () => {
  const [a, b] = ['Zürich €', 'and after'].map((text) => Buffer.from(text));
  const part = (number: number, at: number, bytes: Buffer | undefined, connection = 'c'): Frame =>
    frameOf(1, number, { connection, part: at, parts: 2, text: (bytes ?? Buffer.alloc(0)).toString('base64') });
  const cut = (bytes: Buffer | undefined) => [bytes?.subarray(0, 2), bytes?.subarray(2)] as const; // Within the ü.
  const [first, second] = cut(a);
  const [third] = cut(b);
  const given = [
    part(1, 1, b, 'late'),
    part(2, 0, first),
    frameOf(1, 9, { connection: 'other', text: 'between' }),
    part(3, 1, second),
    part(4, 0, third),
  ];
  const frames = async function* () {
    yield* given;
  };
  expect((await all(joinedFrames(frames()))).map(({ text }) => text)).toEqual(['between', 'Zürich €']);
});
