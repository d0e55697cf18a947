import { plusMs } from '../../../domain/kernel/instant';
import { formatPrice } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import type { ListedBook } from '../../../domain/market/mark';
import { NO_MEMORY } from '../../../usecases/market-data/publish-book';
import { publishMark } from '../../../usecases/market-data/publish-mark';
import { BTC, Outside, TEN } from '../../fixtures/book-story';
import { compositeWords, listedAt, shownBy } from '../../fixtures/mark-story';

const AGREED = 'coinbase 100/101; kraken 100.2/101.2';
const ALONE = 'coinbase 100/101 gapped; kraken 100.2/101.2';

/** A copy over what Redis and the topic get; `after` milliseconds after ten o'clock. */
function copyOver(outside: Outside) {
  const beside: string[] = [];
  const books = {
    told: async () => outside.books,
    put: async (book: Book, listed: readonly ListedBook[] = []) => {
      await outside.parts.books.put(book);
      beside.push(listed.map(({ venue }) => venue).join(' '));
    },
  };
  const publish = publishMark({ ...outside.parts, books });
  let memory = NO_MEMORY;
  return {
    beside,
    tell: async (shown: string, after: number, changed: readonly ListedBook[] = []) => {
      const coin = { instrument: BTC, sources: shownBy(shown), changed, at: plusMs(TEN, after) };
      const published = await publish(coin, memory);
      memory = published.memory;
      return published;
    },
  };
}

test('a mark goes to Redis with the books that changed, then to the topic', async () => {
  const outside = new Outside();
  const { tell, beside } = copyOver(outside);
  const { book, failures } = await tell(AGREED, 0, [listedAt('kraken', '1@100.2/1@101.2')]);
  expect(compositeWords(book.mark as never)).toBe('100.1/101.1');
  expect(outside.told).toEqual([`redis ${TEN} good`, `kafka ${TEN} good`]);
  expect([beside, failures]).toEqual([['kraken'], []]);
});

test('unconfirmed it is told as such, with what was good last', async () => {
  const outside = new Outside();
  const { tell } = copyOver(outside);
  await tell(AGREED, 0);
  const { book } = await tell(ALONE, 1_000);
  expect([book.quality, book.mark?.last?.bid && formatPrice(book.mark.last.bid.price)]).toEqual([
    'unconfirmed',
    '100.1',
  ]);
  expect(outside.told.at(-1)).toBe(`kafka ${TEN + 1_000} unconfirmed`);
});

/** Goal: whoever takes over goes on where the other was: neither the count nor the time goes back, nor a deadline. */
test('another copy follows what Redis has of the one before', async () => {
  const outside = new Outside();
  const first = await copyOver(outside).tell(AGREED, 5_000);
  const second = await copyOver(outside).tell(AGREED, 4_000);
  const { sequence, receivedAt, mark } = second.book;
  expect(sequence).toBe(first.book.sequence + 1);
  expect(receivedAt).toBe(first.book.receivedAt);
  expect(mark?.confirmedSince).toBe(plusMs(TEN, 5_000));
});

test('where Redis does not answer the mark is told all the same, and the next follows it', async () => {
  const outside = new Outside();
  const { tell } = copyOver(outside);
  outside.failing.add('redis');
  const first = await tell(AGREED, 0);
  outside.failing.delete('redis');
  const second = await tell(AGREED, 0);
  expect(first.failures.map(String)).toEqual(['Error: redis is down']);
  expect(second.book.sequence).toBe(first.book.sequence + 1);
  expect(outside.told).toEqual([`kafka ${TEN} good`, `redis ${TEN + 1} good`, `kafka ${TEN + 1} good`]);
});
