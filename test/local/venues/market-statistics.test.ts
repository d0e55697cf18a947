import { CORRELATIONS, choleskyOf, mixed } from '../../../local/simulators/truth/correlation';
import { OUTCOMES, SPOTS, TETHER } from '../../../local/simulators/truth/listing';
import { PricePaths } from '../../../local/simulators/truth/price-path';
import { SeededRandom } from '../../../local/simulators/truth/random';

const LISTINGS = [...SPOTS, TETHER, ...OUTCOMES];
const MINUTES = 40_000;

/** The mid prices of some minutes, by instrument. */
function walk(seed: number, minutes: number): ReadonlyMap<string, readonly number[]> {
  const paths = new PricePaths(LISTINGS, new SeededRandom(seed));
  const seen = new Map(LISTINGS.map(({ id }) => [id, [paths.mid(id)]]));
  for (let minute = 0; minute < minutes; minute++) {
    paths.step(60, () => 1);
    for (const { id } of LISTINGS) seen.get(id)?.push(paths.mid(id));
  }
  return seen;
}

const returnsOf = (prices: readonly number[] = []): readonly number[] =>
  prices.slice(1).map((price, at) => Math.log(price / (prices[at] ?? price)));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const products = a.map((value, at) => (value - meanA) * ((b[at] ?? 0) - meanB));
  const spread = (values: readonly number[], of: number) => Math.sqrt(mean(values.map((value) => (value - of) ** 2)));
  return mean(products) / (spread(a, meanA) * spread(b, meanB));
}

function kurtosis(values: readonly number[]): number {
  const of = mean(values);
  const moment = (power: number) => mean(values.map((value) => (value - of) ** power));
  return moment(4) / moment(2) ** 2;
}

describe('four weeks of one seed', () => {
  const prices = walk(20_260_101, MINUTES);
  const returns = (id: string | undefined) => returnsOf(prices.get(id ?? ''));

  /** Goal: coins go together as it is written down. */
  test.each`
    one          | other        | stated
    ${'BTC-USD'} | ${'ETH-USD'} | ${CORRELATIONS[0]?.[1]}
    ${'BTC-USD'} | ${'SOL-USD'} | ${CORRELATIONS[0]?.[2]}
    ${'ETH-USD'} | ${'SOL-USD'} | ${CORRELATIONS[1]?.[2]}
  `('$one and $other correlate by $stated', ({ one, other, stated }) => {
    expect(Math.abs(correlation(returns(one), returns(other)) - stated)).toBeLessThan(0.03);
  });

  test('the tether moves with no coin, and stays near a dollar', () => {
    expect(Math.abs(correlation(returns(TETHER.id), returns('BTC-USD')))).toBeLessThan(0.03);
    const worst = Math.max(...(prices.get(TETHER.id) ?? []).map((price) => Math.abs(price - 1)));
    expect(worst).toBeLessThan(0.001);
  });

  test.each(SPOTS.map(({ id, volatility }) => [id, volatility] as const))(
    '%s has fat tails, calm and wild hours, and the volatility that is stated',
    (id, volatility) => {
      const all = returns(id);
      expect(kurtosis(all)).toBeGreaterThan(4);
      expect(kurtosis(all)).toBeLessThan(30);
      const sizes = all.map(Math.abs);
      for (const lag of [1, 10, 60]) {
        expect(correlation(sizes.slice(lag), sizes.slice(0, -lag))).toBeGreaterThan(lag === 60 ? 0.04 : 0.1);
        // Whoever knows the last return knows nothing of the next.
        expect(Math.abs(correlation(all.slice(lag), all.slice(0, -lag)))).toBeLessThan(0.03);
      }
      const spread = Math.sqrt(mean(all.map((value) => value * value))) / (volatility * Math.sqrt(60));
      expect(spread).toBeGreaterThan(0.75);
      expect(spread).toBeLessThan(1.5);
    },
  );

  test('a question about bitcoin follows bitcoin, the others do not', () => {
    const [about, ...others] = OUTCOMES.map(({ id }) => correlation(returns(id), returns('BTC-USD')));
    expect(about).toBeGreaterThan(0.6);
    for (const other of others) expect(Math.abs(other)).toBeLessThan(0.03);
  });

  test('outcomes stay between their bounds', () => {
    for (const { id } of OUTCOMES) {
      expect(Math.min(...(prices.get(id) ?? []))).toBeGreaterThanOrEqual(0.03);
      expect(Math.max(...(prices.get(id) ?? []))).toBeLessThanOrEqual(0.97);
    }
  });
});

test('one seed walks one path, however far it is walked, and another seed another', () => {
  const [once, again, longer, other] = [walk(3, 200), walk(3, 200), walk(3, 300), walk(4, 200)];
  for (const { id } of LISTINGS) {
    expect(again.get(id)).toEqual(once.get(id));
    expect(longer.get(id)?.slice(0, 201)).toEqual(once.get(id));
    expect(other.get(id)).not.toEqual(once.get(id));
  }
});

test('outcomes are martingales: over many seeds each ends on average where it began', () => {
  const seeds = Array.from({ length: 300 }, (_, at) => at + 1);
  const ends = seeds.map((seed) => walk(seed, 240));
  for (const { id, startPrice } of OUTCOMES) {
    const last = ends.map((prices) => prices.get(id)?.at(-1) ?? 0);
    const error = Math.sqrt(mean(last.map((price) => (price - mean(last)) ** 2)) / last.length);
    expect(Math.abs(mean(last) - startPrice)).toBeLessThan(4 * error);
    expect(error).toBeGreaterThan(0);
  }
});

test('the lower triangle gives the matrix back, and what cannot be is refused', () => {
  const lower = choleskyOf(CORRELATIONS);
  const columns = [0, 1, 2].map((column) => mixed(lower, lower[column] ?? []));
  for (const [row, values] of CORRELATIONS.entries())
    for (const [column, value] of values.entries()) expect(columns[column]?.[row]).toBeCloseTo(value, 12);
  const impossible = [
    [1, 0.9, -0.9],
    [0.9, 1, 0.9],
    [-0.9, 0.9, 1],
  ];
  expect(() => choleskyOf(impossible)).toThrow('cannot all hold');
});
