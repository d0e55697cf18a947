import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeBookStore } from '../../../adapters/redis/market-store';
import { makeToldPrices } from '../../../adapters/redis/past/told-prices';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { type Instant, plusMs } from '../../../domain/kernel/instant';
import { formatPrice } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { bookOfMark, compositeOf, type ListedBook, markOf } from '../../../domain/market/mark';
import type { Quote } from '../../../domain/market/quote';
import { at, NOW } from '../../fixtures/domain-story';
import { compositeWords, listedAt, shownBy } from '../../fixtures/mark-story';
import { services } from '../../services/services';

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'test');
});
afterAll(() => redis.disconnect());

const AGREED = 'binance 60010/60020; coinbase 60002/60012; kraken 60001/60011';
const TETHER = compositeOf(shownBy('coinbase 0.9995/0.9996; kraken 0.9995/0.9996'));

/** A coin of its own, whose marks are put with the books of its venues. */
function coin() {
  const instrument = idOf<InstrumentId>(`T${randomUUID().slice(0, 8)}-USD`);
  const store = makeBookStore(redis);
  let before: Quote | undefined;
  const mark = (shown: string, receivedAt: Instant = NOW): Quote => {
    before = markOf(instrument, shownBy(shown, TETHER), receivedAt, before);
    return before;
  };
  const listed = (venue: ListedBook['venue'], text: string, more: Partial<ListedBook> = {}) =>
    listedAt(venue, text, { instrument, ...more });
  const at = async (primary: 'kraken' | 'coinbase') => (await store.current([instrument], primary)).get(instrument);
  return { instrument, store, mark, listed, at };
}

const tops = ({ bids }: Book) => bids.map(({ price }) => formatPrice(price)).join(' ');

test('a mark comes back as it was told, with all that made it, and what was good last where it is none', async () => {
  const { instrument, store, mark } = coin();
  for (const told of [mark(AGREED), mark('coinbase 60002/60012 gapped; kraken 60001/60011', plusMs(NOW, 5))]) {
    await store.put(bookOfMark(told));
    expect((await store.told([instrument])).get(instrument)).toEqual(bookOfMark(told));
  }
  expect((await store.told([])).size).toBe(0);
});

/** Goal: one coin, two books that fill, one mark. */
test('each primary has its own venue’s book, marked by what all venues agree on', async () => {
  const { store, mark, listed, at: bookAt } = coin();
  const told = mark(AGREED);
  const books = [listed('kraken', '1@60001 2@60000/1@60011'), listed('coinbase', '3@60002/1@60012')];
  await store.put(bookOfMark(told), books);
  const [kraken, coinbase] = [await bookAt('kraken'), await bookAt('coinbase')];
  expect(kraken && [kraken.venue, kraken.quality, tops(kraken)]).toEqual(['kraken', 'good', '60001 60000']);
  expect(coinbase && [coinbase.venue, coinbase.quality, tops(coinbase)]).toEqual(['coinbase', 'good', '60002']);
  expect([kraken?.mark, coinbase?.mark]).toEqual([told, told]);
});

test('a mark without a new book of a venue leaves its last book, and one that was never heard of fills nothing', async () => {
  const { store, mark, listed, at: bookAt } = coin();
  await store.put(bookOfMark(mark(AGREED)), [listed('kraken', '1@60001/1@60011')]);
  const crashed = mark('binance 60040/60050; coinbase 60002/60012; kraken 36000/36001', plusMs(NOW, 5));
  await store.put(bookOfMark(crashed));
  const kraken = await bookAt('kraken');
  expect(kraken && [tops(kraken), kraken.sequence, kraken.doubts?.bid?.why]).toEqual([
    '60001',
    crashed.sequence,
    'disagrees',
  ]);
  expect(await bookAt('coinbase')).toMatchObject({ venue: 'coinbase', quality: 'stale', bids: [], asks: [] });
});

test('what holds is one venue’s book: the other’s is as old as it was', async () => {
  const { store, mark, listed, at: bookAt } = coin();
  const books = [listed('kraken', '1@60001/1@60011'), listed('coinbase', '3@60002/1@60012')];
  await store.put(bookOfMark(mark(AGREED)), books);
  await store.hold([{ ...(books[1] as ListedBook), venueAt: plusMs(NOW, 900) }]);
  const heldAt = [(await bookAt('kraken'))?.venueAt, (await bookAt('coinbase'))?.venueAt];
  expect(heldAt).toEqual([plusMs(NOW, -20), plusMs(NOW, 900)]);
});

test('a confirmation waits for the book of the primary that is asked for', async () => {
  const { instrument, store, mark, listed } = coin();
  const books = [listed('kraken', '1@60001/1@60011'), listed('coinbase', '3@60002/1@60012', { venueAt: NOW })];
  await store.put(bookOfMark(mark(AGREED)), books);
  const wait = { of: [instrument], after: plusMs(NOW, -10), withinMs: 40 };
  const ask = async (primary: 'kraken' | 'coinbase') =>
    (await store.confirmed([instrument], { ...wait, primary })).held;
  expect([(await ask('coinbase')).size, (await ask('kraken')).size]).toEqual([1, 0]);
});

/** Goal: whoever is judged late meets every price that could have filled or failed them, at whichever venue. */
test('the span of a coin reaches as far as its marks, and as the books in dollars that agree', async () => {
  const { instrument, store, mark } = coin();
  const told = makeToldPrices(redis);
  await store.put(bookOfMark(mark('binance 60100/60110; coinbase 60002/60012; kraken 59990/60011')));
  await store.put(bookOfMark(mark('binance 60100/60110; coinbase 60002/60012; kraken 36000/36001', plusMs(NOW, 5))));
  await store.put(bookOfMark(mark('coinbase 60002/60012 stale; kraken 36000/36001', plusMs(NOW, 6))));
  const [span] = (await told.lately([instrument], NOW)).spans.get(instrument) ?? [];
  expect(span?.bid).toEqual({ low: at('59990'), high: at('60035.975') });
  expect(span?.ask).toEqual({ low: at('60011'), high: at('60048.978') });
  const kept = await told.tops([instrument], NOW, plusMs(NOW, 10));
  expect(kept.map((book) => compositeWords(book.mark as never))).toEqual([
    '60002/60012',
    '60035.975/60048.978, kraken disagrees',
    'unconfirmed, coinbase stale',
  ]);
});
