import fc from 'fast-check';
import { instant } from '../../../domain/kernel/instant';
import { type Price, price, qty } from '../../../domain/kernel/money';
import type { Venue } from '../../../domain/market/instrument';
import { compositeOf, markOf, sourceOf } from '../../../domain/market/mark';
import type { Composite, MarkSource, Quote, SourceState } from '../../../domain/market/quote';
import { BTC, NOW } from '../../fixtures/domain-story';
import { listedAt, sourceAt } from '../../fixtures/mark-story';

type Top = { readonly bid: Price; readonly ask: Price };

const SIZE = qty(10n ** 9n);
const OTHERS: readonly Venue[] = ['binance', 'coinbase'];
const shows = (venue: Venue, { bid, ask }: Top, state?: SourceState): MarkSource =>
  sourceAt(venue, { price: bid, qty: SIZE }, { price: ask, qty: SIZE }, state);

/** Any bid below any ask: from a hundred-millionth to a hundred million dollars. */
const anyTop: fc.Arbitrary<Top> = fc
  .tuple(fc.bigInt(1n, 10n ** 16n), fc.bigInt(1n, 10n ** 16n))
  .map(([one, other]) => ({ bid: price(one < other ? one : other), ask: price((one < other ? other : one) + 1n) }));

/** A price of an honest venue: within `permille` of 100 dollars, a spread of at most a thousandth. */
const honestTop = (permille: bigint): fc.Arbitrary<Top> =>
  fc
    .tuple(fc.bigInt(-permille * 10n ** 7n, permille * 10n ** 7n), fc.bigInt(1n, 10n ** 7n))
    .map(([off, spread]) => ({ bid: price(10n ** 10n + off), ask: price(10n ** 10n + off + spread) }));

/** Anything, and mostly something near the truth: a lie far from it is thrown out too easily. */
const lie: fc.Arbitrary<Top> = fc.oneof(
  anyTop,
  fc.tuple(fc.bigInt(9_700n, 10_300n), fc.bigInt(9_700n, 10_300n)).map(([one, other]) => ({
    bid: price((one < other ? one : other) * 10n ** 6n),
    ask: price((one < other ? other : one) * 10n ** 6n + 1n),
  })),
  fc
    .bigInt(1n, 9_999n)
    .map((off) => ({ bid: price((10_000n - off) * 10n ** 6n), ask: price((10_000n + off) * 10n ** 6n) })),
);

const least = (values: readonly bigint[]): bigint => values.reduce((a, b) => (a < b ? a : b));
const most = (values: readonly bigint[]): bigint => values.reduce((a, b) => (a > b ? a : b));

/** Whether both sides of the mark lie no further outside what these show than so many thousandths of a price. */
function isWithin({ bid, ask }: Composite, honest: readonly Top[], permille: bigint): boolean {
  if (!bid || !ask) return true;
  // The band is measured from the median, which may itself lie as far from the honest: 1 % of it is at most 1/99 here.
  const slack = (most(honest.map((one) => one.ask)) * permille) / 990n + 1n;
  const lies = (side: 'bid' | 'ask', at: bigint) => {
    const prices = honest.map((one) => one[side]);
    return at >= least(prices) - slack && at <= most(prices) + slack;
  };
  return lies('bid', bid.price) && lies('ask', ask.price);
}

const RUNS = { seed: 51, numRuns: 2_000 };

/** Goal: whatever one venue says, nobody's account is valued beyond what the others show and the band around it. */
test('one venue, however wrong, moves a confirmed mark by no more than the band', () => {
  let confirmed = 0;
  fc.assert(
    fc.property(fc.array(honestTop(15n), { minLength: 1, maxLength: 2 }), lie, (honest, wrong) => {
      const sources = [...honest.map((top, nth) => shows(OTHERS[nth] as Venue, top)), shows('kraken', wrong)];
      const made = compositeOf(sources);
      if (made.bid) confirmed++;
      expect(isWithin(made, honest, 10n)).toBe(true);
    }),
    RUNS,
  );
  expect(confirmed).toBeGreaterThan(500);
});

test('two venues that agree are followed, whatever the third says and whatever its state', () => {
  const state = fc.constantFrom<SourceState>('good', 'disagrees', 'gapped', 'stale', 'silent', 'thin');
  fc.assert(
    fc.property(honestTop(4n), honestTop(4n), lie, state, (one, other, wrong, as) => {
      const made = compositeOf([shows('binance', one), shows('coinbase', other), shows('kraken', wrong, as)]);
      expect(made.bid).not.toBeNull();
      expect(isWithin(made, [one, other], 0n)).toBe(true);
    }),
    RUNS,
  );
});

test('in which order the venues are given does not matter, and what a composite tells makes it again', () => {
  const any = fc.tuple(lie, lie, lie);
  fc.assert(
    fc.property(any, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (tops, order) => {
      const sources = [...OTHERS, 'kraken' as const].map((venue, nth) => shows(venue, tops[nth] as Top));
      const made = compositeOf(sources);
      expect(compositeOf(order.map((nth) => sources[nth] as MarkSource))).toEqual(made);
      expect(compositeOf(made.sources)).toEqual(made);
    }),
    RUNS,
  );
});

const anyRate = fc
  .tuple(anyTop, anyTop)
  .map(([one, other]) => compositeOf([shows('coinbase', one), shows('kraken', other)]));
const peggedRate = fc
  .bigInt(1n, 10n ** 10n)
  .map((rate) => compositeOf([shows('coinbase', at(rate)), shows('kraken', at(rate))]));
const at = (rate: bigint): Top => ({ bid: price(rate), ask: price(rate + 1n) });

test('the bid of a mark lies below its ask, whatever it was made of and converted by', () => {
  fc.assert(
    fc.property(lie, lie, lie, fc.oneof(anyRate, peggedRate), (one, other, third, rate) => {
      const { bid, ask } = compositeOf([
        shows('coinbase', one),
        shows('kraken', other),
        { ...shows('binance', third), rate },
      ]);
      expect(bid === null).toBe(ask === null);
      if (bid && ask) expect(bid.price).toBeLessThan(ask.price);
    }),
    RUNS,
  );
});

test('a tether that is worth anything, or that nobody can tell, moves a price in dollars by no more than the band', () => {
  fc.assert(
    fc.property(
      fc.array(honestTop(4n), { minLength: 1, maxLength: 2 }),
      lie,
      fc.oneof(anyRate, peggedRate),
      (honest, inTethers, rate) => {
        const venues: readonly Venue[] = ['coinbase', 'kraken'];
        const sources = honest.map((top, nth) => shows(venues[nth] as Venue, top));
        const book = listedAt('binance', '', {
          bids: [{ price: inTethers.bid, qty: qty(10n ** 20n) }],
          asks: [{ price: inTethers.ask, qty: qty(10n ** 20n) }],
        });
        const made = compositeOf([...sources, sourceOf(book, NOW, rate)]);
        expect(made.bid !== null || honest.length === 1).toBe(true);
        expect(isWithin(made, honest, honest.length === 1 ? 10n : 0n)).toBe(true);
      },
    ),
    RUNS,
  );
});

test('marks that follow one another count up and never go back in time, whatever the clock does', () => {
  const step = fc.record({ ms: fc.integer({ min: -60_000, max: 60_000 }), tops: fc.tuple(lie, lie) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 20 }), (steps) => {
      let before: Quote | undefined;
      for (const { ms, tops } of steps) {
        const sources = tops.map((top, nth) => shows(OTHERS[nth] as Venue, top));
        const mark = markOf(BTC, sources, instant(NOW + ms), before);
        if (before) {
          expect(mark.sequence).toBeGreaterThan(before.sequence);
          expect(mark.receivedAt).toBeGreaterThanOrEqual(before.receivedAt);
        }
        expect(mark.confirmedSince === undefined).toBe(mark.bid === null);
        before = mark;
      }
    }),
    { ...RUNS, numRuns: 300 },
  );
});
