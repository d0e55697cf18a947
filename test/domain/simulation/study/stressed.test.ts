import fc from 'fast-check';
import { ppm } from '../../../../domain/kernel/money';
import { type History, type Odds, type PastTrade, sized } from '../../../../domain/simulation/strategy';
import { strategyFault } from '../../../../domain/simulation/strategy-fault';
import { STRESSES, stressed } from '../../../../domain/simulation/study/stressed';
import { oddsOf } from '../../../fixtures/simulation/odds';
import { historyOf, pastOf, TWELVE } from '../../../fixtures/simulation/studies';

const pastUnder = (stress: (typeof STRESSES)[number], strategy = historyOf(TWELVE)): History =>
  stressed(stress, strategy)?.trades as History;
const oddsUnder = (stress: (typeof STRESSES)[number], strategy = oddsOf()): Odds =>
  stressed(stress, strategy)?.trades as Odds;
const resultsOf = ({ trades }: History): readonly number[] => trades.map(({ resultCents }) => Number(resultCents));
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

test('volatile: results lie half as far again from their mean, which stays', () => {
  const results = [...Array.from({ length: 9 }, () => -100), 1_000];
  expect(resultsOf(pastUnder('volatile', historyOf(results)))).toEqual([
    ...Array.from({ length: 9 }, () => -155),
    1_495,
  ]);
  const { riskCents, payoff } = oddsUnder('volatile', oddsOf({ winRate: ppm(500_000n) }));
  // The mean of 150 dollars won and 100 lost is 25: 187.50 above and 187.50 below.
  expect([riskCents, payoff]).toEqual([16_250n, { kind: 'cents', cents: 21_250n }]);
});

test('volatile: worst and best are half as large again, and hold the result', () => {
  const strategy = historyOf(TWELVE);
  const past: PastTrade[] = [
    { resultCents: 10n, worstCents: -3n, bestCents: 11n },
    { resultCents: -40n, worstCents: -41n, bestCents: 5n },
    ...Array.from({ length: 8 }, () => pastOf(0)),
  ];
  const { trades } = pastUnder('volatile', { ...strategy, trades: { kind: 'history', trades: past, meanBlock: 2 } });
  expect(trades.slice(0, 3)).toEqual([
    { resultCents: 16n, worstCents: -5n, bestCents: 16n },
    { resultCents: -59n, worstCents: -62n, bestCents: 7n },
    { resultCents: 1n, worstCents: 0n, bestCents: 1n },
  ]);
});

test('less won: five trades in a hundred are lost, of those that were won', () => {
  expect(oddsUnder('less_won').winRate).toBe(ppm(400_000n));
  expect(stressed('less_won', oddsOf({ winRate: ppm(50_000n) }))).toBeUndefined();
  expect(stressed('less_won', historyOf(TWELVE.map((cents) => Math.min(0, cents))))).toBeUndefined();
  const forty = Array.from({ length: 40 }, (_, nth) => (nth % 4 === 0 ? -10 - nth : 5));
  const turned = resultsOf(pastUnder('less_won', historyOf(forty)));
  const places = turned.flatMap((result, nth) => (result === forty[nth] ? [] : [nth]));
  expect(places).toEqual([10, 30]);
  expect(places.map((nth) => turned[nth])).toEqual([-10, -14]);
});

/** Goal: whoever has few trades is not put under more stress than whoever has many. */
test.each`
  count     | drawn     | turned
  ${10}     | ${20}     | ${1}
  ${12}     | ${60}     | ${3}
  ${33}     | ${660}    | ${33}
  ${499}    | ${9_980}  | ${499}
  ${501}    | ${501}    | ${26}
  ${10_000} | ${10_000} | ${500}
`('less won: $turned of $drawn, where $count were closed', ({ count, drawn, turned }) => {
  const results = Array.from({ length: count }, (_, nth) => (nth % 2 === 0 ? -1 : 1));
  const under = resultsOf(pastUnder('less_won', historyOf(results)));
  expect(under).toHaveLength(drawn);
  expect(under.filter((result, nth) => result !== results[nth % count])).toEqual(Array(turned).fill(-1));
});

test('clustered: runs of closed trades are five times as long', () => {
  expect(pastUnder('clustered', historyOf(TWELVE, 3))).toEqual({ ...historyOf(TWELVE).trades, meanBlock: 15 });
  expect(pastUnder('clustered', historyOf(TWELVE, 900)).meanBlock).toBe(1_000);
});

test('clustered: odds become runs of one outcome, at the same rate and amounts', () => {
  const { trades, meanBlock } = pastUnder('clustered', oddsOf({ winRate: ppm(123_456n) }));
  const won = trades.findIndex(({ resultCents }) => resultCents < 0n);
  expect([trades.length, won, meanBlock]).toEqual([2_000, 246, 5]);
  const winners = trades.slice(0, won);
  const losers = trades.slice(won);
  expect(new Set(winners.map(({ resultCents }) => resultCents))).toEqual(new Set([15_000n]));
  expect(new Set(losers.map(({ resultCents }) => resultCents))).toEqual(new Set([-10_000n]));
  // A winner was down by up to 60 % of the risk, evenly spread: by 30 % in the mean.
  const down = sumOf(winners.map(({ worstCents }) => Number(-worstCents))) / winners.length;
  const up = sumOf(losers.map(({ bestCents }) => Number(bestCents))) / losers.length;
  expect(down).toBeGreaterThan(2_900);
  expect(down).toBeLessThan(3_100);
  expect(up).toBeGreaterThan(4_400);
  expect(up).toBeLessThan(4_600);
});

const history = fc
  .array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 10, maxLength: 60 })
  .filter((results) => results.some((cents) => cents < 0))
  .map((results) => historyOf(results, 2));
const odds = fc
  .record({
    winRate: fc.integer({ min: 1, max: 999_999 }),
    riskCents: fc.integer({ min: 1, max: 10 ** 7 }),
    times: fc.integer({ min: 10_000, max: 5_000_000 }),
  })
  .map(({ winRate, riskCents, times }) =>
    oddsOf({
      winRate: ppm(BigInt(winRate)),
      riskCents: BigInt(riskCents),
      payoff: { kind: 'multiple', times: ppm(BigInt(times)) },
    }),
  )
  .filter((strategy) => strategyFault(strategy) === undefined);

test('what could be traded can be traded under stress, and no stress makes it better', () => {
  fc.assert(
    fc.property(fc.oneof(history, odds), fc.constantFrom(...STRESSES), (strategy, stress) => {
      const under = stressed(stress, strategy);
      if (!under) return;
      expect(strategyFault(under)).toBeUndefined();
      const [before, after] = [strategy, under].map((each) => meanOf(sized(each)));
      // A rate of winning is dealt to a two-thousandth, rounded down.
      expect(after).toBeLessThanOrEqual((before as number) + 1e-6 * Math.abs(before as number));
    }),
  );
});

function meanOf(trades: ReturnType<typeof sized>): number {
  if (trades.kind === 'odds') {
    const rate = Number(trades.winRate) / 1e6;
    return rate * Number(trades.winCents) - (1 - rate) * Number(trades.lossCents);
  }
  return sumOf(trades.past.map(({ resultCents }) => Number(resultCents))) / trades.past.length;
}
