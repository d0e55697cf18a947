import { plusMs } from '../../../domain/kernel/instant';
import { qty } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import type { ListedBook } from '../../../domain/market/mark';
import { dollars, TEN } from '../../fixtures/book-story';
import { bookAt, openPublisher, rain, rest, toRedis, trade } from '../../fixtures/publisher-story';

test('of books that come faster than one in 20 ms the newest is told, the first at once', async () => {
  const { outside, counted, publisher } = openPublisher();
  for (let sequence = 1; sequence <= 50; sequence++) publisher.onBook(bookAt(91_000, TEN, { sequence }));
  await rest(5);
  expect(toRedis(outside)).toEqual(['redis 1 good']);
  await rest(60);
  expect(toRedis(outside)).toEqual(['redis 1 good', 'redis 50 good']);
  expect(counted.conflated).toBe(48);
});

test('a venue’s silence is told once, as news with a sequence of its own, and its next book ends it', async () => {
  const { outside, state, publisher } = openPublisher();
  publisher.onBook(bookAt(91_000, TEN, { sequence: 5 }));
  await rest(30);
  state.now = plusMs(TEN, 10_001);
  publisher.checkStale();
  await rest(30);
  publisher.checkStale();
  publisher.onBook(bookAt(91_000, state.now, { sequence: 6 }));
  await rest(30);
  expect(toRedis(outside)).toEqual(['redis 5 good', 'redis 6 stale', 'redis 7 good']);
});

test('a place that is down is counted and said, and does not hold up the next book', async () => {
  const { outside, counted, said, publisher } = openPublisher();
  outside.failing.add('kafka');
  publisher.onBook(bookAt(91_000));
  await rest(30);
  outside.failing.clear();
  publisher.onBook(bookAt(91_000.1, TEN, { sequence: 2 }));
  await rest(30);
  expect(outside.told).toEqual(['redis 1 good', 'redis 2 good', 'kafka 2 good']);
  expect([counted.failed, said]).toEqual([1, ['the book of PM-rain-YES was not told everywhere']]);
});

test('instruments wait for a database that is down, and the newest status is what it gets', async () => {
  const { saved, state, publisher } = openPublisher();
  state.databaseIsDown = true;
  publisher.onInstruments([rain]);
  publisher.onInstruments([{ ...rain, status: 'halted' }]);
  await rest(30);
  state.databaseIsDown = false;
  await rest(1_100);
  expect(saved).toEqual(['PM-rain-YES halted']);
});

test('the outcomes of a market that are told of in one turn are saved and told together', async () => {
  const { saved, publisher } = openPublisher();
  for (const id of ['PM-rain-YES', 'PM-rain-NO']) publisher.onInstruments([{ id, status: 'resolved' } as Instrument]);
  await rest(30);
  expect(saved).toEqual(['PM-rain-YES resolved,PM-rain-NO resolved']);
});

test('what an earlier run left untold is told at once, and again until it worked', async () => {
  const { saved, state, said } = openPublisher();
  state.databaseIsDown = true;
  await rest(30);
  expect(said).toEqual(['the instruments were not saved and told']);
  state.databaseIsDown = false;
  await rest(1_100);
  expect(saved).toEqual(['']);
});

test('trades go out one by one, against the newest book that was told; those of unknown markets do not', async () => {
  const { trades, counted, publisher } = openPublisher();
  publisher.onTrade(trade('0'));
  publisher.onInstruments([rain]);
  publisher.onTrade(trade('1'));
  publisher.onBook(bookAt(91_000));
  await rest(30);
  publisher.onTrade(trade('2'));
  publisher.onTrade(trade('3'));
  await rest(10);
  expect(trades).toEqual(['1 open no book', '2 open good', '3 open good']);
  expect(counted.traded).toEqual(['book_not_good', 'told', 'told']);
});

test('a trade that cannot be told is counted and said, and never told later', async () => {
  const { trades, counted, said, state, publisher } = openPublisher();
  publisher.onInstruments([rain]);
  state.brokersAreDown = true;
  publisher.onTrade(trade('1'));
  await rest(10);
  state.brokersAreDown = false;
  await rest(10);
  expect([trades, counted.failed, said]).toEqual([[], 1, ['a trade of PM-rain-YES was not told']]);
});

test('a copy that waits tells nothing; when its turn comes it tells the newest book and every change at once', async () => {
  const { outside, saved, trades, counted, publisher } = openPublisher();
  await rest(10);
  publisher.follow();
  publisher.pause(0);
  publisher.onInstruments([rain]);
  for (let sequence = 1; sequence <= 3; sequence++) publisher.onBook(bookAt(91_000, TEN, { sequence }));
  publisher.onTrade(trade('1'));
  await rest(40);
  expect([toRedis(outside), saved, trades, counted.conflated]).toEqual([[], [''], [], 0]);
  publisher.lead();
  publisher.open(0);
  await rest(30);
  expect(toRedis(outside)).toEqual(['redis 3 good']);
  expect(saved).toEqual(['', 'PM-rain-YES open']);
});

test('a copy whose turn is over does not call the books old that it told, in place of the newer ones that wait', async () => {
  const { outside, state, publisher } = openPublisher();
  publisher.onBook(bookAt(91_000, TEN, { sequence: 1 }));
  await rest(30);
  publisher.pause(0);
  state.now = plusMs(TEN, 60_000);
  publisher.onBook(bookAt(91_000, state.now, { sequence: 2 }));
  publisher.checkStale();
  publisher.open(0);
  await rest(30);
  expect(toRedis(outside)).toEqual(['redis 1 good', 'redis 2 good']);
});

test('once its turn is over it tells nothing more', async () => {
  const { outside, publisher } = openPublisher();
  const book = bookAt(91_000);
  publisher.onBook(book);
  publisher.onBook({ ...book, sequence: 2 });
  publisher.pause(0);
  await rest(40);
  expect(toRedis(outside)).toEqual(['redis 1 good']);
});

/** Goal: YES and NO are held against one another, and a book that was contradicted is judged again once they agree. */
test('the two outcomes of a market are twins, whichever is listed first', async () => {
  const { outside, publisher } = openPublisher();
  const outcome = (id: string) =>
    ({ ...rain, id, kind: 'outcome', outcome: { marketId: 'rain' } }) as unknown as Instrument;
  publisher.onInstruments([outcome('PM-rain-YES'), outcome('PM-rain-NO'), outcome('PM-rain-NO')]);
  const at = (id: string, mid: number, ms: number, sequence: number) => {
    const shares = { qty: qty(10n ** 12n) };
    const book = bookAt(1, plusMs(TEN, ms), { instrument: id as never, venue: 'polymarket', sequence });
    return {
      ...book,
      bids: [{ ...shares, price: dollars(mid - 0.01) }],
      asks: [{ ...shares, price: dollars(mid + 0.01) }],
    };
  };
  const tell = async (...books: readonly ListedBook[]) => {
    outside.told.length = 0;
    for (const book of books) {
      publisher.onBook(book);
      await rest(60);
    }
    return toRedis(outside);
  };
  expect(await tell(at('PM-rain-YES', 0.5, 0, 1), at('PM-rain-NO', 0.5, 1, 2))).toEqual([
    'redis 1 good',
    'redis 2 good',
  ]);
  expect(await tell(at('PM-rain-YES', 0.6, 2, 3))).toEqual(['redis 3 good bid twin']);
  // NO follows: YES is told anew, and no longer doubted. NO is not told twice.
  expect(await tell(at('PM-rain-NO', 0.4, 3, 4))).toEqual(['redis 4 good', 'redis 4 good']);
});

/** Goal: that a book holds is told of the state that was told last, and of no other. */
test('a sign of life is told of the book that is known, together with those of its turn', async () => {
  const { outside, publisher } = openPublisher();
  const first = bookAt(91_000, TEN, { sequence: 5 });
  publisher.onHeld(first);
  publisher.onBook(first);
  await rest(30);
  publisher.onHeld({ ...first, venueAt: plusMs(TEN, 900) });
  publisher.onHeld({ ...first, venueAt: plusMs(TEN, 950) });
  await rest(10);
  expect(outside.told.filter((line) => line.startsWith('held'))).toEqual(['held 5 good']);
  expect(outside.heldAt).toEqual([plusMs(TEN, 950)]);
});

test('one of a state that is not told yet goes out with it, and one of a book that is not good never', async () => {
  const { outside, publisher } = openPublisher();
  const [first, second] = [bookAt(91_000), bookAt(91_000.1, plusMs(TEN, 1), { sequence: 2 })];
  publisher.onBook(first);
  publisher.onBook(second);
  publisher.onHeld({ ...second, venueAt: plusMs(TEN, 900) });
  publisher.onHeld({ ...first, venueAt: plusMs(TEN, 990) });
  await rest(60);
  publisher.onBook({ ...second, sequence: 3, receivedAt: plusMs(TEN, 2), quality: 'gapped' });
  await rest(30);
  publisher.onHeld({ ...second, sequence: 3, receivedAt: plusMs(TEN, 2), venueAt: plusMs(TEN, 999) });
  await rest(10);
  expect([toRedis(outside), outside.heldAt]).toEqual([['redis 1 good', 'redis 2 good', 'redis 3 gapped'], []]);
});

test('a copy that waits tells of no book that it holds', async () => {
  const { outside, publisher } = openPublisher();
  publisher.onBook(bookAt(91_000));
  await rest(30);
  publisher.pause(0);
  publisher.onHeld(bookAt(91_000, TEN, { venueAt: plusMs(TEN, 900) }));
  await rest(10);
  expect(outside.heldAt).toEqual([]);
});

test('what could not be read is kept, also while this copy is paused; a failure of that is said', async () => {
  const { kept, said, state, publisher } = openPublisher();
  publisher.pause(0);
  publisher.onUnreadable({ venue: 'kraken', text: '{"half":', receivedAt: TEN });
  expect(kept).toEqual(['kraken {"half":']);
  state.brokersAreDown = true;
  publisher.onUnreadable({ venue: 'kraken', text: '{', receivedAt: TEN });
  await rest(1);
  expect(said).toEqual(['a frame of kraken was not kept']);
});
