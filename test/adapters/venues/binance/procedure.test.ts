import { BinanceBook } from '../../../../adapters/venues/binance/book';
import type { Diff } from '../../../../adapters/venues/binance/frames';
import { BinanceBookLab, START, snapshotOf } from './book-lab';

const diffOf = (first: number, last: number): Diff => ({
  kind: 'depth',
  symbol: 'BTCUSDT',
  ms: START,
  first,
  last,
  bids: [],
  asks: [],
});

/** Goal: what Binance's rule for a local book says of a diff, where the book has come to update 160. */
test.each`
  first  | last   | place
  ${157} | ${160} | ${'past'}
  ${161} | ${164} | ${'next'}
  ${166} | ${168} | ${'gap'}
  ${162} | ${162} | ${'gap'}
  ${150} | ${159} | ${'past'}
  ${158} | ${163} | ${'next'}
`('a diff of $first to $last is $place', ({ first, last, place }) => {
  expect(new BinanceBook(snapshotOf(160)).placeOf(diffOf(first, last))).toBe(place);
});

/** Goal: diffs of 150–155, 156–160 and 161–165 have come: which snapshot is taken, and to which update it leads. */
test.each`
  id     | last                  | old
  ${140} | ${'nothing  -/-'}     | ${1}
  ${149} | ${'nothing  -/-'}     | ${1}
  ${150} | ${'good 165 100/101'} | ${0}
  ${155} | ${'good 165 100/101'} | ${0}
  ${158} | ${'good 165 100/101'} | ${0}
  ${165} | ${'good 165 100/101'} | ${0}
  ${170} | ${'good 170 100/101'} | ${0}
`('a snapshot of $id: $last', async ({ id, last, old }) => {
  const lab = new BinanceBookLab();
  for (const [U, u] of [
    [150, 155],
    [156, 160],
    [161, 165],
  ] as const)
    lab.diff(U, u);
  lab.rest = snapshotOf(id);
  await lab.pass(250);
  expect([lab.last(), lab.counts.answersOld, lab.counts.gaps]).toEqual([last, old, 0]);
});

test('what the snapshot has is dropped, the rest is applied, and each diff after it', async () => {
  const lab = new BinanceBookLab();
  lab.diff(150, 155, '100x7');
  lab.diff(156, 160, '100x0 99.5x3', '100.9x4');
  lab.rest = snapshotOf(155, '100x7 99x2', '101x1');
  await lab.pass(250);
  expect(lab.last()).toBe('good 160 99.5/100.9');
  lab.diff(161, 161, '', '100.9x0 100.8x1');
  expect(lab.last()).toBe('good 161 99.5/100.8');
  lab.diff(158, 161, '90x1', '');
  lab.diff(160, 162, '99.6x1', '');
  expect(lab.last()).toBe('good 162 99.6/100.8');
  expect([lab.counts.gaps, lab.qualities()]).toEqual([0, 'good good good']);
});

test('a hole is reported once, and the book is told again once REST has what was in it', async () => {
  const lab = await BinanceBookLab.good();
  lab.rest = snapshotOf(163);
  lab.diff(164, 166, '100.5x1');
  await lab.pass(750);
  expect([lab.qualities(), lab.counts.gaps]).toEqual(['good gapped', 1]);
  lab.diff(167, 170);
  lab.rest = snapshotOf(165, '100x1', '101x1');
  await lab.pass(2_000);
  expect([lab.last(), lab.counts.gaps]).toEqual(['good 170 100.5/101', 1]);
});

test('a hole among the diffs that wait is another one, and none before it is used', async () => {
  const lab = await BinanceBookLab.good();
  lab.rest = undefined;
  lab.diff(164, 166);
  lab.diff(170, 171);
  lab.rest = snapshotOf(165);
  await lab.pass(1_000);
  expect([lab.qualities(), lab.counts.gaps]).toEqual(['good gapped', 2]);
  lab.rest = snapshotOf(170);
  await lab.pass(5_000);
  expect(lab.last()).toBe('good 171 100/101');
});

test('diffs of before a new connection continue nothing', async () => {
  const lab = await BinanceBookLab.good();
  lab.diff(161, 165);
  lab.book.distrust('stale');
  lab.book.await();
  lab.rest = snapshotOf(162);
  lab.diff(180, 181);
  await lab.pass(1_000);
  expect(lab.last()).toMatch(/^stale/);
  lab.rest = snapshotOf(181);
  await lab.pass(3_000);
  expect([lab.last(), lab.counts.gaps]).toEqual(['good 181 100/101', 0]);
});

test('a symbol at which nothing happens is believed when REST says the same twice, as of the question', async () => {
  const lab = new BinanceBookLab();
  lab.rest = snapshotOf(160);
  await lab.pass(250);
  expect(lab.told).toEqual([]);
  await lab.pass(500);
  expect(lab.last()).toBe('good 160 100/101');
  expect(lab.told[0]?.venueAt).toBe(lab.now);
});

test('REST’s book of before the loss is not believed, however often it says so', async () => {
  const lab = await BinanceBookLab.good();
  lab.diff(161, 165);
  lab.hear('{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpda');
  lab.rest = snapshotOf(161);
  await lab.pass(10_000);
  expect(lab.last()).toMatch(/^gapped/);
  expect(lab.counts.answersOld).toBeGreaterThan(1);
});

/** Goal: the venue names these best prices of an update; the book has come from 160 to 165 at 100 to 101. */
test.each`
  story                                          | words                                        | qualities
  ${'the same, of the very update'}              | ${[[165, '100', '101']]}                     | ${'good good'}
  ${'others, of the very update'}                | ${[[165, '100', '101.5']]}                   | ${'good gapped'}
  ${'others, before the last of them'}           | ${[[163, '98', '101'], [165, '100', '101']]} | ${'good good'}
  ${'others, and none since, as later ones say'} | ${[[163, '98', '101'], [168, '1', '2']]}     | ${'good gapped'}
  ${'the same, and others later'}                | ${[[163, '100', '101'], [168, '1', '2']]}    | ${'good good'}
  ${'others, and perhaps more to come'}          | ${[[163, '98', '101']]}                      | ${'good good'}
  ${'no price at all'}                           | ${[[165, 'none', '101']]}                    | ${'good gapped'}
`('best prices that are $story: $qualities', async ({ words, qualities }) => {
  const lab = await BinanceBookLab.good();
  for (const [id, bid, ask] of words) lab.best(id, bid, ask);
  lab.diff(161, 165, '99x5');
  expect(lab.qualities()).toBe(qualities);
});

test('a book that a later word contradicts is taken back', async () => {
  const lab = await BinanceBookLab.good();
  lab.best(163, '98', '101');
  lab.diff(161, 165);
  expect(lab.last()).toBe('good 165 100/101');
  lab.best(167, '98', '101.5');
  expect([lab.last(), lab.counts.gaps]).toEqual(['gapped 165 100/101', 1]);
});

test('a snapshot that the venue’s own best prices contradict is not taken', async () => {
  const lab = new BinanceBookLab();
  lab.best(160, '100', '101');
  lab.diff(155, 160);
  lab.rest = snapshotOf(160, '97x1', '101x1');
  await lab.pass(1_000);
  expect(lab.told).toEqual([]);
  lab.rest = snapshotOf(160);
  await lab.pass(3_000);
  expect(lab.last()).toBe('good 160 100/101');
});

test('diffs that stay behind the best prices have the book asked for, and then the connection begun anew', async () => {
  const lab = await BinanceBookLab.good();
  lab.best(161, '100', '101');
  await lab.pass(2_500);
  expect([lab.qualities(), lab.restarts]).toEqual(['good gapped', 0]);
  for (let id = 170; id < 190; id++) {
    lab.rest = snapshotOf(id);
    await lab.pass(250);
  }
  expect([lab.counts.gaps, lab.qualities()]).toEqual([1, 'good gapped stale']);
  expect(lab.restarts).toBeGreaterThan(0);
});

test('a silent connection on which REST knows more is begun anew at once', async () => {
  const lab = await BinanceBookLab.good();
  lab.isConnectionSilent = true;
  lab.rest = snapshotOf(165);
  await lab.pass(4_500);
  expect([lab.restarts, lab.counts.gaps]).toEqual([1, 0]);
});

test('a quiet book is held and told again while REST has the same', async () => {
  const lab = await BinanceBookLab.good();
  await lab.pass(7_000);
  expect(lab.qualities()).toMatch(/^good( good)+$/);
  expect(lab.told.at(-1)?.venueAt).toBeGreaterThan(START + 4_000);
  expect([lab.asked, lab.counts.answersOld]).toEqual([1, 0]);
});

test('an answer that stays behind is no reason to give up a book at which nothing happens', async () => {
  const lab = await BinanceBookLab.good();
  lab.diff(161, 165);
  await lab.pass(20_000);
  expect([lab.qualities(), lab.counts.gaps]).toEqual(['good good', 0]);
  expect(lab.counts.answersOld).toBeGreaterThan(2);
});

test('a venue whose ids begin anew is followed again', async () => {
  const lab = await BinanceBookLab.good();
  lab.rest = snapshotOf(7, '50x1', '51x1');
  for (let id = 2; id < 80; id++) {
    lab.diff(id, id);
    lab.rest = snapshotOf(id, '50x1', '51x1');
    await lab.pass(250);
  }
  expect(lab.last()).toMatch(/^good \d\d 50\/51$/);
  expect(lab.counts.gaps).toBe(1);
});

/** Goal: one frame that is not so, ids far beyond all others: the book is true again once the venue goes on. */
test.each`
  story                            | wrong
  ${'a diff after a hole'}         | ${(lab: BinanceBookLab) => lab.diff(9_000, 9_001, '100.5x1')}
  ${'a diff that begins in place'} | ${(lab: BinanceBookLab) => lab.diff(161, 9_001, '100.5x1')}
  ${'a word for the best prices'}  | ${(lab: BinanceBookLab) => lab.best(9_000, '7', '8')}
`('$story that is not so', async ({ wrong }) => {
  const lab = await BinanceBookLab.good();
  wrong(lab);
  for (let id = 161; id < 241; id++) {
    lab.best(id, '100', `${101 + (id % 2)}`);
    lab.diff(id, id, '', id % 2 ? '101x0' : '101x1');
    lab.rest = snapshotOf(id, '100x1', id % 2 ? '102x1' : '101x1 102x1');
    await lab.pass(250);
  }
  expect(lab.last()).toBe('good 240 100/101');
  expect(lab.restarts).toBeLessThan(2);
});

test('a word that is not so, and nothing after it, has the connection begun anew', async () => {
  const lab = await BinanceBookLab.good();
  lab.best(9_000, '7', '8');
  await lab.pass(60_000);
  expect(lab.restarts).toBeGreaterThan(0);
  lab.book.await();
  await lab.pass(10_000);
  expect(lab.last()).toBe('good 160 100/101');
});

test('a price that leaves what the snapshot reached to has another asked for, and no gap is reported', async () => {
  const side = (from: number, step: 1 | -1, count: number) =>
    Array.from({ length: count }, (_, at) => `${from + step * at}x1`).join(' ');
  const lab = new BinanceBookLab();
  lab.rest = snapshotOf(160, side(20_000, -1, 5_000), side(20_001, 1, 5_000));
  lab.diff(155, 160);
  await lab.pass(250);
  expect(lab.told.at(-1)?.bids).toHaveLength(25);
  const gone = Array.from({ length: 4_990 }, (_, at) => `${20_000 - at}x0`).join(' ');
  lab.diff(161, 161, gone, '15011x1');
  expect(lab.told.at(-1)?.bids).toHaveLength(10);
  lab.diff(162, 162, '14000x1');
  expect(lab.told.at(-1)?.bids).toHaveLength(10);
  await lab.pass(250);
  lab.rest = snapshotOf(163, side(15_010, -1, 5_000), side(15_011, 1, 5_000));
  const refreshed = lab.pass(250);
  lab.diff(163, 163);
  await refreshed;
  lab.diff(164, 164);
  expect(lab.told.at(-1)?.bids).toHaveLength(25);
  expect([lab.asked, lab.counts.gaps]).toEqual([2, 0]);
});
