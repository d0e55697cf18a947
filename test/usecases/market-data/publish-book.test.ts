import { type Instant, plusMs } from '../../../domain/kernel/instant';
import { qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { type BookMemory, grownStale, NO_MEMORY, publishBook } from '../../../usecases/market-data/publish-book';
import { BTC, bookAt, dollars, Outside, TEN } from '../../fixtures/book-story';

async function publishAll(outside: Outside, books: readonly Book[], from: BookMemory = NO_MEMORY) {
  const publish = publishBook(outside.parts);
  let memory = from;
  const failures: string[] = [];
  for (const book of books) {
    const published = await publish(book, {}, memory);
    memory = published.memory;
    failures.push(...published.failures.map(String));
  }
  return { memory, failures };
}

/** A thousand shares a side, a cent wide. */
const sharesAt = (mid: number, at: Instant): Book => ({
  ...bookAt(1, at),
  bids: [{ price: dollars(mid - 0.01), qty: qty(10n ** 11n) }],
  asks: [{ price: dollars(mid + 0.01), qty: qty(10n ** 11n) }],
});

/** Goal: what orders and judgements see of a run of prices, a book each half second. One row is one story. */
test.each`
  story                                    | mids                      | told
  ${'small moves'}                         | ${[0.6, 0.63, 0.58]}      | ${'+ + +'}
  ${'a decimal shifted once'}              | ${[0.09, 0.9, 0.09]}      | ${'+ - +'}
  ${'a decimal shifted twice in a row'}    | ${[0.6, 0.06, 0.06, 0.6]} | ${'+ - - +'}
  ${'a crash that three books agree on'}   | ${[0.8, 0.3, 0.29, 0.31]} | ${'+ - - +'}
  ${'a fall of just 20 cents'}             | ${[0.6, 0.4]}             | ${'+ +'}
  ${'two absurd prices that do not agree'} | ${[0.6, 0.1, 0.95, 0.1]}  | ${'+ - - -'}
`('$story: $told', async ({ mids, told }: { mids: number[]; told: string }) => {
  const outside = new Outside();
  await publishAll(
    outside,
    mids.map((mid, index) => sharesAt(mid, plusMs(TEN, index * 500))),
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
    [91_000, 91_000.1, 91_000.2].map((mid, at) => bookAt(mid, TEN, { sequence: at < 2 ? 7 : 1 })),
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
