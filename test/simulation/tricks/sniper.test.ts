import { existsSync } from 'node:fs';
import { readCandles } from '../../../local/candles/read-candles';
import { movesOf, type Sniped, type SniperOptions, snipe, walk } from './sniper';

const SEEDS = 40;
const EDGE = 0.001;
const MOVES = { moments: 40, size: 0.002 };
/** Chance alone goes further than this once in more than seven hundred tries. */
const ERRORS_MAX = 3;

/** The mean profit of many runs over prices without a drift, and its standard error. */
async function sniped(options: SniperOptions) {
  const runs: Sniped[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    runs.push(await snipe(walk(seed, MOVES.moments, MOVES.size), EDGE, options));
  }
  const mean = runs.reduce((sum, { profitUsd }) => sum + profitUsd, 0) / SEEDS;
  const variance = runs.reduce((sum, { profitUsd }) => sum + (profitUsd - mean) ** 2, 0) / SEEDS;
  const count = (of: 'filled' | 'unconfirmed') => runs.reduce((sum, run) => sum + run[of], 0);
  const [filled, unconfirmed] = [count('filled'), count('unconfirmed')];
  return { mean, error: Math.sqrt(variance / (SEEDS - 1)), filled, unconfirmed };
}

/** Goal: who sees the venue before the desk does wins nothing by it: orders wait for what the venue has after them. */
test.each`
  story                                | lagMs    | holdMs
  ${'half a second before'}            | ${500}   | ${6_000}
  ${'half a second, and leaves early'} | ${500}   | ${700}
  ${'two seconds before'}              | ${2_000} | ${6_000}
`('a sniper who sees the truth $story wins nothing', async ({ lagMs, holdMs }) => {
  const { mean, error, filled } = await sniped({ lagMs, holdMs });
  expect(filled).toBeGreaterThan(SEEDS * 10);
  expect(mean).toBeLessThanOrEqual(ERRORS_MAX * error);
  expect(holdMs < 1_000 ? mean : 0).toBeLessThanOrEqual(0);
});

test.each([500, 2_000])('without confirmation one who sees it %i ms before wins', async (lagMs) => {
  const { mean, error } = await sniped({ lagMs, holdMs: 6_000, sabotage: 'confirmation' });
  expect(mean).toBeGreaterThan(5);
  expect(mean).toBeGreaterThan(ERRORS_MAX * error);
});

test('a connector that lags further behind than orders wait gives nobody anything, and takes nothing from anybody', async () => {
  const { mean, filled, unconfirmed } = await sniped({ lagMs: 4_500, holdMs: 700 });
  expect([mean, filled]).toEqual([0, 0]);
  expect(unconfirmed).toBeGreaterThan(SEEDS * 5);
});

const MONTH = '../shared/data/btc-usd-1m-2022-01.csv';
const NIGHT = 'test/simulation/tricks/btc-usd-2022-01-21.csv';

/** Goal: the same over prices that were real: a night of January 2022, and the whole month where it is at hand. */
test.each([NIGHT, MONTH].filter(existsSync))(
  'over %s a sniper pays the spread, unconfirmed wins each move',
  async (file) => {
    const moves = movesOf(readCandles(file), 0.003);
    const protectedRun = await snipe(moves, 0.003, { lagMs: 500, holdMs: 1_000 });
    const sabotaged = await snipe(moves, 0.003, { lagMs: 500, holdMs: 1_000, sabotage: 'confirmation' });
    expect(Math.min(protectedRun.filled, sabotaged.filled)).toBeGreaterThan(20);
    expect(protectedRun.profitUsd).toBeLessThan(0);
    expect(sabotaged.profitUsd).toBeGreaterThan(sabotaged.filled * 0.5);
  },
);
