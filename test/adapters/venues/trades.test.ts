import { noCounts } from '../../../adapters/venues/counts';
import { Tape as PolymarketTape } from '../../../adapters/venues/polymarket/books/tape';
import { type CountedTrade, Tape } from '../../../adapters/venues/tape';
import { tradeOf, type WireTrade } from '../../../adapters/venues/trade-of';
import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { formatPrice, formatQty } from '../../../domain/kernel/money';
import { VenueClock } from '../../../domain/market/venue-clock';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import type { KrakenServer } from '../../../local/simulators/kraken/server';
import type { PolymarketServer } from '../../../local/simulators/polymarket/server';
import { OUTCOMES, type OutcomeListing, SPOTS, type SpotListing } from '../../../local/simulators/truth/listing';
import { decimalText, type TrueTrade } from '../../../local/simulators/truth/truth';
import { VenueLab } from '../../fixtures/venues/venue-lab';

const NOW = instant(1_795_428_000_000);
const [BTC, RAIN] = [SPOTS[0] as SpotListing, OUTCOMES[2] as OutcomeListing];

/** Goal: which trades can have happened as the venue told them. One row is one trade off the wire. */
test.each`
  story                          | kind         | given                         | verdict
  ${'a trade'}                   | ${'spot'}    | ${{}}                         | ${'91000.1 × 0.5'}
  ${'a probability'}             | ${'outcome'} | ${{ price: '0.52' }}          | ${'0.52 × 0.5'}
  ${'a price of zero'}           | ${'spot'}    | ${{ price: '0' }}             | ${'dropped'}
  ${'a negative price'}          | ${'spot'}    | ${{ price: '-1' }}            | ${'dropped'}
  ${'a price that is no number'} | ${'spot'}    | ${{ price: 'NaN' }}           | ${'dropped'}
  ${'a price beyond our scale'}  | ${'spot'}    | ${{ price: '0.000000001' }}   | ${'dropped'}
  ${'a probability of 1'}        | ${'outcome'} | ${{ price: '1' }}             | ${'dropped'}
  ${'a probability above 1'}     | ${'outcome'} | ${{ price: '52' }}            | ${'dropped'}
  ${'a quantity of zero'}        | ${'spot'}    | ${{ qty: '0.00' }}            | ${'dropped'}
  ${'a negative quantity'}       | ${'spot'}    | ${{ qty: '-2' }}              | ${'dropped'}
  ${'no time at all'}            | ${'spot'}    | ${{ venueMs: undefined }}     | ${'dropped, clock'}
  ${'a time in seconds'}         | ${'spot'}    | ${{ venueMs: NOW / 1_000 }}   | ${'dropped, clock'}
  ${'a time in microseconds'}    | ${'spot'}    | ${{ venueMs: NOW * 1_000 }}   | ${'dropped, clock'}
  ${'a time five minutes ahead'} | ${'spot'}    | ${{ venueMs: NOW + 300_000 }} | ${'dropped, clock'}
  ${'a time a little ahead'}     | ${'spot'}    | ${{ venueMs: NOW + 900 }}     | ${'91000.1 × 0.5'}
`('$story: $verdict', ({ kind, given, verdict }) => {
  const counts = noCounts();
  const wire: WireTrade = { tradeId: '7', price: '91000.1', qty: '0.5', taker: 'buy', venueMs: NOW - 20, ...given };
  const trade = tradeOf(wire, { id: idOf('X'), kind }, NOW, { venue: 'kraken', counts, venueClock: new VenueClock() });
  const dropped = `dropped${counts.clockFaults > 0 ? ', clock' : ''}`;
  expect(trade ? `${formatPrice(trade.price)} × ${formatQty(trade.qty)}` : dropped).toBe(verdict);
  expect(counts.tradesDropped).toBe(trade ? 0 : 1);
  expect(trade === undefined || trade.venueAt <= NOW).toBe(true);
});

/** Goal: what of a venue's count of trades is told, and how often it jumped. `s` is a snapshot, the rest come one by one. */
test.each`
  story                                          | arriving            | told           | gaps
  ${'one after the other'}                       | ${'1 2 3'}          | ${'1 2 3'}     | ${0}
  ${'the first after subscribing'}               | ${'s40-50 51 52'}   | ${'51 52'}     | ${0}
  ${'twice'}                                     | ${'1 2 2 3 2'}      | ${'1 2 3'}     | ${0}
  ${'one that is missing'}                       | ${'1 2 4 5'}        | ${'1 2 4 5'}   | ${1}
  ${'in the wrong order: the late one is lost'}  | ${'1 3 2 4'}        | ${'1 3 4'}     | ${1}
  ${'reconnected, with trades missed meanwhile'} | ${'1 2 s1-9 10'}    | ${'1 2 10'}    | ${1}
  ${'reconnected, with none missed'}             | ${'1 2 s1-2 3'}     | ${'1 2 3'}     | ${0}
  ${'a count that began anew'}                   | ${'90 91 s1-3 4 5'} | ${'90 91 4 5'} | ${0}
  ${'an empty snapshot'}                         | ${'s 1 2'}          | ${'1 2'}       | ${0}
`('trades that come $story: $told', ({ arriving, told, gaps }) => {
  const counts = noCounts();
  const tape = new Tape(idOf('BTC-USD'), { venue: 'kraken', counts, venueClock: new VenueClock() });
  const wire = (count: number): CountedTrade => ({
    count,
    taker: 'buy',
    price: '91000.0',
    qty: '0.1',
    venueMs: Date.parse('2026-11-23T10:00:00.000000Z'),
  });
  const seen: string[] = [];
  for (const word of (arriving as string).split(' ')) {
    const [from, to] = word.slice(1).split('-').map(Number);
    if (word === 's') tape.snapshot([]);
    else if (word.startsWith('s')) tape.snapshot([from, to].map((id) => wire(id as number)));
    else seen.push(tape.update(wire(Number(word)), NOW)?.tradeId ?? '');
  }
  expect(seen.filter(Boolean).join(' ')).toBe(told);
  expect(counts.tradeGaps).toBe(gaps);
});

test('Polymarket’s trades are known by all that they say: the same one twice counts once, however late', () => {
  const tape = new PolymarketTape({ venue: 'polymarket', counts: noCounts(), venueClock: new VenueClock() });
  const take = (more: object) =>
    tape.take(
      {
        event_type: 'last_trade_price',
        asset_id: '1',
        price: '0.52',
        size: '10',
        side: 'BUY',
        timestamp: `${NOW}`,
        transaction_hash: '0xa',
        ...more,
      },
      { id: idOf('PM-rain-YES'), kind: 'outcome' },
      NOW,
    );
  expect(take({})).toMatchObject({ taker: 'buy', price: 52_000_000n, qty: 1_000_000_000n });
  for (let other = 0; other < 900; other++) take({ transaction_hash: `0x${other}` });
  expect(take({})).toBeUndefined();
  expect(take({ side: 'SELL' })).toMatchObject({ taker: 'sell' });
  expect(take({ timestamp: `${NOW - 1}` })).toBeDefined();
});

const trueWords = ({ listing, taker, tick, size }: TrueTrade) =>
  `${Number(decimalText(tick, listing.priceDecimals))} ${Number(decimalText(size, listing.qtyDecimals))} ${taker}`;
const words = ({ price, qty, taker }: VenueTrade) =>
  `${formatPrice(price)} ${formatQty(qty)} ${taker === 'buy' ? 'bid' : 'ask'}`;

describe('Kraken’s trades over a socket', () => {
  let lab: VenueLab<KrakenServer>;
  beforeEach(async () => {
    lab = await VenueLab.kraken();
    await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'good'));
  });
  afterEach(() => lab.close());

  const trueOf = (id: string) => lab.trueTrades.filter(({ listing }) => listing.id === id).map(trueWords);
  const seenOf = (id: string) => lab.trades.filter(({ instrument }) => instrument === id).map(words);

  test('each is told once and in order, with its exact price and size', async () => {
    for (let second = 0; second < 60; second++) lab.truth.step(1);
    const spots = lab.trueTrades.filter(({ listing }) => listing.kind === 'spot');
    await lab.until(() => lab.trades.length >= spots.length);
    expect(spots.length).toBeGreaterThan(100);
    for (const { id } of SPOTS) expect(seenOf(id)).toEqual(trueOf(id));
    expect(lab.feed.health()).toMatchObject({ tradeGaps: 0, tradesDropped: 0, gaps: 0 });
  });

  test('one at the touch is followed by a book that shows that much less', async () => {
    lab.truth.setVolatility(lab.truth.listings, 0);
    const [bid] = lab.truth.levels(BTC.id, 'bid');
    const before = bid?.size ?? 0;
    lab.truth.print(BTC, 'ask', { tick: bid?.tick ?? 0, size: 1_000_000 });
    await lab.until(() => lab.trades.length === 1);
    const left = decimalText(before - 1_000_000, 8).replace(/0+$/, '');
    await lab.until(() => lab.seen(BTC.id, 1)[0]?.endsWith(` ${left}`) === true);
    expect(lab.trades[0]).toMatchObject({ instrument: 'BTC-USD', taker: 'sell', qty: 1_000_000n });
  });

  test.each`
    fault          | left
    ${'drop'}      | ${{ tradeGaps: 1, tradesDropped: 0 }}
    ${'reorder'}   | ${{ tradeGaps: 1, tradesDropped: 0 }}
    ${'duplicate'} | ${{ tradeGaps: 0, tradesDropped: 0 }}
    ${'negative'}  | ${{ tradeGaps: 0, tradesDropped: 1 }}
    ${'malformed'} | ${{ tradeGaps: 1, framesDropped: 1 }}
    ${'nan'}       | ${{ tradeGaps: 1, framesDropped: 1 }}
  `('a $fault fault never makes volume out of nothing', async ({ fault, left }) => {
    const print = (size: number) => lab.truth.print(BTC, 'bid', { tick: 910_001, size });
    print(1_000);
    await lab.until(() => lab.trades.length === 1);
    lab.venue.tradeFaults.add(fault, 1);
    for (const size of [2_000, 3_000, 4_000]) print(size);
    await lab.until(() => seenOf(BTC.id).at(-1) === '91000.1 0.00004 bid');
    const seen = seenOf(BTC.id);
    expect(new Set(seen).size).toBe(seen.length);
    expect(trueOf(BTC.id)).toEqual(expect.arrayContaining(seen));
    expect(seen.length).toBe(fault === 'duplicate' ? 4 : 3);
    expect(lab.feed.health()).toMatchObject(left);
  });

  test('what traded while the line was down is counted as a gap, and told to nobody', async () => {
    const print = (size: number) => lab.truth.print(BTC, 'bid', { tick: 910_001, size });
    print(1_000);
    await lab.until(() => lab.trades.length === 1);
    lab.venue.disconnect();
    print(2_000);
    await lab.until(() => lab.history.at(-1)?.quality === 'good' && lab.feed.health().tradeGaps === 1);
    print(3_000);
    await lab.until(() => lab.trades.length === 2);
    expect(seenOf(BTC.id)).toEqual(['91000.1 0.00001 bid', '91000.1 0.00003 bid']);
  });
});

describe('Polymarket’s trades over a socket', () => {
  const [yes, no] = [`PM-${RAIN.slug}-YES`, `PM-${RAIN.slug}-NO`];
  let lab: VenueLab<PolymarketServer>;
  beforeEach(async () => {
    lab = await VenueLab.polymarket();
    await lab.until(() => lab.quality(yes) === 'good' && lab.quality(no) === 'good');
  });
  afterEach(() => lab.close());

  const of = (id: string) => lab.trades.filter(({ instrument }) => instrument === id).map(words);

  test('each is told for YES, and mirrored for NO', async () => {
    lab.truth.print(RAIN, 'bid', { tick: 52, size: 1_234 });
    await lab.until(() => lab.trades.length === 2);
    expect([of(yes), of(no)]).toEqual([['0.52 12.34 bid'], ['0.48 12.34 ask']]);
  });

  test('the books stay the truth while it trades for minutes', async () => {
    for (let second = 0; second < 200; second++) lab.truth.step(1);
    const trades = lab.trueTrades.filter(({ listing }) => listing.kind === 'outcome');
    await lab.until(() => lab.trades.length >= 2 * trades.length);
    await lab.until(() => lab.seen(yes, 20).join() === lab.true(RAIN, 20).join());
    expect(trades.length).toBeGreaterThan(60);
    expect(lab.feed.health()).toMatchObject({ gaps: 0, framesDropped: 0, tradesDropped: 0 });
  });

  test('one that comes twice is told once', async () => {
    lab.venue.tradeFaults.add('duplicate', 2);
    lab.truth.print(RAIN, 'bid', { tick: 52, size: 100 });
    lab.truth.print(RAIN, 'bid', { tick: 52, size: 200 });
    await lab.until(() => of(no).length === 2);
    expect(of(yes)).toEqual(['0.52 1 bid', '0.52 2 bid']);
  });

  test('a market that has closed trades no more, whatever its socket still says', async () => {
    lab.truth.setStatus(RAIN, 'close');
    await lab.until(() => lab.status(yes) === 'closed');
    lab.truth.print(RAIN, 'bid', { tick: 52, size: 100 });
    lab.truth.print(OUTCOMES[0] as OutcomeListing, 'bid', { tick: 37, size: 100 });
    await lab.until(() => lab.trades.length === 2);
    expect(of(yes)).toEqual([]);
  });
});
