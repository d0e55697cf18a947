import { type Instant, plusMs } from '../../../domain/kernel/instant';
import type { Book } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import { MarketDesk } from '../../../eks-workloads/market-data/desk';
import { publishBook } from '../../../usecases/publish-book';
import { BTC, bookAt, Outside, TEN } from './book-story';

function open() {
  const outside = new Outside();
  const saved: string[] = [];
  const counted = { conflated: 0, failed: 0 };
  const said: string[] = [];
  const state = { now: TEN as Instant, databaseIsDown: false };
  const desk = new MarketDesk({
    publish: publishBook(outside.parts),
    saveInstruments: async (instruments) => {
      if (state.databaseIsDown) throw new Error('the database is down');
      saved.push(...instruments.map(({ id, status }) => `${id} ${status}`));
    },
    now: () => state.now,
    staleAfterMs: 10_000,
    metrics: {
      published: () => undefined,
      conflated: () => void counted.conflated++,
      failed: () => void counted.failed++,
      ages: () => undefined,
      venue: () => undefined,
    },
    onFailure: (_, what) => void said.push(what),
    onTrouble: (what) => void said.push(what),
  });
  return { outside, saved, counted, said, state, desk };
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const toRedis = (outside: Outside) => outside.told.filter((line) => line.startsWith('redis'));
const btc = { id: BTC, status: 'open' } as Instrument;

test('of books that come faster than one in 20 ms the newest is told, the first at once', async () => {
  const { outside, counted, desk } = open();
  for (let sequence = 1; sequence <= 50; sequence++) desk.onBook(bookAt(91_000, TEN, { sequence }));
  expect(toRedis(outside)).toEqual(['redis 1 good']);
  await rest(60);
  expect(toRedis(outside)).toEqual(['redis 1 good', 'redis 50 good']);
  expect(counted.conflated).toBe(48);
});

test('a venue’s silence is told once, as news with a sequence of its own, and its next book ends it', async () => {
  const { outside, state, desk } = open();
  desk.onBook(bookAt(91_000, TEN, { sequence: 5 }));
  await rest(30);
  state.now = plusMs(TEN, 10_001);
  desk.checkStale();
  await rest(30);
  desk.checkStale();
  desk.onBook(bookAt(91_000, state.now, { sequence: 6 }));
  await rest(30);
  expect(toRedis(outside)).toEqual(['redis 5 good', 'redis 6 stale', 'redis 7 good']);
});

test('a place that is down is counted and said, and does not hold up the next book', async () => {
  const { outside, counted, said, desk } = open();
  outside.failing.add('kafka');
  desk.onBook(bookAt(91_000));
  await rest(30);
  outside.failing.clear();
  desk.onBook(bookAt(91_001, TEN, { sequence: 2 }));
  await rest(30);
  expect(outside.told).toEqual(['redis 1 good', 'redis 2 good', 'kafka 2 good']);
  expect([counted.failed, said]).toEqual([1, ['the book of BTC-USD was not told everywhere']]);
});

test('instruments wait for a database that is down, and the newest status is what it gets', async () => {
  const { saved, state, desk } = open();
  state.databaseIsDown = true;
  desk.onInstruments([btc]);
  desk.onInstruments([{ ...btc, status: 'halted' }]);
  await rest(30);
  state.databaseIsDown = false;
  await rest(1_100);
  expect(saved).toEqual(['BTC-USD halted']);
});

test('once closed it tells nothing more', async () => {
  const { outside, desk } = open();
  const book: Book = bookAt(91_000);
  desk.onBook(book);
  desk.onBook({ ...book, sequence: 2 });
  desk.close();
  await rest(40);
  expect(toRedis(outside)).toEqual(['redis 1 good']);
});
