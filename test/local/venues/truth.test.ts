import fc from 'fast-check';
import { candlesOf } from '../../../local/candles/read-candles';
import { pathOf } from '../../../local/simulators/truth/candle-path';
import { OUTCOMES, SPOTS } from '../../../local/simulators/truth/listing';
import { SeededRandom } from '../../../local/simulators/truth/random';
import { decimalText, Truth } from '../../../local/simulators/truth/truth';
import { TruthBook } from '../../../local/simulators/truth/truth-book';

const [BTC, ETH] = SPOTS as readonly (typeof SPOTS)[number][] as [(typeof SPOTS)[number], (typeof SPOTS)[number]];

/** Everything that a truth tells in some steps, as one text. */
function story(seed: number, steps: number): string {
  const truth = new Truth({ seed });
  const lines: string[] = [];
  truth.listen({
    changed: ({ id }, changes) => lines.push(`${id} ${JSON.stringify(changes)}`),
    traded: ({ listing, id, taker, tick, size }) => lines.push(`${listing.id} ${id} ${taker} ${tick} ${size}`),
  });
  for (let step = 0; step < steps; step++) truth.step(1);
  return lines.join('\n');
}

test('one seed tells one story, another seed another', () => {
  expect(story(1, 50)).toBe(story(1, 50));
  expect(story(2, 50)).not.toBe(story(1, 50));
});

test('what it tells is what became different: the changes make the books', () => {
  const truth = new Truth({ seed: 3 });
  const sides = ['bid', 'ask'] as const;
  const key = (id: string, side: string, tick: number) => `${id} ${side} ${tick}`;
  const followed = new Map(
    truth.listings.flatMap(({ id }) =>
      sides.flatMap((side) => truth.levels(id, side).map(({ tick, size }) => [key(id, side, tick), size] as const)),
    ),
  );
  truth.listen({
    changed: ({ id }, changes) => {
      for (const { side, tick, size } of changes) {
        if (size === 0) followed.delete(key(id, side, tick));
        else followed.set(key(id, side, tick), size);
      }
    },
  });
  for (let step = 0; step < 300; step++) truth.step(1);
  const levels = truth.listings.flatMap(({ id }) =>
    sides.flatMap((side) => truth.levels(id, side).map(({ tick, size }) => [key(id, side, tick), size] as const)),
  );
  expect(new Map(levels)).toEqual(followed);
});

test('books are never crossed, never thin, and outcomes stay between 0 and 1', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SPOTS, ...OUTCOMES), fc.integer({ min: 1, max: 2_000_000 }), (listing, bidTick) => {
      const book = new TruthBook(listing, new SeededRandom(bidTick));
      book.moveTo(bidTick);
      const [bids, asks] = [book.levels('bid'), book.levels('ask')];
      expect((bids[0]?.tick ?? 0) < (asks[0]?.tick ?? 0)).toBe(true);
      expect([...bids, ...asks].every(({ tick, size }) => tick > 0 && size > 0)).toBe(true);
      if (listing.kind === 'outcome') expect((asks.at(-1)?.tick ?? 100) < 100).toBe(true);
    }),
  );
  const truth = new Truth({ seed: 9 });
  for (const spot of SPOTS) expect(truth.levels(spot.id, 'ask').length).toBeGreaterThanOrEqual(25);
  const btc =
    truth
      .levels(BTC.id, 'ask')
      .slice(0, 10)
      .reduce((sum, { size }) => sum + size, 0) / 1e8;
  expect(btc).toBeGreaterThan(3);
});

test('a trade takes what it says from the best levels on, before it is told', () => {
  const truth = new Truth({ seed: 12 });
  const levelOf = (id: string, side: 'bid' | 'ask', tick: number) =>
    truth.levels(id, side).find((level) => level.tick === tick)?.size ?? 0;
  const told: string[] = [];
  let agrees = true;
  const shadow = new Map<string, number>();
  const key = (id: string, side: string, tick: number) => `${id} ${side} ${tick}`;
  for (const { id } of truth.listings)
    for (const side of ['bid', 'ask'] as const)
      for (const { tick, size } of truth.levels(id, side)) shadow.set(key(id, side, tick), size);
  truth.listen({
    traded: ({ listing, taker, tick, size }) => {
      const side = taker === 'bid' ? 'ask' : 'bid';
      const before = shadow.get(key(listing.id, side, tick)) ?? 0;
      agrees &&= size > 0 && levelOf(listing.id, side, tick) === before - size;
      told.push(listing.id);
      shadow.set(key(listing.id, side, tick), before - size);
    },
    changed: ({ id }, changes) => {
      for (const { side, tick, size } of changes) shadow.set(key(id, side, tick), size);
    },
  });
  for (let step = 0; step < 400; step++) truth.step(0.25);
  expect(agrees).toBe(true);
  const rate = told.filter((id) => id === BTC.id).length / 100;
  expect(rate).toBeGreaterThan(1.4);
  expect(rate).toBeLessThan(3.2);
});

test('a frozen market prints nothing by itself, and its best levels are quoted again when trades eat them', () => {
  const truth = new Truth({ seed: 13 });
  truth.setVolatility(truth.listings, 0);
  truth.setPrice(BTC, 60_000);
  const trades: number[] = [];
  truth.listen({ traded: ({ size }) => void trades.push(size) });
  for (let step = 0; step < 50; step++) truth.step(1);
  expect(trades).toEqual([]);
  const size = truth.levels(BTC.id, 'ask')[0]?.size ?? 0;
  truth.print(BTC, 'bid', { tick: 600_001, size: size - 1 });
  expect(truth.levels(BTC.id, 'ask')[0]).toEqual({ tick: 600_001, size: 1 });
  truth.step(0.25);
  expect(truth.levels(BTC.id, 'ask')[0]?.size).toBeGreaterThan(0.2 * 10 ** 8);
});

test('a set price is the touch at once, and a frozen market stays there while its depth lives', () => {
  const truth = new Truth({ seed: 4 });
  truth.setVolatility(truth.listings, 0);
  truth.setPrice(BTC, 60_000);
  let changes = 0;
  truth.listen({
    changed: ({ id }, told) => {
      if (id === BTC.id) changes += told.length;
    },
  });
  for (let step = 0; step < 100; step++) truth.step(1);
  const [bid, ask] = [truth.levels(BTC.id, 'bid')[0], truth.levels(BTC.id, 'ask')[0]];
  expect([bid?.tick, ask?.tick].map((tick) => decimalText(tick ?? 0, 1))).toEqual(['60000.0', '60000.1']);
  expect(changes).toBeGreaterThan(50);
});

describe('a replay', () => {
  const pathThrough = (lines: string) => pathOf(candlesOf(`timestamp,open,high,low,close,volume\n${lines}\n`));

  test('goes from open over the extremes to close, a minute in sixty steps', () => {
    const path = pathThrough('2022-01-01 00:00:00,100,112,97,110,1\n2022-01-01 00:01:00,110,111,90,95,1');
    const prices = Array.from({ length: 120 }, (_, second) => path.priceAt(second) ?? Number.NaN);
    expect([prices[0], prices[59], prices[60], prices[119]]).toEqual([100, 110, 110, 95]);
    expect([Math.max(...prices.slice(0, 60)), Math.min(...prices.slice(60))]).toEqual([
      expect.closeTo(112, 0),
      expect.closeTo(90, 0),
    ]);
    expect(path.priceAt(120)).toBeUndefined();
  });

  test('stands still where minutes are missing', () => {
    const path = pathThrough(
      '2022-01-01 00:00,100,112,97,110,1\n2022-01-01 00:01,1,1,1,1,1\n2022-01-01 00:04,120,120,120,120,1',
    );
    expect([60, 119, 120, 200, 239, 240].map(path.priceAt)).toEqual([1, 1, 1, 1, 1, 120]);
  });

  test('moves the first spot along the path at the given speed, the others with it', () => {
    const replay = pathThrough('2022-01-01 00:00,40000,44000,40000,44000,1');
    const truth = new Truth({ seed: 5, speed: 20, replay });
    const ethBefore = truth.mid(ETH.id);
    expect(truth.mid(BTC.id)).toBe(40_000);
    for (let step = 0; step < 11; step++) truth.step(0.25);
    expect(truth.mid(BTC.id)).toBeCloseTo(replay.priceAt(55) as number, 6);
    expect(truth.mid(ETH.id) / ethBefore).toBeGreaterThan(1.03);
  });
});
