import { noCounts } from '../../../adapters/venues/counts';
import {
  GROUP_MS,
  BookSubscription as PolymarketFollowed,
} from '../../../adapters/venues/polymarket/books/book-subscription';
import { readFrame as readPolymarket } from '../../../adapters/venues/polymarket/wire/read-frame';
import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import type { Book } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import { VenueClock } from '../../../domain/market/venue-clock';
import { OUTCOMES, type OutcomeListing, SPOTS, type SpotListing } from '../../../local/simulators/truth/listing';
import { VenueLab } from '../../fixtures/venues/venue-lab';
import { KrakenBookLab } from './kraken/kraken-book';
import { heldOutcome } from './polymarket/gamma-story';

const NOW = instant(1_795_428_000_000);
let now = NOW;
const clock = { now: () => now };
beforeEach(() => {
  now = NOW;
});
const [BTC, RAIN] = [SPOTS[0] as SpotListing, OUTCOMES[2] as OutcomeListing];

const krakenBook = (price: string, qty: string, more = '') =>
  `{"channel":"book","type":"snapshot","data":[{"symbol":"SOL/USD","bids":[{"price":${price},"qty":${qty}},` +
  '{"price":150.20,"qty":3.50000000}],"asks":[{"price":150.30,"qty":0.75000000},{"price":150.35,"qty":20.00000000}],' +
  `"checksum":2511981537${more}}]}`;

/** Goal: what a hostile book of Kraken's becomes. The first row is the venue's own example; its checksum guards the rest. */
test.each`
  story                                              | frame                                                                 | verdict
  ${'the venue’s example'}                           | ${krakenBook('150.25', '12.00000000')}                                | ${'good'}
  ${'a field nobody knows'}                          | ${krakenBook('150.25', '12.00000000', ',"flavour":"mint"')}           | ${'good'}
  ${'a decimal shifted: same digits, same checksum'} | ${krakenBook('1502.5', '12.00000000')}                                | ${'crossed'}
  ${'a trailing zero lost'}                          | ${krakenBook('150.25', '12.0000000')}                                 | ${'asked for anew'}
  ${'a negative price'}                              | ${krakenBook('-150.25', '12.00000000')}                               | ${'dropped'}
  ${'a price of zero'}                               | ${krakenBook('0', '12.00000000')}                                     | ${'dropped'}
  ${'a negative quantity'}                           | ${krakenBook('150.25', '-12.00000000')}                               | ${'dropped'}
  ${'an infinite price'}                             | ${krakenBook('1e309', '12.00000000')}                                 | ${'dropped'}
  ${'a price finer than we hold'}                    | ${krakenBook('150.2500000001', '12.00000000')}                        | ${'dropped'}
  ${'not a number'}                                  | ${krakenBook('NaN', '12.00000000')}                                   | ${'dropped'}
  ${'an object for a price'}                         | ${krakenBook('{"value":150.25}', '12.00000000')}                      | ${'dropped'}
  ${'a key twice, the second one wrong'}             | ${krakenBook('150.25,"price":151.00', '12.00000000')}                 | ${'asked for anew'}
  ${'no checksum'}                                   | ${krakenBook('150.25', '12.00000000').replace(/,"checksum":\d+/, '')} | ${'dropped'}
  ${'a list for a frame'}                            | ${`[${krakenBook('150.25', '12.00000000')}]`}                         | ${'dropped'}
  ${'lists within lists, a million deep'}            | ${'['.repeat(1_000_000)}                                              | ${'dropped'}
  ${'half a frame'}                                  | ${krakenBook('150.25', '12.00000000').slice(0, 90)}                   | ${'dropped'}
  ${'a prototype for a channel'}                     | ${'{"channel":"__proto__","type":"snapshot","data":[]}'}              | ${'passed over'}
`('Kraken, $story: $verdict', ({ frame, verdict }) => {
  const lab = new KrakenBookLab(clock);
  const isReadable = lab.hear(frame);
  const outcome = !isReadable ? 'dropped' : lab.asked > 0 ? 'asked for anew' : (lab.told[0]?.quality ?? 'passed over');
  expect(outcome).toBe(verdict);
  expect(lab.told.map(({ quality }) => quality)).toEqual(['good', 'crossed'].includes(verdict) ? [verdict] : []);
});

const wholeBook = (bid: object, ask: object, timestamp = `${NOW - 20}`) => ({
  event_type: 'book',
  asset_id: RAIN.yesToken,
  timestamp,
  hash: 'h',
  bids: [{ price: '0.51', size: '10', ...bid }],
  asks: [{ price: '0.53', size: '20', ...ask }],
});
const change = (given: object, best: object = {}) => ({
  event_type: 'price_change',
  market: 'm',
  timestamp: `${NOW}`,
  price_changes: [
    {
      asset_id: RAIN.yesToken,
      price: '0.52',
      size: '5',
      side: 'BUY',
      hash: 'x',
      best_bid: '0.52',
      best_ask: '0.53',
      ...given,
      ...best,
    },
  ],
});

/** Goal: what hostile events do to a good book of Polymarket's; each row starts at 0.51 to 0.53. */
test.each`
  story                               | event                                           | qualities
  ${'a better bid, proved'}           | ${change({})}                                   | ${'good'}
  ${'a venue that says another best'} | ${change({}, { best_bid: '0.51' })}             | ${'gapped'}
  ${'a probability of 1'}             | ${change({ price: '1' })}                       | ${'gapped'}
  ${'a probability above 1'}          | ${change({ price: '52' })}                      | ${'gapped'}
  ${'a price of zero'}                | ${change({ price: '0' })}                       | ${'gapped'}
  ${'a negative price'}               | ${change({ price: '-0.52' })}                   | ${'gapped'}
  ${'a decimal shifted down'}         | ${change({ price: '0.052' })}                   | ${'gapped'}
  ${'a negative size'}                | ${change({ size: '-5' })}                       | ${'gapped'}
  ${'not a number'}                   | ${change({ size: 'NaN' })}                      | ${'gapped'}
  ${'a crossing bid'}                 | ${change({ price: '0.54', best_bid: '0.54' })}  | ${'crossed'}
  ${'a whole book above 1'}           | ${wholeBook({ price: '51' }, {})}               | ${'gapped'}
  ${'a whole book that is crossed'}   | ${wholeBook({ price: '0.6' }, {})}              | ${'crossed'}
  ${'a whole book without any level'} | ${{ ...wholeBook({}, {}), bids: [], asks: [] }} | ${'stale'}
  ${'a number where text belongs'}    | ${change({ price: 0.52 })}                      | ${'gapped'}
  ${'a side that is none'}            | ${change({ side: 'HOLD' })}                     | ${'gapped'}
  ${'a time that is none'}            | ${{ ...change({}), timestamp: 'noon' }}         | ${'gapped'}
  ${'a token that is none'}           | ${change({ asset_id: 7 })}                      | ${'gapped'}
  ${'another token’s, unreadable'}    | ${change({ asset_id: '9', price: 7 })}          | ${''}
  ${'an event nobody knows'}          | ${{ event_type: 'constructor', price: '9' }}    | ${''}
`('Polymarket, $story: $qualities', ({ event, qualities }) => {
  const told: Book[] = [];
  const followed = new PolymarketFollowed(heldOutcome(RAIN.slug, 'yes'), {
    clock,
    counts: noCounts(),
    venueClock: new VenueClock(),
    proveEveryMs: () => 1_000,
    onHeld: () => undefined,
    fetchBook: () => Promise.reject(new Error('down')),
    onFrozen: () => undefined,
    onBook: (book) => void told.push(book),
  });
  for (const given of [wholeBook({}, {}), event]) {
    for (const read of readPolymarket(JSON.stringify(given)).events) {
      if (read.event_type === 'book') followed.takeBook(read);
      if (read.event_type === 'price_change' && read.price_changes[0]?.asset_id === RAIN.yesToken) {
        followed.takeChanges(read.price_changes, Number(read.timestamp));
      }
      if (read.event_type === 'lost' && (read.assets === 'all' || read.assets.includes(RAIN.yesToken)))
        followed.resync();
    }
  }
  // A book that disagrees with the venue's best prices waits for the rest of a group.
  now = instant(NOW + GROUP_MS);
  followed.check();
  expect(told.map(({ quality }) => quality).join(' ')).toBe(`good ${qualities}`.trim());
  expect(told.every(({ venueAt }) => venueAt <= NOW)).toBe(true);
});

describe.each(['kraken', 'polymarket'] as const)('a hostile %s over a socket', (name) => {
  const watched = name === 'kraken' ? BTC.id : `PM-${RAIN.slug}-YES`;
  const listing = name === 'kraken' ? BTC : RAIN;
  let lab: Awaited<ReturnType<typeof VenueLab.kraken>> | Awaited<ReturnType<typeof VenueLab.polymarket>>;
  beforeEach(async () => {
    lab = name === 'kraken' ? await VenueLab.kraken() : await VenueLab.polymarket();
    await lab.until(() => lab.quality(watched) === 'good');
  });
  afterEach(() => lab.close());

  const isTrue = () => lab.quality(watched) === 'good' && lab.seen(watched, 20).join() === lab.true(listing, 20).join();

  test.each`
    story                      | frame                                    | reconnects
    ${'50 MB in one frame'}    | ${Buffer.alloc(50 * 1024 * 1024, 'x')}   | ${1}
    ${'no UTF-8'}              | ${Buffer.from([0x7b, 0xff, 0xfe, 0x7d])} | ${1}
    ${'no JSON'}               | ${'{"channel":'}                         | ${0}
    ${'nested a million deep'} | ${`{"a":${'['.repeat(1_000_000)}`}       | ${0}
  `('$story: the frame is dropped and counted, and the books are the truth again', async ({ frame, reconnects }) => {
    lab.venue.inject(frame);
    await lab.until(() => lab.feed.health().framesDropped === 1);
    await lab.until(() => isTrue() && lab.feed.health().reconnects === reconnects, lab.step);
  });

  test.each`
    skewMs      | isFault
    ${300_000}  | ${true}
    ${-300_000} | ${false}
    ${2_000}    | ${false}
  `('a clock that is $skewMs ms ahead dates nothing in the future', async ({ skewMs, isFault }) => {
    lab.venue.skewMs = skewMs;
    lab.history.length = 0;
    lab.trades.length = 0;
    await lab.until(() => lab.history.filter(({ instrument }) => instrument === watched).length > 5, lab.step);
    lab.truth.print(listing, 'bid', { tick: lab.truth.levels(listing.id, 'ask')[0]?.tick ?? 0, size: 100 });
    if (!isFault) await lab.until(() => lab.trades.some(({ instrument }) => instrument === watched));
    await lab.until(isTrue);
    expect([...lab.history, ...lab.trades].every(({ venueAt, receivedAt }) => venueAt <= receivedAt)).toBe(true);
    expect(lab.feed.health().clockFaults > 0).toBe(isFault);
    expect(isFault ? lab.trades : []).toEqual([]);
  });
});

describe('symbols that go, and steps that change', () => {
  const held = async (more: Partial<Instrument> = {}): Promise<Instrument> => {
    const lab = await VenueLab.kraken();
    await lab.until(() => lab.status(BTC.id) === 'open');
    const instrument = lab.instruments.get(idOf(BTC.id));
    await lab.close();
    invariant(instrument !== undefined, 'it is listed');
    return { ...instrument, ...more };
  };

  test('a delisted pair is closed with its reason, and stays so over a reconnection', async () => {
    const lab = await VenueLab.kraken();
    await lab.until(() => lab.quality(BTC.id) === 'good');
    lab.venue.delist(BTC);
    await lab.until(() => lab.status(BTC.id) === 'closed');
    expect(lab.troubles).toEqual(['kraken: BTC/USD is closed: its status is delisted']);
    lab.venue.disconnect();
    await lab.until(() => lab.troubles.some((what) => what.includes('not supported')));
    expect(lab.life(BTC.id)).toEqual(['open', 'closed']);
    await lab.close();
  });

  test('a pair that was renamed while nobody looked is closed in the catalogue', async () => {
    const before = await held({ venueSymbol: 'XBT/USD', id: idOf('XBT-USD') });
    const lab = await VenueLab.kraken({ held: async () => [before] });
    await lab.until(() => lab.status('XBT-USD') === 'closed');
    expect(lab.troubles).toEqual(['kraken: XBT/USD is closed: it is no longer followed']);
    await lab.close();
  });

  test('a followed pair that the venue lists no more is closed in the catalogue', async () => {
    const before = await held();
    const lab = await VenueLab.kraken({ held: async () => [before] });
    lab.venue.pairs.delist('BTC/USD');
    await lab.until(() => lab.status(BTC.id) === 'closed');
    expect(lab.status('ETH-USD')).toBe('open');
    await lab.close();
  });

  test('one that was settled meanwhile stays so, and is told of no more', async () => {
    const before = await held({ status: 'resolved', payout: { kind: 'void' } });
    const lab = await VenueLab.kraken({ held: async () => [before] });
    lab.venue.pairs.delist('BTC/USD');
    await lab.until(() => lab.status('ETH-USD') === 'open');
    expect(lab.life(BTC.id).filter((status) => status !== 'open')).toEqual([]);
    await lab.close();
  });

  test.each`
    venue           | id                       | tick       | priceTick
    ${'kraken'}     | ${BTC.id}                | ${'0.01'}  | ${1_000_000n}
    ${'polymarket'} | ${`PM-${RAIN.slug}-YES`} | ${'0.001'} | ${100_000n}
  `('on $venue another tick halts trading until a book with it has come', async ({ venue, id, tick, priceTick }) => {
    const lab = venue === 'kraken' ? await VenueLab.kraken() : await VenueLab.polymarket();
    await lab.until(() => lab.quality(id) === 'good');
    if ('setIncrement' in lab.venue) lab.venue.setIncrement(BTC, tick);
    else lab.venue.setTick(RAIN, tick);
    await lab.until(() => lab.instruments.get(id as never)?.priceTick === priceTick && lab.status(id) === 'open');
    expect(lab.life(id)).toEqual(['open', 'halted', 'open']);
    expect(lab.history.filter(({ instrument }) => instrument === id).map(({ quality }) => quality)).toContain('gapped');
    expect(lab.troubles.filter((what) => what.includes('halted')).length).toBeGreaterThan(0);
    await lab.close();
  });
});
