import { plusMs } from '../../../domain/kernel/instant';
import type { Book } from '../../../domain/market/book';
import { type BookMemory, grownStale, NO_MEMORY, publishBook } from '../../../usecases/market-data/publish-book';
import { BTC, bookAt, Outside, TEN } from '../../fixtures/book-story';

async function publishAll(outside: Outside, books: readonly Book[], from: BookMemory = NO_MEMORY) {
  const publish = publishBook(outside.parts);
  let memory = from;
  const failures: string[] = [];
  for (const book of books) {
    const published = await publish(book, { kind: 'spot' }, memory);
    memory = published.memory;
    failures.push(...published.failures.map(String));
  }
  return { memory, failures };
}

/** Goal: what orders and judgements see of a run of prices, a book each half second. One row is one story. */
test.each`
  story                                    | mids                                | told
  ${'small moves'}                         | ${[91_000, 91_100, 90_900]}         | ${'+ + +'}
  ${'a decimal shifted once'}              | ${[91_000, 910_000, 91_001]}        | ${'+ - +'}
  ${'a decimal shifted twice in a row'}    | ${[91_000, 9_100, 9_100, 91_000]}   | ${'+ - - +'}
  ${'a crash that three books agree on'}   | ${[91_000, 60_000, 59_900, 60_100]} | ${'+ - - +'}
  ${'a fall of just 20 %'}                 | ${[90_000, 72_000.1]}               | ${'+ +'}
  ${'two absurd prices that do not agree'} | ${[91_000, 1_000, 500_000, 1_000]}  | ${'+ - - -'}
`('$story: $told', async ({ mids, told }: { mids: number[]; told: string }) => {
  const outside = new Outside();
  await publishAll(
    outside,
    mids.map((mid, index) => bookAt(mid, plusMs(TEN, index * 500))),
  );
  const lines = outside.told.filter((line) => line.startsWith('kafka')).map((line) => line.split(' good')[1]);
  const marks = new Map([
    ['', '+'],
    [' bid jumped ask jumped', '-'],
  ]);
  expect(lines.map((line) => marks.get(line ?? '') ?? line).join(' ')).toBe(told);
});

test('a book that lacks something is told with what was last good of it, also by a connector that has just begun', async () => {
  const outside = new Outside();
  const [good, empty] = [bookAt(91_000), { ...bookAt(91_000, plusMs(TEN, 20_000)), bids: [], asks: [] }];
  const bid = { ...good.bids[0], receivedAt: good.receivedAt };
  await publishAll(outside, [good, { ...empty, quality: 'gapped' }]);
  expect(outside.books.get(BTC)?.last?.bid).toMatchObject(bid);
  await publishAll(outside, [{ ...empty, quality: 'stale' }]);
  expect(outside.books.get(BTC)?.last?.bid).toMatchObject(bid);
  await publishAll(outside, [good]);
  expect(outside.books.get(BTC)?.last).toBeUndefined();
});

test('Redis hears of a book before the topic does, under a sequence that rises whatever the feed counted', async () => {
  const outside = new Outside();
  await publishAll(
    outside,
    [91_000, 91_001, 91_002].map((mid, at) => bookAt(mid, TEN, { sequence: at < 2 ? 7 : 1 })),
  );
  expect(outside.told).toEqual([
    'redis 7 good',
    'kafka 7 good',
    'redis 8 good',
    'kafka 8 good',
    'redis 9 good',
    'kafka 9 good',
  ]);
});

test.each`
  failing    | told
  ${'redis'} | ${['kafka 1 good']}
  ${'kafka'} | ${['redis 1 good']}
`('without $failing the rest is told all the same', async ({ failing, told }) => {
  const outside = new Outside();
  outside.failing.add(failing);
  const { failures, memory } = await publishAll(outside, [bookAt(91_000)]);
  expect(outside.told).toEqual(told);
  expect(failures).toEqual([`Error: ${failing} is down`]);
  expect(memory).toMatchObject({ sequence: 1, price: { bid: { price: 9_099_950_000_000n } } });
});

test('a book grows stale once, after the time and not at it', () => {
  const stale = (book: Book, afterMs: number) =>
    grownStale(new Map([[BTC, book]]), plusMs(TEN, afterMs), 10_000).map(({ quality }) => quality);
  expect(stale(bookAt(1), 10_000)).toEqual([]);
  expect(stale(bookAt(1), 10_001)).toEqual(['stale']);
  expect(stale(bookAt(1, TEN, { quality: 'stale' }), 60_000)).toEqual([]);
});
