import fc from 'fast-check';
import { KrakenBook } from '../../../../adapters/venues/kraken/book';
import { plain } from '../../../../adapters/venues/kraken/instruments';
import { readFrame } from '../../../../adapters/venues/kraken/read-frame';
import { venueTime } from '../../../../adapters/venues/venue-time';
import { instant } from '../../../../domain/kernel/instant';
import type { KrakenServer } from '../../../../local/simulators/kraken/server';
import { SPOTS } from '../../../../local/simulators/truth/listing';
import { VenueLab } from '../../../fixtures/venues/venue-lab';

const BTC = SPOTS[0] as (typeof SPOTS)[number];

const levels = (text: string) =>
  text.split(' ').map((pair) => ({ price: pair.split(':')[0] ?? '', qty: pair.split(':')[1] ?? '' }));

/** The example of Kraken's guide, and what follows from it. */
const ASKS = levels(
  '45285.2:0.00100000 45286.4:1.54571953 45286.6:1.54571109 45289.6:1.54560911 45290.2:0.15890660 ' +
    '45291.8:1.54553491 45294.7:0.04454749 45296.1:0.35380000 45297.5:0.09945542 45299.5:0.18772827',
);
const BIDS = levels(
  '45283.5:0.10000000 45283.4:1.54582015 45282.1:0.10000000 45281.0:0.10000000 45280.3:1.54592586 ' +
    '45279.0:0.07990000 45277.6:0.03310103 45277.5:0.30000000 45277.3:1.54602737 45276.6:0.15445238',
);

describe('Kraken’s checksum', () => {
  test('agrees with the venue’s vectors, update by update', () => {
    const book = new KrakenBook(10);
    book.snapshot(BIDS, ASKS);
    expect(book.checksum()).toBe(3310070434);
    book.update([], levels('45285.2:0.00000000 45299.9:0.50000000'));
    expect(book.checksum()).toBe(335666111);
    book.update(levels('45283.5:0.25000000'), []);
    expect(book.checksum()).toBe(2008552152);
  });

  test('is over the digits of the wire: trailing zeros count', () => {
    const frame = readFrame(
      '{"channel":"book","type":"snapshot","data":[{"symbol":"SOL/USD","bids":[{"price":150.25,"qty":12.00000000},' +
        '{"price":150.20,"qty":3.50000000}],"asks":[{"price":150.30,"qty":0.75000000},{"price":150.35,"qty":20.00000000}],' +
        '"checksum":2511981537}]}',
    );
    if (frame?.channel !== 'book') throw new Error('it is a book frame');
    const book = new KrakenBook(10);
    const [data] = frame.data;
    book.snapshot(data?.bids ?? [], data?.asks ?? []);
    expect([book.checksum(), data?.checksum]).toEqual([2511981537, 2511981537]);
  });
});

test('whatever comes over the wire, reading it never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((v) => `{"channel":"book","data":${JSON.stringify(v)}}`),
      ),
      (text) => {
        readFrame(text);
      },
    ),
  );
});

test.each`
  wire        | decimal
  ${'1e-8'}   | ${'0.00000001'}
  ${'1.5E-3'} | ${'0.0015'}
  ${'25e-1'}  | ${'2.5'}
  ${'0.1'}    | ${'0.1'}
  ${'5'}      | ${'5'}
  ${'1e8'}    | ${'1e8'}
`('an increment of $wire is $decimal', ({ wire, decimal }) => {
  expect(plain(wire)).toBe(decimal);
});

const NOW = instant(1_795_428_000_000);

test.each`
  story                                    | venueMs            | at                 | isOff
  ${'a little earlier'}                    | ${NOW - 40}        | ${NOW - 40}        | ${false}
  ${'a little ahead: never in the future'} | ${NOW + 40}        | ${NOW}             | ${false}
  ${'hours old, as of a quiet book'}       | ${NOW - 7_200_000} | ${NOW - 7_200_000} | ${false}
  ${'five minutes ahead'}                  | ${NOW + 300_000}   | ${NOW}             | ${true}
  ${'seconds'}                             | ${NOW / 1_000}     | ${NOW}             | ${true}
  ${'microseconds'}                        | ${NOW * 1_000}     | ${NOW}             | ${true}
  ${'none'}                                | ${undefined}       | ${NOW}             | ${false}
  ${'not a number'}                        | ${Number.NaN}      | ${NOW}             | ${true}
`('a venue time that is $story', ({ venueMs, at, isOff }) => {
  expect(venueTime(venueMs, NOW)).toEqual({ at, isOff });
});

test('one unreadable pair of the catalogue does not cost the others, and a refusal is read as one', () => {
  const pair = '{"symbol":"BTC/USD","status":"online","price_increment":0.1,"qty_increment":1e-8,"qty_min":0.00005}';
  const frame = readFrame(
    `{"channel":"instrument","type":"snapshot","data":{"assets":[],"pairs":[{"symbol":3},${pair}]}}`,
  );
  expect(frame).toMatchObject({ data: { pairs: [{ symbol: 'BTC/USD', qty_increment: '1e-8' }] } });
  expect(readFrame('{"method":"subscribe","error":"Currency pair not supported X/Y","success":false}')).toEqual({
    channel: 'refusal',
    error: 'subscribe: Currency pair not supported X/Y',
  });
});

describe('the Kraken connector over a socket', () => {
  let lab: VenueLab<KrakenServer>;
  beforeEach(async () => {
    lab = await VenueLab.kraken();
    await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'good'));
  });
  afterEach(() => lab.close());

  const agrees = (id: string) => {
    const listing = SPOTS.find((spot) => spot.id === id) as (typeof SPOTS)[number];
    return lab.seen(id, 25).join() === lab.true(listing, 25).join();
  };

  test('sees the truth, level by level, after a thousand changes', async () => {
    for (let step = 0; step < 1_000; step++) lab.truth.step(1);
    await lab.until(() => SPOTS.every(({ id }) => agrees(id)));
    expect(lab.feed.health()).toMatchObject({ gaps: 0, framesDropped: 0, isConnected: true });
    const sequences = lab.history.filter(({ instrument }) => instrument === 'BTC-USD').map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  });

  test('knows the steps of its instruments, and that one is halted', async () => {
    expect(lab.instruments.get('BTC-USD' as never)).toMatchObject({
      status: 'open',
      qtyMin: 5_000n,
      priceTick: 10_000_000n,
    });
    lab.truth.setStatus(BTC, 'halt');
    await lab.until(() => lab.instruments.get('BTC-USD' as never)?.status === 'halted');
  });

  test.each(['checksum', 'drop', 'reorder', 'price'] as const)(
    'after a %s fault the book is gapped, then good again',
    async (fault) => {
      lab.venue.faults.add(fault, 1);
      lab.history.length = 0;
      await lab.until(() => lab.history.some(({ quality }) => quality === 'gapped'), lab.step);
      await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'good' && agrees(id)));
      expect(lab.feed.health().gaps).toBeGreaterThan(0);
    },
  );

  test('a malformed frame is counted, and the loss it hides is found by the checksum', async () => {
    lab.venue.faults.add('malformed', 1);
    lab.truth.step(1);
    await lab.until(() => lab.feed.health().framesDropped === 1, lab.step);
    await lab.until(() => SPOTS.every(({ id }) => agrees(id)), lab.step);
  });

  test('a frame that comes twice changes nothing', async () => {
    lab.venue.faults.add('duplicate', 30);
    for (let step = 0; step < 20; step++) lab.truth.step(1);
    await lab.until(() => SPOTS.every(({ id }) => agrees(id)));
    expect(lab.feed.health().gaps).toBe(0);
  });

  test('a snapshot that was asked for and lost is asked for again', async () => {
    lab.venue.faults.add('checksum', 1);
    lab.truth.setPrice(BTC, 91_500);
    lab.venue.faults.add('drop', 1);
    await lab.until(() => lab.quality('BTC-USD') === 'gapped');
    await lab.until(() => lab.quality('BTC-USD') === 'good' && agrees('BTC-USD'));
  });

  test('a book that never checks out is asked for at a measured pace', async () => {
    // Every frame from now on, snapshots included, however many there are time for.
    lab.venue.faults.add('checksum', Number.POSITIVE_INFINITY);
    await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'gapped'), lab.step);
    const until = performance.now() + 2_500;
    await lab.until(() => performance.now() > until, lab.step);
    expect(lab.feed.health().gaps).toBeLessThan(SPOTS.length * 6);
    expect(lab.quality('BTC-USD')).toBe('gapped');
  });

  test('a quiet book is confirmed for as long as heartbeats come', async () => {
    const before = lab.books.get('BTC-USD' as never);
    await lab.until(() => (lab.books.get('BTC-USD' as never)?.receivedAt ?? 0) > (before?.receivedAt ?? 0) + 1_500);
    const after = lab.books.get('BTC-USD' as never);
    expect(after).toMatchObject({ quality: 'good', venueProof: before?.venueProof, venueAt: before?.venueAt });
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);
  });

  test('a venue that falls silent is left, its books stale, until it speaks again', async () => {
    lab.venue.faults.isSilent = true;
    await lab.until(() => lab.quality('BTC-USD') === 'stale');
    lab.venue.faults.isSilent = false;
    await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'good'));
    expect(lab.feed.health().reconnects).toBeGreaterThan(0);
  });

  test('maintenance of the venue halts everything, and its end opens it again', async () => {
    lab.venue.setSystem('maintenance');
    await lab.until(() => [...lab.instruments.values()].every(({ status }) => status === 'halted'));
    lab.venue.setSystem('online');
    await lab.until(() => [...lab.instruments.values()].every(({ status }) => status === 'open'));
  });

  test('a crossed book is told as crossed', async () => {
    lab.truth.cross(BTC);
    await lab.until(() => lab.quality('BTC-USD') === 'crossed');
  });

  test('a lost connection makes the books stale until they are back', async () => {
    lab.venue.disconnect();
    await lab.until(() => lab.history.some(({ quality }) => quality === 'stale'));
    await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'good'));
    expect(lab.feed.health().reconnects).toBe(1);
  });
});
