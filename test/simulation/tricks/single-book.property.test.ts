import fc from 'fast-check';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { rules } from '../../fixtures/stored-account';
import { COIN, heldThrough, SHARES, type ShownBook, type Victim } from './stub-bid';

/** For so long a limit has to be broken by the rules of a fresh installation; books come each half second. */
const TOUCH_MS = 1_000;
const RUNS = { numRuns: 150, seed: 10 };

/** A book of a kind of instrument: prices anywhere, depths from nothing to more than anybody holds, sides that lack. */
type Prices = { readonly least: number; readonly most: number; readonly digits: number; readonly deepest: number };
const OF_COIN: Prices = { least: 0.1, most: 600_000, digits: 1, deepest: 200 };
const OF_SHARES: Prices = { least: 0.01, most: 0.99, digits: 2, deepest: 200_000 };

const sideOf = ({ least, most, digits, deepest }: Prices): fc.Arbitrary<string> => {
  const price = fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);
  const depth = fc.oneof(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.constant(deepest));
  const level = fc.tuple(depth, price).map(([amount, each]) => `${amount.toFixed(2)}@${each.toFixed(digits)}`);
  return fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 6, arbitrary: level });
};

/** Beside a side that is as it was, or any other. */
const bookOf = (prices: Prices, calm: ShownBook): fc.Arbitrary<ShownBook> => {
  const [bids = '', asks = ''] = calm.split(' / ');
  const beside = (side: string) => fc.oneof(fc.constant(side), sideOf(prices));
  return fc.tuple(beside(bids), beside(asks)).map((sides) => sides.join(' / '));
};

const coin = fc
  .integer({ min: 1, max: 70 })
  .map((tenths): Victim => ({ ...withoutStop(COIN), buys: `${tenths / 10}` }));
const shares = fc
  .integer({ min: 1, max: 40 })
  .map((thousands): Victim => ({ ...SHARES, buys: `${thousands * 1_000}` }));
const holding = fc.oneof(
  coin.chain((victim) => fc.tuple(fc.constant(victim), bookOf(OF_COIN, victim.calm))),
  shares.chain((victim) => fc.tuple(fc.constant(victim), bookOf(OF_SHARES, victim.calm))),
);

function withoutStop({ stopPrice: _, ...victim }: Victim): Victim {
  return victim;
}

test('no single book ends an account, whatever it shows', async () => {
  await fc.assert(
    fc.asyncProperty(holding, async ([victim, book]) => {
      expect(await heldThrough(victim, [book], { touchMs: TOUCH_MS })).toMatch(/^active/);
    }),
    RUNS,
  );
});

/** So far from the price before that it is believed only once it has stood; what closes and what fails act at once. */
const farCoin = fc.constantFrom(0.01, 0.3, 0.7, 0.79, 1.21, 2, 10).map((times) => {
  const [bid, ask] = [60_000 * times, 60_001 * times].map((price) => price.toFixed(1));
  return `100@${bid} / 100@${ask}`;
});
const CLOSING: Partial<RuleSet> = {
  dailyLoss: rules.dailyLoss && { ...rules.dailyLoss, severity: 'close' },
  openLoss: { share: 100_000n as never, severity: 'close' },
};

test('one that is not believed closes nothing, and reaches no stop either', async () => {
  await fc.assert(
    fc.asyncProperty(coin, farCoin, fc.boolean(), fc.boolean(), async (given, book, hasStop, isClosing) => {
      const victim = hasStop ? { ...given, stopPrice: '57000' } : given;
      const against = isClosing ? { rules: CLOSING } : {};
      expect(await heldThrough(victim, [book], against)).toBe(await heldThrough(victim, [], against));
    }),
    RUNS,
  );
});

/** Goal: the two above are not blind: the same price ends the account once it has depth and has stood. */
test('a price with depth that breaks a limit ends the account once it has stood, believed and broken', async () => {
  const low = fc.integer({ min: 20_000, max: 45_000 });
  await fc.assert(
    fc.asyncProperty(low, async (price) => {
      const books = Array.from({ length: 6 }, () => `100@${price} / 100@${price + 1}`);
      const victim = { ...withoutStop(COIN), buys: '5' };
      const against = { touchMs: TOUCH_MS, isShownByAll: true };
      expect(await heldThrough(victim, books, against)).toMatch(/^failed/);
    }),
    { ...RUNS, numRuns: 20 },
  );
});
