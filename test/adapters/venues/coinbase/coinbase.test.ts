import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CoinbaseBook } from '../../../../adapters/venues/coinbase/book';
import { Continuity, type Step } from '../../../../adapters/venues/coinbase/continuity';
import type { CoinbaseEvent } from '../../../../adapters/venues/coinbase/frames';
import { listingOf, readProducts } from '../../../../adapters/venues/coinbase/instruments';
import { readFrame } from '../../../../adapters/venues/coinbase/read-frame';
import { Sending } from '../../../../adapters/venues/sending';
import { instant } from '../../../../domain/kernel/instant';
import { formatPrice, formatQty } from '../../../../domain/kernel/money';
import type { CoinbaseServer } from '../../../../local/simulators/coinbase/server';
import { SPOTS, type SpotListing } from '../../../../local/simulators/truth/listing';
import { captured } from '../../../captures/captured';
import { textOf, VenueLab } from '../../../fixtures/venues/venue-lab';

const [BTC, ETH] = SPOTS as readonly [SpotListing, SpotListing];
const NOW = instant(1_795_428_000_000);

const read = (frame: unknown) => readFrame(typeof frame === 'string' ? frame : JSON.stringify(frame));
const words = (event: CoinbaseEvent): string => {
  switch (event.is) {
    case 'book':
      return `${event.type} of ${event.changes.length} levels of ${event.product}`;
    case 'trades':
      return `${event.type} of trades ${event.trades.map(({ count, taker }) => `${count} ${taker}`).join(', ')}`;
    case 'heartbeat':
      return `heartbeat ${event.count}`;
    case 'status':
      return `status ${event.products.map(({ product, status }) => `${product} ${status}`).join(', ')}`;
    case 'refusal':
      return `refused: ${event.error}`;
    case 'lost':
      return `lost ${event.products === 'all' ? 'all' : `[${event.products.join()}]`}`;
  }
};

/** Goal: every frame that was seen is read. */
test.each`
  name                     | number | events
  ${'ws_l2_data_snapshot'} | ${0}   | ${['snapshot of 6 levels of BTC-USD']}
  ${'ws_l2_data_update'}   | ${1}   | ${['update of 2 levels of BTC-USD']}
  ${'ws_market_trades'}    | ${5}   | ${['update of trades 995098700 buy, 995098701 sell']}
  ${'ws_heartbeats'}       | ${0}   | ${['heartbeat 42']}
  ${'ws_subscriptions'}    | ${0}   | ${[]}
  ${'ws_ticker'}           | ${12}  | ${[]}
`('$name: $events', ({ name, number, events }) => {
  const frame = read(captured(`coinbase/${name}`));
  expect(frame.events.map(words)).toEqual(events);
  expect(frame).toMatchObject({ number, isUnknown: false });
  expect(frame.venueMs).toBeGreaterThan(Date.parse('2026-04-07T00:00:00Z'));
});

/** Goal: the catalogue's own words become steps and reasons; whatever else was seen is read as it is. */
test.each`
  name                      | listings
  ${'http_products'}        | ${['BTC-USD 0.01/0.00000001 open', 'BTC-USDC 0.01/0.00000001 the venue tells its prices as those of BTC-USD']}
  ${'http_products_future'} | ${['BIP-20DEC30-CDE 5/1 its status is ']}
`('$name lists $listings', ({ name, listings }) => {
  const said = readProducts(captured(`coinbase/${name}`)).map((product) => {
    const { symbol, instrument, halted } = listingOf(product);
    const steps = instrument && [formatPrice(instrument.priceTick), formatQty(instrument.qtyStep)].join('/');
    return `${symbol} ${steps} ${halted ?? 'open'}`;
  });
  expect(said.slice(0, listings.length)).toEqual(listings);
});

test('one product, and the book of one, are read as the lists are', () => {
  const [product] = readProducts({ products: [captured('coinbase/http_product')] });
  expect(product).toMatchObject({ product_id: 'BTC-USD', status: 'online', cancel_only: false });
  expect(readdirSync(join(__dirname, '../../../captures/coinbase'))).toHaveLength(10);
});

test.each`
  flags                                      | halted
  ${{}}                                      | ${undefined}
  ${{ status: 'offline' }}                   | ${'its status is offline'}
  ${{ trading_disabled: true }}              | ${'its trading is disabled'}
  ${{ cancel_only: true }}                   | ${'orders can only be cancelled'}
  ${{ limit_only: true }}                    | ${'only limit orders are taken'}
  ${{ post_only: true }}                     | ${'only orders that rest are taken'}
  ${{ auction_mode: true, post_only: true }} | ${'only orders that rest are taken'}
  ${{ alias: 'BTC-USD' }}                    | ${'the venue tells its prices as those of BTC-USD'}
`('a product with $flags: $halted', ({ flags, halted }) => {
  const [product] = readProducts({ products: [{ ...(captured('coinbase/http_product') as object), ...flags }] });
  expect(product && listingOf(product).halted).toBe(halted);
});

const level = (given: object = {}) => ({ side: 'bid', price_level: '91000.00', new_quantity: '0.4', ...given });
const l2 = (updates: unknown, more: object = {}) => ({
  channel: 'l2_data',
  sequence_num: 7,
  timestamp: '2026-11-23T10:00:00.1Z',
  events: [{ type: 'update', product_id: 'BTC-USD', updates, ...more }],
});

/** Goal: whose book a frame may have changed that cannot be read: as few as it says. */
test.each`
  story                     | frame                                                                                                 | events
  ${'a level'}              | ${l2([level()])}                                                                                      | ${['update of 1 levels of BTC-USD']}
  ${'a field nobody knows'} | ${l2([level({ flavour: 'mint' })])}                                                                   | ${['update of 1 levels of BTC-USD']}
  ${'a level that goes'}    | ${l2([level({ new_quantity: '0.00000000' })])}                                                        | ${['update of 1 levels of BTC-USD']}
  ${'a price of zero'}      | ${l2([level({ price_level: '0' })])}                                                                  | ${['lost [BTC-USD]']}
  ${'a negative quantity'}  | ${l2([level({ new_quantity: '-1' })])}                                                                | ${['lost [BTC-USD]']}
  ${'a number for text'}    | ${l2([level({ price_level: 91000 })])}                                                                | ${['lost [BTC-USD]']}
  ${'a side that is none'}  | ${l2([level({ side: 'sell' })])}                                                                      | ${['lost [BTC-USD]']}
  ${'a level that is none'} | ${l2([null])}                                                                                         | ${['lost [BTC-USD]']}
  ${'levels that are none'} | ${l2('many')}                                                                                         | ${['lost [BTC-USD]']}
  ${'no product'}           | ${l2([level()], { product_id: undefined })}                                                           | ${['lost all']}
  ${'no type'}              | ${l2([level()], { type: 'patch' })}                                                                   | ${['lost [BTC-USD]']}
  ${'no number'}            | ${{ ...l2([level()]), sequence_num: 'x' }}                                                            | ${['lost all', 'update of 1 levels of BTC-USD']}
  ${'no events'}            | ${{ ...l2([]), events: 3 }}                                                                           | ${['lost all']}
  ${'half a frame'}         | ${'{"channel":"l2_data","sequ'}                                                                       | ${['lost all']}
  ${'a list'}               | ${'[]'}                                                                                               | ${['lost all']}
  ${'a trade that is none'} | ${{ ...l2([]), channel: 'market_trades', events: [{ type: 'update', trades: [{ trade_id: 'x' }] }] }} | ${['update of trades ', 'lost []']}
  ${'a refusal'}            | ${{ type: 'error', message: 'no such channel' }}                                                      | ${['refused: no such channel']}
  ${'a prototype'}          | ${{ ...l2([]), channel: '__proto__' }}                                                                | ${[]}
`('$story: $events', ({ frame, events }) => {
  expect(read(frame).events.map(words)).toEqual(events);
});

test('a channel that nobody knows is unknown; those that say nothing to us are not', () => {
  const channels = ['l2_data', 'ticker_batch', 'candles', 'subscriptions', 'level3', '__proto__'];
  const unknown = channels.filter((channel) => read({ ...l2([level()]), channel }).isUnknown);
  expect(unknown).toEqual(['level3', '__proto__']);
});

test('whatever comes over the wire, reading it never throws', () => {
  const frame = fc.jsonValue().map((v) => JSON.stringify({ channel: 'l2_data', sequence_num: 1, events: v }));
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), frame), (text) => void readFrame(text)));
});

/** `5` a frame, `?` one whose number cannot be read, `h7` a heartbeat; the answer is what was not next, in its order. */
test.each`
  story                                      | frames                 | steps
  ${'one after the other'}                   | ${'0 1 2 3'}           | ${''}
  ${'a count that begins anywhere'}          | ${'40 41'}             | ${''}
  ${'one that is missing'}                   | ${'0 1 3 4'}           | ${'3 gap'}
  ${'many that are missing, once'}           | ${'0 1 90 91'}         | ${'90 gap'}
  ${'one that comes twice'}                  | ${'0 1 1 2'}           | ${'1 again'}
  ${'two in the wrong order'}                | ${'0 2 1 3'}           | ${'2 gap, 1 again'}
  ${'one that cannot be read'}               | ${'0 1 ? 3'}           | ${''}
  ${'one that was not of the count'}         | ${'0 1 ? 2 3'}         | ${''}
  ${'one that cannot be read, and one gone'} | ${'0 1 ? 4'}           | ${'4 gap'}
  ${'a count that begins anew'}              | ${'50 51 0 1 2 3 4 5'} | ${'0 again, 1 again, 2 again, 3 again, 4 again, 5 lost'}
  ${'heartbeats'}                            | ${'0 h7 1 h8 2 h9'}    | ${''}
  ${'a heartbeat that is missing'}           | ${'0 h7 1 h9'}         | ${'h9 gap'}
  ${'one that a gap took along'}             | ${'0 h7 2 h9 3 h10'}   | ${'2 gap'}
  ${'a heartbeat without a count'}           | ${'0 h7 1 h 2 h9'}     | ${''}
`('frames with $story: $steps', ({ frames, steps }) => {
  const continuity = new Continuity(NOW);
  const seen = (frames as string).split(' ').map((word): readonly [string, Step] => {
    if (word === '?') continuity.skip();
    if (word === '?') return [word, 'next'];
    const count = word.length > 1 ? Number(word.slice(1)) : undefined;
    return [word, word.startsWith('h') ? continuity.heartbeat(count, NOW) : continuity.frame(Number(word))];
  });
  expect(
    seen
      .filter(([, step]) => step !== 'next')
      .map((pair) => pair.join(' '))
      .join(', '),
  ).toBe(steps);
});

test('a book is the same whatever the order of its levels, and holds what no change has touched', () => {
  const changes = fc.array(
    fc.record({ isBid: fc.boolean(), price: fc.bigInt(1n, 60n), qty: fc.bigInt(0n, 3n) }) as fc.Arbitrary<never>,
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(changes, changes, (first: readonly { isBid: boolean; price: bigint; qty: bigint }[], then) => {
      const [whole, step] = [new CoinbaseBook(), new CoinbaseBook()];
      const model = new Map<string, bigint>();
      for (const { isBid, price, qty } of [...first, ...(then as typeof first)]) {
        if (qty > 0n) model.set(`${isBid} ${price}`, qty);
        else model.delete(`${isBid} ${price}`);
      }
      step.apply('snapshot', { number: 1, changes: first as never });
      expect(step.apply('update', { number: 2, changes: then })).toBe('2');
      const left = [...model].map(([key, qty]) => {
        const [side, price] = key.split(' ');
        return { isBid: side === 'true', price: BigInt(price ?? 0), qty };
      });
      whole.apply('snapshot', { number: 1, changes: left.reverse() as never });
      expect(textOf(step.levels(), 25)).toEqual(textOf(whole.levels(), 25));
      const { bids, asks } = step.levels();
      expect([...bids].sort((a, b) => Number(b.price - a.price))).toEqual(bids);
      expect([...asks].sort((a, b) => Number(a.price - b.price))).toEqual(asks);
    }),
    { seed: 20_261_130 },
  );
});

test('no more is sent in a second than the venue takes, and what is over is sent later', async () => {
  const sent: number[] = [];
  await new Promise<void>((resolve) => {
    const sending = new Sending(4, () => {
      sent.push(performance.now());
      if (sent.length === 6) resolve();
    });
    for (let at = 0; at < 6; at++) sending.say({ at });
  });
  const [first = 0, , , , fifth = 0] = sent;
  expect(sent.filter((at) => at - first < 990)).toHaveLength(4);
  expect(fifth - first).toBeLessThan(3_000);
});

describe('the Coinbase connector over a socket', () => {
  let lab: VenueLab<CoinbaseServer>;
  const open = async (options?: Parameters<typeof VenueLab.coinbase>[0]) => {
    lab = await VenueLab.coinbase(options);
    await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'good'));
  };
  afterEach(() => lab.close());

  const agrees = (id: string) => {
    const listing = SPOTS.find((spot) => spot.id === id) as SpotListing;
    return lab.seen(id, 25).join() === lab.true(listing, 25).join();
  };

  test('sees the truth, level by level, after a thousand changes, and each trade once', async () => {
    await open();
    for (let step = 0; step < 300; step++) lab.truth.step(1);
    const trades = lab.trueTrades.filter(({ listing }) => listing.kind === 'spot');
    await lab.until(() => SPOTS.every(({ id }) => agrees(id)) && lab.trades.length >= trades.length);
    expect(lab.trades).toHaveLength(trades.length);
    expect(lab.feed.health()).toMatchObject({ gaps: 0, framesDropped: 0, framesUnknown: 0, tradeGaps: 0 });
    expect([lab.troubles, lab.alarms]).toEqual([[], []]);
  });

  test('knows the steps, and what stops a product', async () => {
    await open();
    await lab.until(() => lab.status(BTC.id) === 'open');
    expect(lab.instruments.get(BTC.id as never)).toMatchObject({
      venue: 'coinbase',
      qtyMin: 5_000n,
      priceTick: 10_000_000n,
    });
    lab.venue.setFlag(BTC, 'cancel_only', true);
    await lab.until(() => lab.status(BTC.id) === 'halted');
    expect(lab.troubles).toEqual(['coinbase: BTC-USD is halted: orders can only be cancelled']);
    expect(lab.status(ETH.id)).toBe('open');
    lab.venue.setFlag(BTC, 'cancel_only', false);
    await lab.until(() => lab.status(BTC.id) === 'open');
    lab.venue.setIncrement(BTC, '0.01');
    await lab.until(() => lab.instruments.get(BTC.id as never)?.priceTick === 1_000_000n);
    await lab.until(() => lab.life(BTC.id).join() === 'open,halted,open,halted,open');
    lab.venue.delist(BTC);
    await lab.until(() => lab.status(BTC.id) === 'closed');
  });

  test('a product that the feed has forgotten is asked for anew, and no other', async () => {
    await open({ tempo: { quietMs: 600 } });
    lab.history.length = 0;
    lab.venue.forget(BTC);
    await lab.until(
      () => lab.history.some(({ instrument, quality }) => instrument === BTC.id && quality === 'stale'),
      lab.step,
    );
    await lab.until(() => agrees(BTC.id) && lab.quality(BTC.id) === 'good', lab.step);
    expect(lab.history.filter(({ instrument, quality }) => instrument !== BTC.id && quality !== 'good')).toEqual([]);
  });

  test('a book without news is held as long as heartbeats come', async () => {
    await open();
    const before = lab.books.get(BTC.id as never)?.venueAt ?? 0;
    await lab.until(() => (lab.books.get(BTC.id as never)?.venueAt ?? 0) > before + 900);
    expect(lab.quality(BTC.id)).toBe('good');
  });

  test('a venue that takes no connection and no question is tried less and less, and followed once it does', async () => {
    lab = await VenueLab.coinbase();
    lab.venue.refusal = { status: 429, retryAfter: '1' };
    lab.venue.disconnect();
    await lab.until(() => lab.feed.health().reconnects > 2);
    expect(lab.feed.health().isConnected).toBe(false);
    lab.venue.refusal = undefined;
    await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'good' && lab.status(id) === 'open'));
  });

  test('where the venue names the maker’s side, the taker’s is the other', async () => {
    await open({ tradeSide: 'maker' });
    lab.truth.print(BTC, 'bid', { tick: lab.truth.levels(BTC.id, 'ask')[0]?.tick ?? 0, size: 1_000 });
    await lab.until(() => lab.trades.length > 0);
    expect(lab.trades[0]).toMatchObject({ instrument: BTC.id, taker: 'sell' });
    expect(lab.alarms).toEqual([]);
    for (let second = 0; second < 90; second++) lab.truth.step(1);
    await lab.until(() => lab.alarms.length > 0);
    expect(lab.alarms[0]).toBe("coinbase: its trades name another side than the maker's");
  });
});
