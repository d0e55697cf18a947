import fc from 'fast-check';
import { Lens, type Quote } from '../../../local/simulators/lens/lens';
import { projected, projectedTick } from '../../../local/simulators/lens/projection';
import {
  OUTCOMES,
  type OutcomeListing,
  SPOTS,
  type SpotListing,
  TETHER,
} from '../../../local/simulators/truth/listing';
import { type TrueTrade, Truth } from '../../../local/simulators/truth/truth';
import type { Change, Side } from '../../../local/simulators/truth/truth-book';

const [BTC, ETH] = SPOTS as readonly [SpotListing, SpotListing];
const RAIN = OUTCOMES[2] as OutcomeListing;
const SIDES = ['bid', 'ask'] as const;

let truth: Truth;
let now: number;
let lens: Lens;
beforeEach(() => {
  now = 0;
  truth = new Truth({ seed: 21 });
  lens = new Lens(truth, 'USD', () => now);
});
afterEach(() => lens.stop());

const touch = (id = BTC.id, at: Pick<Lens, 'levels'> = lens) =>
  SIDES.map((side) => at.levels(id, side)[0]?.tick ?? Number.NaN) as [number, number];

/** A book that is made of what a lens tells alone. */
function follow(followed: Lens, id: string) {
  const sizes = new Map<string, number>();
  const key = (side: Side, tick: number) => `${side} ${tick}`;
  const whole = () =>
    new Map(
      SIDES.flatMap((side) => followed.levels(id, side).map(({ tick, size }) => [key(side, tick), size] as const)),
    );
  for (const [level, size] of whole()) sizes.set(level, size);
  const trades: { readonly trade: TrueTrade; readonly before: number }[] = [];
  followed.listen({
    changed: (listing, changes: readonly Change[]) => {
      if (listing.id !== id) return;
      for (const { side, tick, size } of changes) {
        if (size === 0) sizes.delete(key(side, tick));
        else sizes.set(key(side, tick), size);
      }
    },
    traded: (trade) => {
      if (trade.listing.id !== id) return;
      trades.push({ trade, before: sizes.get(key(trade.taker === 'bid' ? 'ask' : 'bid', trade.tick)) ?? 0 });
    },
  });
  return { isWhole: () => expect(new Map([...sizes].sort())).toEqual(new Map([...whole()].sort())), trades };
}

/** Does these one after the other. */
const all =
  (...steps: readonly (() => void)[]) =>
  (): void => {
    for (const step of steps) step();
  };
const wait = (ms: number) => (): void => {
  now += ms;
};
const crash = (percent: number, ms: number) => (): void => lens.crash([BTC], percent, ms);
const drift = (percent: number, ms: number) => (): void => lens.drift([BTC], percent, ms);
const shift = (places: number) => (): void => lens.shift([BTC], places);

/** Goal: what one venue says while something is wrong with it, as a share of what is true; no other says so. */
test.each`
  what                                         | begin                                                | shown
  ${'a crash by 40 %'}                         | ${crash(-40, 10_000)}                                | ${0.6}
  ${'a crash that is over'}                    | ${all(crash(-40, 10_000), wait(10_001))}             | ${1}
  ${'a crash that is taken back'}              | ${all(crash(-40, 9), crash(-1, 0))}                  | ${1}
  ${'a drift of 20 % in a minute, half-way'}   | ${all(drift(20, 60_000), wait(30_000))}              | ${1.1}
  ${'a drift of 20 % in a minute, an hour on'} | ${all(drift(20, 60_000), wait(3_600_000))}           | ${1.2}
  ${'the decimal point to the right'}          | ${shift(1)}                                          | ${10}
  ${'the decimal point to the left'}           | ${shift(-1)}                                         | ${0.1}
  ${'a crash of a shifted price'}              | ${all(shift(1), crash(-50, 9))}                      | ${5}
  ${'everything taken back'}                   | ${all(crash(-40, 99), shift(1), () => lens.clear())} | ${1}
`('$what: $shown of the price', ({ begin, shown }) => {
  const other = new Lens(truth);
  const followed = follow(lens, BTC.id);
  begin();
  for (let step = 0; step < 50; step++) truth.step(1);
  const [bid, ask] = touch();
  expect(bid / (truth.levels(BTC.id, 'bid')[0]?.tick ?? 0)).toBeCloseTo(shown, 4);
  expect(bid).toBeLessThan(ask);
  followed.isWhole();
  expect(followed.trades.length).toBeGreaterThan(20);
  for (const { trade, before } of followed.trades) expect(trade.size).toBeLessThanOrEqual(before);
  expect(touch(BTC.id, other)).toEqual(touch(BTC.id, truth));
  expect(touch(ETH.id)).toEqual(touch(ETH.id, truth));
});

test('a frozen market stands still at one venue, and is told how far it has gone when it thaws', () => {
  const followed = follow(lens, BTC.id);
  lens.freeze([BTC], true);
  const before = [...lens.levels(BTC.id, 'bid')];
  truth.setPrice(BTC, 70_000);
  for (let step = 0; step < 20; step++) truth.step(1);
  expect(lens.levels(BTC.id, 'bid')).toEqual(before);
  expect([followed.trades, lens.words(BTC.id)]).toEqual([[], ['frozen']]);
  lens.freeze([BTC], false);
  expect(touch()).toEqual(touch(BTC.id, truth));
  followed.isWhole();
  expect(lens.words(BTC.id)).toEqual([]);
});

test('a pause is one venue’s own, and is told once', () => {
  const told: string[] = [];
  lens.listen({ statusChanged: ({ id }, status) => void told.push(`${id} ${status}`) });
  lens.pause([RAIN], true);
  lens.pause([RAIN], true);
  expect([lens.status(RAIN.id), truth.status(RAIN.id)]).toEqual(['halted', 'open']);
  lens.pause([RAIN], false);
  truth.setStatus(RAIN, 'close');
  lens.pause([RAIN], true);
  expect(told).toEqual([`${RAIN.id} halted`, `${RAIN.id} open`, `${RAIN.id} closed`]);
});

describe('a venue that quotes in tethers', () => {
  const tethers = (quote: Quote = 'USDT') => new Lens(truth, quote);

  /** Goal: bitcoin in tethers is bitcoin in dollars by what a tether is worth. */
  test.each`
    tether     | btc
    ${1}       | ${60_000}
    ${0.92}    | ${65_217.3}
    ${0.5}     | ${120_000}
    ${1.00005} | ${59_997}
  `('at $tether dollars a bitcoin costs $btc', ({ tether, btc }) => {
    truth.setVolatility(truth.listings, 0);
    truth.setPrice(BTC, 60_000);
    const binance = tethers();
    const followed = follow(binance, BTC.id);
    truth.setPrice(TETHER, tether);
    expect((touch(BTC.id, binance)[0] ?? 0) / 10).toBeCloseTo(btc, 0);
    expect(touch(BTC.id, lens)).toEqual([600_000, 600_001]);
    expect(touch(TETHER.id, binance)).toEqual(touch(TETHER.id, truth));
    followed.isWhole();
    const late = tethers();
    const later = follow(late, BTC.id);
    for (let step = 0; step < 5; step++) truth.step(1);
    later.isWhole();
    expect(touch(BTC.id, late)).toEqual(touch(BTC.id, binance));
  });

  test('whatever the tether does, what is told makes the book', () => {
    const binance = tethers();
    const followed = follow(binance, ETH.id);
    for (let step = 0; step < 100; step++) {
      truth.setPrice(TETHER, 1 + Math.sin(step) / 50);
      truth.step(1);
      followed.isWhole();
    }
  });
});

test('whatever the factor, a book is never crossed, and its sizes are all there', () => {
  const side = (listing: SpotListing | OutcomeListing, name: Side, factor: number) =>
    projected(listing, name, truth.levels(listing.id, name), factor);
  fc.assert(
    fc.property(fc.constantFrom(BTC, RAIN), fc.double({ min: 0.001, max: 20, noNaN: true }), (listing, factor) => {
      const [bids, asks] = [side(listing, 'bid', factor), side(listing, 'ask', factor)];
      expect((bids[0]?.tick ?? 0) < (asks[0]?.tick ?? 0)).toBe(true);
      expect(bids.every(({ tick }, at) => tick >= 1 && tick < (bids[at - 1]?.tick ?? Number.MAX_VALUE))).toBe(true);
      expect(asks.every(({ tick }, at) => tick > (asks[at - 1]?.tick ?? 0))).toBe(true);
      if (listing.kind === 'outcome') expect((asks.at(-1)?.tick ?? 100) < 100).toBe(true);
      const sum = (levels: readonly { readonly size: number }[]) => levels.reduce((all, { size }) => all + size, 0);
      expect(sum(bids)).toBe(sum(truth.levels(listing.id, 'bid')));
    }),
  );
  expect(projectedTick(BTC, 'bid', 600_000, 0.6)).toBe(360_000);
});
