import fc from 'fast-check';
import { ppm } from '../../../../domain/kernel/money';
import type { Strategy } from '../../../../domain/simulation/strategy';
import { nextRun, pathsOf } from '../../../../domain/simulation/study/plan';
import type { Run, RunResult } from '../../../../domain/simulation/study/run';
import type { Study } from '../../../../domain/simulation/study/study';
import { dollars } from '../../../fixtures/domain-story';
import { oddsOf } from '../../../fixtures/simulation/odds';
import { broken, historyOf, PLAIN, pastOf, playedBy, studyOf, TWELVE } from '../../../fixtures/simulation/studies';

const SAFE = broken(() => 0);
const namesOf = (runs: readonly Run[]): readonly string[] => runs.map(({ name }) => name);
const played = (runs: readonly Run[], name: string) => {
  const run = runs.find((each) => each.name === name);
  if (run?.kind !== 'paths') throw new Error(`${name} was not played`);
  return run;
};

test('odds: the size as traded first and with all paths, then the others, and the stresses that odds have', () => {
  const { runs } = playedBy(studyOf(), SAFE);
  expect(runs.map((run) => `${run.name}: ${run.kind === 'paths' ? run.paths : 'trades'}`)).toEqual([
    'as traded: 20000',
    'size 0.25: 4000',
    'size 0.5: 4000',
    'size 0.75: 4000',
    'size 1.25: 4000',
    'size 1.5: 4000',
    'size 2: 4000',
    'size 3: 4000',
    'stress volatile: 4000',
    'stress less_won: 4000',
    'stress clustered: 4000',
  ]);
  expect(new Set(runs.map(({ seed }) => seed))).toEqual(new Set([7n]));
  expect(played(runs, 'size 1.5').simulated.strategy.size).toBe(1_500_000n);
});

test('a history is validated first, and drawn in runs of the length that was found', () => {
  const worstDay = [pastOf(-12_000), pastOf(3_000)];
  const { runs } = playedBy(studyOf({}, { strategy: historyOf(TWELVE), worstDay, trials: 3 }), SAFE);
  expect(runs[0]).toEqual({
    kind: 'validation',
    name: 'validation',
    resultCents: TWELVE.map(BigInt),
    trials: 3,
    seed: 7n,
  });
  expect(namesOf(runs).slice(9)).toEqual([
    'stress volatile',
    'stress less_won',
    'stress clustered',
    'stress worst_day',
  ]);
  const blockOf = (name: string) => {
    const { trades } = played(runs, name).simulated.strategy;
    return trades.kind === 'history' && trades.meanBlock;
  };
  expect(['as traded', 'size 3', 'stress volatile', 'stress clustered'].map(blockOf)).toEqual([3, 3, 3, 15]);
  expect(played(runs, 'stress worst_day').simulated.worstDay?.trades).toEqual(worstDay);
  expect(played(runs, 'stress clustered').simulated.worstDay).toBeNull();
});

test.each`
  results                                    | trials    | asked
  ${TWELVE}                                  | ${0}      | ${1}
  ${TWELVE}                                  | ${99_999} | ${10_000}
  ${TWELVE.map((cents) => -Math.abs(cents))} | ${1}      | ${undefined}
`('$trials trials of $results', ({ results, trials, asked }) => {
  const first = nextRun(studyOf({}, { strategy: historyOf(results), trials }), new Map());
  expect(first?.kind === 'validation' ? first.trials : undefined).toBe(asked);
});

/** Goal: what the tier refuses is left out, the rest is played. */
test('sizes that the tier does not let in have no run', () => {
  const riskPerTrade = {
    limitUsd: dollars('155'),
    severity: 'block',
    stopWithinMs: null,
    stopSeverity: 'close',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  } as const;
  const { runs } = playedBy(studyOf({ rules: { ...PLAIN, riskPerTrade } }), SAFE);
  expect(namesOf(runs)).toEqual([
    'as traded',
    'size 0.25',
    'size 0.5',
    'size 0.75',
    'size 1.25',
    'size 1.5',
    'stress less_won',
    'stress clustered',
  ]);
});

test('the size at which a floor is broken too often is searched between the two that it lies between', () => {
  const { runs, done } = playedBy(
    studyOf(),
    broken(({ simulated }) => (simulated.strategy.size > 1_300_000n ? 0.06 : 0.01)),
  );
  const searched = namesOf(runs).slice(11);
  expect(searched.slice(0, 3)).toEqual(['size 1.375', 'size 1.3125', 'size 1.28125']);
  expect(searched.length).toBeLessThan(10);
  expect(runs.slice(11).every((run) => run.kind === 'paths' && run.paths === 4_000)).toBe(true);
  expect(nextRun(studyOf(), done)).toBeUndefined();
});

const firm = (strategies: readonly Strategy[]): Study =>
  studyOf({
    asks: {
      scope: 'firm',
      mix: strategies.map((strategy) => ({ weight: ppm(500_000n), strategy })),
      priceUsd: dollars('100'),
      payoutUsd: dollars('1000'),
    },
  });
const sizeOf = (size: bigint, strategy = oddsOf()): Study =>
  studyOf({ asks: { scope: 'size', strategy, size: ppm(size) } });

test.each`
  scope                           | study                                  | runs
  ${'two sizes'}                  | ${sizeOf(1_300_000n)}                  | ${['as traded 20000', 'size 1.3 20000']}
  ${'one size'}                   | ${sizeOf(1_000_000n)}                  | ${['as traded 20000']}
  ${'two sizes of a history'}     | ${sizeOf(400_000n, historyOf(TWELVE))} | ${['validation', 'as traded 20000', 'size 0.4 20000']}
  ${'a firm and its two traders'} | ${firm([oddsOf(), historyOf(TWELVE)])} | ${['strategy 1 20000', 'strategy 2 20000']}
  ${'few paths'}                  | ${{ ...sizeOf(500_000n), paths: 300 }} | ${['as traded 300', 'size 0.5 300']}
`('$scope: $runs', ({ study, runs: expected }) => {
  const { runs } = playedBy(
    study,
    broken(() => 1),
  );
  expect(runs.map((run) => (run.kind === 'paths' ? `${run.name} ${run.paths}` : run.name))).toEqual(expected);
});

test('nobody plays fewer than a thousand paths where as many were asked for', () => {
  const pathsAt = (paths: number) => {
    const run = playedBy(studyOf({ paths }), SAFE).runs[1];
    return run?.kind === 'paths' && run.paths;
  };
  expect([1_000, 3_000, 5_000, 5_009, 100_000].map(pathsAt)).toEqual([1_000, 1_000, 1_000, 1_001, 20_000]);
});

const anyStudy = fc.constantFrom(
  studyOf(),
  studyOf({}, { strategy: historyOf(TWELVE), worstDay: [pastOf(-100)] }),
  sizeOf(1_300_000n),
  firm([oddsOf(), oddsOf()]),
);
/** Any share of broken floors for any run. */
const anyAnswers = fc.func(fc.integer({ min: 0, max: 20 })).map(
  (percent) =>
    (run: Run): RunResult =>
      broken(() => percent(run.name) / 100)(run),
);

/** Goal: whoever dies in the middle of a study finds the same runs when it goes on. */
test('a study ends whatever its runs say, asks nothing twice, and follows from the results alone', () => {
  fc.assert(
    fc.property(anyStudy, anyAnswers, fc.nat(), (study, answer, cut) => {
      const { runs, done } = playedBy(study, answer);
      const names = namesOf(runs);
      expect(new Set(names).size).toBe(names.length);
      const kept = new Map([...done].slice(0, cut % names.length).reverse());
      expect(nextRun(study, kept)).toEqual(runs[kept.size]);
    }),
    { numRuns: 40 },
  );
});

test('progress never falls, and is whole at the end', () => {
  fc.assert(
    fc.property(anyStudy, anyAnswers, (study, answer) => {
      const { done } = playedBy(study, answer);
      const entries = [...done];
      const told = entries.map((_, nth) => pathsOf(study, new Map(entries.slice(0, nth))));
      told.push(pathsOf(study, done));
      for (const [nth, { done: paths, of }] of told.entries()) {
        expect(of).toBe(told[0]?.of);
        expect(paths).toBeGreaterThanOrEqual(told[nth - 1]?.done ?? 0);
        expect(paths === of).toBe(nth === entries.length);
      }
    }),
    { numRuns: 20 },
  );
});
