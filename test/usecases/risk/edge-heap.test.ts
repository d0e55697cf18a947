import fc from 'fast-check';
import { ALWAYS, EdgeHeap, Edges, NEVER } from '../../../eks-workloads/risk-engine/selection/edge-heap';
import { RowList } from '../../../eks-workloads/risk-engine/selection/growing';

/** Goal: the rows that a price reaches are exactly those whose edges say so, whatever happened before. */
type Step =
  | { readonly kind: 'set'; readonly row: number; readonly key: number }
  | { readonly kind: 'remove'; readonly row: number }
  | { readonly kind: 'reach'; readonly limit: number };

const ROWS = 400;
const row = fc.nat({ max: ROWS - 1 });
const key = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -50, max: 50 }) },
  { weight: 1, arbitrary: fc.constantFrom(ALWAYS, NEVER) },
);
const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('set' as const), row, key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), row }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('reach' as const), limit: fc.integer({ min: -60, max: 60 }) }),
  },
);

function reachedBy(heap: EdgeHeap, limit: number): number[] {
  const found = new RowList();
  expect(heap.reached(limit, found, ROWS)).toBe(true);
  return [...found.rows.subarray(0, found.size)].sort((a, b) => a - b);
}

const expected = (keys: ReadonlyMap<number, number>, limit: number): number[] =>
  [...keys]
    .filter(([, edge]) => edge <= limit)
    .map(([at]) => at)
    .sort((a, b) => a - b);

test('a heap reaches what a list of the same rows reaches', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 300 }), fc.array(step, { maxLength: 400 }), (first, steps) => {
      const edges = new Edges();
      edges.reserve(ROWS);
      const heap = new EdgeHeap(edges);
      const keys = new Map<number, number>();
      const set = (at: number, edge: number) => {
        heap.set(at, edge);
        keys.set(at, edge);
      };
      for (const at of first) set(at, (at * 7919) % 101);
      for (const one of steps) {
        if (one.kind === 'set') set(one.row, one.key);
        else if (one.kind === 'reach') expect(reachedBy(heap, one.limit)).toEqual(expected(keys, one.limit));
        else {
          heap.remove(one.row);
          keys.delete(one.row);
        }
      }
      expect(heap.size).toBe(keys.size);
      expect(reachedBy(heap, 10)).toEqual(expected(keys, 10));
    }),
  );
});

test('a walk that would reach too many gives up and adds nothing; a heap filled anew is in order again', () => {
  const edges = new Edges();
  edges.reserve(1_000);
  const heap = new EdgeHeap(edges);
  for (let at = 0; at < 1_000; at++) heap.set(at, (at * 7919) % 1_000);
  const found = new RowList();
  expect([heap.reached(499, found, 400), found.size]).toEqual([false, 0]);
  expect([heap.reached(399, found, 400), found.size]).toEqual([true, 400]);
  heap.empty();
  for (let at = 0; at < 1_000; at++) edges.place[at] = 0;
  for (let at = 0; at < 100; at++) {
    edges.key[at] = -at;
    heap.append(at);
  }
  heap.order();
  expect([heap.least, reachedBy(heap, -90)]).toEqual([-99, [90, 91, 92, 93, 94, 95, 96, 97, 98, 99]]);
});

test('two heaps over the same rows hold each row in one of them', () => {
  const edges = new Edges();
  edges.reserve(4);
  const [longs, shorts] = [new EdgeHeap(edges), new EdgeHeap(edges)];
  longs.set(1, 5);
  shorts.set(2, 5);
  longs.remove(1);
  shorts.set(1, 4);
  expect([reachedBy(longs, 9), reachedBy(shorts, 4), reachedBy(shorts, 9)]).toEqual([[], [1], [1, 2]]);
});
