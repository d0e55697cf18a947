import { idOf, type UserId } from '../../../domain/kernel/ids';
import { type Instant, plusMs } from '../../../domain/kernel/instant';
import { qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import type { ListedBook } from '../../../domain/market/mark';
import { levelKey } from '../../../domain/market/taken';
import { countingTrades, forgettingLevels } from '../../../usecases/market-data/keep-levels';
import { NO_MEMORY } from '../../../usecases/market-data/publish-book';
import { MemoryTaken } from '../../fakes/memory-taken';
import { BTC, bookAt, dollars, TEN, tradeAt } from '../../fixtures/book-story';

const SOMEBODY = idOf<UserId>('somebody');
const KEY = levelKey('asks', dollars(100.5));

/** Market-data whose every book is told as it came; a lot at 100.5 has been taken. */
async function opened() {
  let now: Instant = TEN;
  const kept = new MemoryTaken(() => now);
  const level = { key: KEY, qty: qty(5n), allMax: null };
  await kept.reserve(SOMEBODY, { instrument: BTC, revision: 0, levels: [level], trades: [], volumeQty: qty(5n) });
  const clock = { now: () => now };
  const published = async (book: Book) => ({ book, memory: NO_MEMORY, failures: [] });
  const publish = forgettingLevels(published, { levels: kept, clock });
  return {
    kept,
    published,
    clock,
    taken: async () => (await kept.of(SOMEBODY, [BTC])).get(BTC)?.levels.get(KEY)?.own ?? 0n,
    /** Each book is told that many seconds after the one before. */
    tell: async (afterSeconds: number, mid: number, more: Partial<ListedBook> = {}) => {
      now = plusMs(now, afterSeconds * 1_000);
      return publish(bookAt(mid, now, more));
    },
  };
}

/** Goal: what was taken of a level is forgotten once the venue has not shown it a minute after, and not before. */
test.each`
  story                                       | books                                | left
  ${'it is shown on'}                         | ${[[61, 100], [61, 100]]}            | ${5n}
  ${'it has gone, a minute after'}            | ${[[60, 101]]}                       | ${0n}
  ${'it has gone, but a moment ago'}          | ${[[59, 101]]}                       | ${5n}
  ${'it goes and comes back within a minute'} | ${[[10, 101], [10, 100], [41, 100]]} | ${5n}
  ${'it goes, and is still gone after one'}   | ${[[10, 101], [51, 101]]}            | ${0n}
  ${'a look came a moment before'}            | ${[[59.5, 101], [0.9, 101]]}         | ${5n}
`('$story', async ({ books, left }: { books: [number, number][]; left: bigint }) => {
  const { tell, taken } = await opened();
  for (const [after, mid] of books) await tell(after, mid);
  expect(await taken()).toBe(left);
});

test('a book that is not good says nothing about it', async () => {
  const { tell, taken } = await opened();
  await tell(70, 101, { quality: 'gapped' });
  expect(await taken()).toBe(5n);
});

test('a book is told all the same where it could not be forgotten', async () => {
  const { published, clock } = await opened();
  const levels = {
    known: async () => {
      throw new Error('Redis is down');
    },
    forget: async () => undefined,
  };
  const told = await forgettingLevels(published, { levels, clock })(bookAt(100));
  expect(told).toMatchObject({ book: bookAt(100), failures: [new Error('Redis is down')] });
});

test('a trade that was told is counted, and one that was not is none', async () => {
  const counted: bigint[] = [];
  const levels = { traded: async ({ qty: amount }: { readonly qty: bigint }) => void counted.push(amount) };
  const told: string[] = [];
  await countingTrades({ publishTrade: async ({ tradeId }) => void told.push(tradeId) }, levels).publishTrade(
    tradeAt(1),
  );
  const down = { publishTrade: () => Promise.reject(new Error('no broker')) };
  await expect(countingTrades(down, levels).publishTrade(tradeAt(1))).rejects.toThrow('no broker');
  expect([counted, told]).toEqual([[tradeAt(1).qty], ['1']]);
});
