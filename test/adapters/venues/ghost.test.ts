import { instant } from '../../../domain/kernel/instant';
import type { PolymarketServer } from '../../../local/simulators/polymarket/server';
import { OUTCOMES } from '../../../local/simulators/truth/listing';
import { VenueLab } from '../../fixtures/venues/venue-lab';
import { KrakenBookLab } from './kraken/kraken-book';
import { bookOf, FollowedLab, START } from './polymarket/followed-lab';

const HOUR_MS = 3_600_000;
const ghost = (atMs: number): object => bookOf('1', '0.01x1000', '0.99x1000', atMs);
const change = (timestamp: number, price = '0.50', best_bid = price): object => ({
  event_type: 'price_change',
  timestamp: `${timestamp}`,
  price_changes: [{ asset_id: '1', price, size: '7', side: 'BUY', hash: 'x', best_bid, best_ask: '0.51' }],
});

/** Goal: a good book of 0.49 to 0.51, and REST that answers with another of this age. */
test.each`
  story                                   | rest                                                    | last
  ${'of an hour ago'}                     | ${ghost(START - HOUR_MS)}                               | ${'good 0.49/0.51'}
  ${'of a millisecond ago'}               | ${ghost(START - 1)}                                     | ${'good 0.49/0.51'}
  ${'of an hour ago, counted in seconds'} | ${ghost(Math.floor((START - HOUR_MS) / 1_000))}         | ${'good 0.49/0.51'}
  ${'of now, counted in seconds'}         | ${ghost(Math.floor(START / 1_000))}                     | ${'good 0.49/0.51'}
  ${'of now, counted in microseconds'}    | ${ghost(START * 1_000)}                                 | ${'good 0.49/0.51'}
  ${'of an hour ahead'}                   | ${ghost(START + HOUR_MS)}                               | ${'good 0.49/0.51'}
  ${'with levels that are none'}          | ${bookOf('1', '0.01x1000', '1.99x1000', START + 4_000)} | ${'good 0.49/0.51'}
  ${'that is really younger'}             | ${bookOf('1', '0.48x10', '0.52x10', START + 1_000)}     | ${'good 0.48/0.52'}
`('a book of REST $story leaves $last', async ({ rest, last }) => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  lab.rest = rest;
  await lab.pass(30_000);
  expect(lab.asked).toBeGreaterThan(1);
  expect(lab.last()).toBe(last);
  expect(lab.told.every(({ quality }) => quality === 'good')).toBe(true);
});

test('an old answer confirms nothing: the book that it contradicts grows stale by itself', async () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  lab.rest = ghost(START - HOUR_MS);
  await lab.pass(30_000);
  expect(lab.told).toHaveLength(1);
  expect(lab.counts).toMatchObject({ gaps: 0, answersOld: lab.asked });
});

test('an old answer that says the same a moment late confirms a quiet book', async () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START - 60_000));
  lab.rest = bookOf('1', '0.49x30', '0.51x10', START - 60_000);
  await lab.pass(9_000);
  expect(lab.qualities()).toBe('good good good');
});

test('a book that lost something waits for one that has what it lost, whatever REST says until then', async () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.50x5 0.51x10', START - 5_000));
  lab.hear(change(START, '0.48', '0.49'));
  lab.rest = ghost(START - HOUR_MS);
  await lab.pass(20_000);
  expect(lab.last()).toMatch(/^gapped/);
  lab.rest = bookOf('1', '0.49x30', '0.50x5 0.51x10', START - 100);
  await lab.pass(20_000);
  expect(lab.last()).toMatch(/^gapped/);
  // Some of the venue's stamps are whole seconds: the best prices that it named decide.
  lab.rest = bookOf('1', '0.49x30 0.48x7', '0.51x10', START - 100);
  await lab.pass(20_000);
  expect(lab.last()).toBe('good 0.49/0.51');
});

test('a whole book of the socket from an hour ago changes nothing either', () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  lab.followed.distrust('stale');
  lab.hear(ghost(START - HOUR_MS));
  expect(lab.qualities()).toBe('good stale');
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  expect(lab.qualities()).toBe('good stale good');
});

test('a change from long ago is not applied: the book is asked for anew', async () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  lab.rest = bookOf('1', '0.49x30', '0.51x10', START);
  lab.hear(change(START - HOUR_MS));
  expect(lab.qualities()).toBe('good gapped');
  await lab.pass(1_000);
  expect(lab.last()).toBe('good 0.49/0.51');
});

test('a venue whose clock was set back is followed again, by its new time', async () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  lab.followed.distrust('stale');
  lab.rest = bookOf('1', '0.49x30', '0.51x10', START - 290_000);
  await lab.pass(20_000);
  expect(lab.last()).toMatch(/^stale/);
  lab.hear(change(START - 300_000));
  await lab.pass(20_000);
  expect(lab.last()).toBe('good 0.49/0.51');
});

test('a venue whose clock is far ahead is followed again once that is seen', async () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  lab.followed.distrust('stale');
  lab.rest = bookOf('1', '0.50x7 0.49x30', '0.51x10', START + 300_000);
  await lab.pass(20_000);
  expect(lab.last()).toMatch(/^stale/);
  for (const at of [1, 2, 3]) lab.hear(change(START + 290_000 + at));
  await lab.pass(20_000);
  expect(lab.last()).toBe('good 0.5/0.51');
});

test('what a slow socket brings after an answer of REST that holds it is passed over', async () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  lab.rest = bookOf('1', '0.48x10', '0.52x10', START + 10_000);
  lab.now = instant(START + 10_000);
  await lab.pass(200);
  lab.hear(change(START + 3_000));
  expect(lab.last()).toBe('good 0.48/0.52');
  expect(lab.counts.gaps).toBe(1);
});

/** Goal: a trade from before what is known would fill orders that were placed after it. */
test.each`
  agoMs      | after        | trades
  ${0}       | ${'a book'}  | ${1}
  ${1_500}   | ${'a book'}  | ${1}
  ${10_000}  | ${'a book'}  | ${0}
  ${HOUR_MS} | ${'a book'}  | ${0}
  ${HOUR_MS} | ${'a trade'} | ${1}
`('a trade of $agoMs ms ago after $after', ({ agoMs, after, trades }) => {
  const lab = new FollowedLab();
  const trade = (ms: number, price: string) => ({
    event_type: 'last_trade_price',
    asset_id: '1',
    price,
    size: '5',
    side: 'BUY',
    timestamp: `${ms}`,
  });
  if (after === 'a book') lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  else lab.hear(trade(START, '0.51'));
  lab.hear(trade(START - agoMs, '0.52'));
  expect(lab.trades).toHaveLength(trades);
  expect(lab.counts.tradesDropped).toBe(after === 'a trade' ? 1 : 1 - trades);
});

describe('Kraken', () => {
  // The venue's example book; its checksum is the same at every time.
  const snapshot = (at: number): string =>
    '{"channel":"book","type":"snapshot","data":[{"symbol":"SOL/USD","bids":[{"price":150.25,"qty":12.00000000},' +
    '{"price":150.20,"qty":3.50000000}],"asks":[{"price":150.30,"qty":0.75000000},{"price":150.35,"qty":20.00000000}],' +
    `"checksum":2511981537,"timestamp":"${new Date(at).toISOString()}"}]}`;

  test('a snapshot of an hour ago is asked for again, and not told', () => {
    const lab = new KrakenBookLab({ now: () => START });
    lab.hear(snapshot(START - 100));
    lab.book.distrust('stale');
    lab.book.await();
    lab.hear(snapshot(START - HOUR_MS));
    expect(lab.told.map(({ quality }) => quality).join(' ')).toBe('good stale');
    expect([lab.asked, lab.counts.answersOld]).toEqual([1, 1]);
    lab.hear(snapshot(START - 50));
    expect(lab.told.at(-1)?.quality).toBe('good');
  });
});

describe('over a socket', () => {
  const listing = OUTCOMES[0] as (typeof OUTCOMES)[number];
  const yes = `PM-${listing.slug}-YES`;
  let lab: VenueLab<PolymarketServer>;
  beforeEach(async () => {
    lab = await VenueLab.polymarket();
    await lab.until(() => lab.quality(yes) === 'good');
  });
  afterEach(() => lab.close());

  const isTrue = () => lab.quality(yes) === 'good' && lab.seen(yes, 20).join() === lab.true(listing, 20).join();

  test('REST is haunted for a while: nobody ever hears of 0.01 to 0.99', async () => {
    lab.venue.quirks.haunt(listing.yesToken, true);
    await lab.until(() => lab.feed.health().answersOld > 1);
    lab.venue.faults.add('drop', 1);
    lab.truth.setPrice(listing, 0.3);
    lab.truth.setPrice(listing, 0.4);
    await lab.until(() => lab.feed.health().answersOld > 2);
    lab.venue.quirks.haunt(listing.yesToken, false);
    await lab.until(isTrue, lab.step);
    const heard = lab.history.filter(({ instrument }) => instrument === yes);
    expect(heard.every(({ bids, asks }) => bids[0]?.price !== 1_000_000n && asks[0]?.price !== 99_000_000n)).toBe(true);
  });

  test('a catalogue that lags does not put the tick of before back, nor reopen what has ended', async () => {
    lab.venue.quirks.freezeCatalogue(true);
    await lab.until(() => lab.venue.quirks.frozenAnswers > 2);
    lab.venue.setTick(listing, '0.001');
    await lab.until(() => lab.instruments.get(yes as never)?.priceTick === 100_000n && lab.status(yes) === 'open');
    const told = lab.life(yes).length;
    const asked = lab.venue.quirks.frozenAnswers;
    await lab.until(() => lab.venue.quirks.frozenAnswers > asked + 10);
    expect(lab.instruments.get(yes as never)?.priceTick).toBe(100_000n);
    expect(lab.life(yes)).toHaveLength(told);
    lab.venue.quirks.freezeCatalogue(false);
    lab.truth.setStatus(listing, 'halt');
    await lab.until(() => lab.status(yes) === 'halted');
    expect(lab.instruments.get(yes as never)?.priceTick).toBe(100_000n);
  });

  test('a catalogue from before what was read last changes nothing', async () => {
    lab.truth.setStatus(listing, 'halt');
    await lab.until(() => lab.status(yes) === 'halted');
    const before = lab.feed.health().answersOld;
    lab.venue.quirks.catalogueAgeMs = 60_000;
    lab.truth.setStatus(listing, 'reopen');
    await lab.until(() => lab.feed.health().answersOld > before + 3);
    expect(lab.status(yes)).toBe('halted');
    lab.venue.quirks.catalogueAgeMs = 0;
    await lab.until(() => lab.status(yes) === 'open');
  });
});
