import { plusMs } from '../../../domain/kernel/instant';
import { Overtaken } from '../../../usecases/ports/market-data/market-data';
import { TEN } from '../../fixtures/book-story';
import { bookAt, openPublisher, RAIN, rain, rest, toRedis, trade } from '../../fixtures/publisher-story';

test('what another copy told meanwhile is followed: the sequence rises, and a book that stayed the same is told anew', async () => {
  const { outside, publisher } = openPublisher();
  publisher.onBook(bookAt(91_000, TEN, { sequence: 5 }));
  await rest(30);
  await publisher.pause(0);
  outside.books.set(RAIN, bookAt(91_000, TEN, { instrument: RAIN, venue: 'polymarket', sequence: 900 }));
  publisher.open(0);
  await rest(30);
  publisher.onBook(bookAt(91_000, plusMs(TEN, 1), { sequence: 6 }));
  await rest(30);
  expect(toRedis(outside)).toEqual(['redis 5 good', 'redis 901 good', 'redis 902 good']);
});

test('a copy whose lease has run out while it stood still tells nothing, whatever comes, until it has it again', async () => {
  const { outside, trades, state, publisher } = openPublisher();
  publisher.onInstruments([rain]);
  publisher.onBook(bookAt(91_000));
  await rest(30);
  state.isHeld = false;
  publisher.onBook(bookAt(91_000, TEN, { sequence: 2 }));
  publisher.onTrade(trade('1'));
  publisher.onHeld(bookAt(91_000, TEN, { sequence: 2, venueAt: plusMs(TEN, 900) }));
  state.now = plusMs(TEN, 20_000);
  publisher.checkStale();
  await rest(40);
  expect([toRedis(outside), trades, outside.heldAt]).toEqual([['redis 1 good'], [], []]);
  await publisher.pause(0);
  state.isHeld = true;
  publisher.open(0);
  await rest(30);
  expect(toRedis(outside)).toEqual(['redis 1 good', 'redis 2 good']);
});

test('what was under way as another copy’s turn came is waited for, is nothing to go on from, and is told anew', async () => {
  const { outside, publisher } = openPublisher();
  const under: (() => void)[] = [];
  const { put } = outside.parts.books;
  outside.parts.books.put = async (book) => {
    await new Promise<void>((go) => under.push(go));
    await put(book);
  };
  publisher.onBook(bookAt(91_000, TEN, { sequence: 5 }));
  await rest(1);
  const paused = publisher.pause(0).then(() => 'paused');
  expect(await Promise.race([paused, rest(30).then(() => 'waits')])).toBe('waits');
  outside.parts.books.put = put;
  for (const go of under) go();
  await paused;
  outside.books.set(RAIN, bookAt(91_000, TEN, { sequence: 70 }));
  publisher.open(0);
  await rest(50);
  expect(toRedis(outside)).toEqual(['redis 5 good', 'redis 71 good']);
});

test('a state that was overtaken reaches nobody, and is told again after what overtook it', async () => {
  const { outside, counted, said, publisher } = openPublisher();
  const { put } = outside.parts.books;
  outside.parts.books.put = async () => {
    outside.parts.books.put = put;
    outside.books.set(RAIN, bookAt(91_000, TEN, { sequence: 70 }));
    throw new Overtaken('70 was told');
  };
  publisher.onBook(bookAt(91_000, TEN, { sequence: 5 }));
  await rest(60);
  expect(outside.told).toEqual(['redis 71 good', 'kafka 71 good']);
  expect([said, counted.failed]).toEqual([['70 was told'], 0]);
});
