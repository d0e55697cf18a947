import fc from 'fast-check';
import { fundedAccount } from '../../../../domain/account/account';
import { instant } from '../../../../domain/kernel/instant';
import { ppm } from '../../../../domain/kernel/money';
import { oddsOf } from '../../../../domain/simulation/study/odds';
import { nextRun } from '../../../../domain/simulation/study/plan';
import type { PathCounts, RunResult } from '../../../../domain/simulation/study/run';
import type { Study } from '../../../../domain/simulation/study/study';
import { dollars } from '../../../fixtures/domain-story';
import { countedPaths } from '../../../fixtures/simulation/counted-paths';
import { oddsOf as strategyOf } from '../../../fixtures/simulation/odds';
import {
  broken,
  countsOf,
  historyOf,
  PLAIN,
  pastOf,
  playedBy,
  studyOf,
  TWELVE,
  VALIDATED,
} from '../../../fixtures/simulation/studies';

const told = (change: Partial<PathCounts>, study: Study = studyOf({ paths: 1_000 })) =>
  oddsOf(study, playedBy(study, () => ({ kind: 'paths', counts: countsOf(change) })).done);

test('what the paths came to, and by which rule', () => {
  const found = told({ passed: 410, failed: 250 });
  expect(found.passed).toEqual({ share: 410_000n, low: 379_917n, high: 440_772n });
  expect([found.failed.share, found.open.share, found.ruin.share]).toEqual([250_000n, 340_000n, 250_000n]);
  expect(found.ends).toEqual([
    { outcome: 'passed', rule: null, day: 3, paths: 410 },
    { outcome: 'failed', rule: 'max_drawdown', day: 4, paths: 250 },
    { outcome: 'open', rule: null, day: 6, paths: 340 },
  ]);
  expect([found.version, found.seed, found.paths, found.days]).toEqual([2, 7n, 1_000, 5]);
  expect([found.startingUsd, found.beganUsd, found.targetUsd]).toEqual(['100000', '100000', '110000'].map(dollars));
  expect([found.drawnFrom, found.validation, found.firm]).toEqual([null, null, null]);
});

/** Goal: the days of those that came to a verdict, and of nobody else. */
test.each`
  change                      | days
  ${{ passed: 1 }}            | ${3_000_000n}
  ${{ failed: 1_000 }}        | ${4_000_000n}
  ${{ passed: 2, failed: 1 }} | ${3_333_334n}
  ${{}}                       | ${null}
`('$change: a verdict after $days days', ({ change, days }) => {
  expect(told(change).expectedDays).toBe(days);
});

test('without a target there is none to be shown', () => {
  expect(told({}, studyOf({ rules: { ...PLAIN, target: null } })).targetUsd).toBeNull();
});

/** Goal: the loss of the worst 5 % is never told smaller than it was. */
test.each`
  finals                                | value      | conditional
  ${[[500, 1_000]]}                     | ${'0'}     | ${'0'}
  ${[[490, 49], [495, 951]]}            | ${'1000'}  | ${'1980'}
  ${[[490, 50], [495, 950]]}            | ${'2000'}  | ${'2000'}
  ${[[400, 10], [450, 90], [500, 900]]} | ${'10000'} | ${'12000'}
  ${[[510, 1_000]]}                     | ${'-2000'} | ${'-2000'}
`('balances of $finals: $value at risk, $conditional beyond', ({ finals, value, conditional }) => {
  const found = told({ finals });
  expect([found.valueAtRiskUsd, found.conditionalValueAtRiskUsd]).toEqual([value, conditional].map(dollars));
});

test('an account that is running loses from where it stands', () => {
  const account = fundedAccount(dollars('104000'), '2026-03-15', instant(Date.UTC(2026, 2, 15)));
  const found = told({ finals: [[500, 1_000]] }, studyOf({ paths: 1_000, account }));
  expect([found.beganUsd, found.valueAtRiskUsd]).toEqual([dollars('104000'), dollars('4000')]);
});

test('charts: the fan in dollars, drawdowns in at most sixty bars, days under water', () => {
  const found = told({
    fan: [[100n, 200n, 300n, 400n, 500n]],
    drawdowns: [
      [0, 600],
      [121, 400],
    ],
    underWaterDays: [
      [0, 700],
      [5, 300],
    ],
  });
  expect(found.fan).toEqual([
    { p5: dollars('1'), p25: dollars('2'), p50: dollars('3'), p75: dollars('4'), p95: dollars('5') },
  ]);
  expect(found.drawdowns).toHaveLength(41);
  expect(found.drawdowns[0]).toEqual({ upToUsd: dollars('600'), paths: 600 });
  expect(found.drawdowns.at(-1)).toEqual({ upToUsd: dollars('24600'), paths: 400 });
  expect(found.underWaterDays).toEqual([
    { days: 0, paths: 700 },
    { days: 5, paths: 300 },
  ]);
});

test('sizes, scenarios and what the trades say by themselves', () => {
  const study = studyOf({ paths: 1_000 }, { strategy: historyOf(TWELVE), worstDay: [pastOf(-100)], trials: 2 });
  const answer = broken(({ name, simulated }) =>
    name === 'stress worst_day' ? 0.5 : Number(simulated.strategy.size) / 1e8,
  );
  const found = oddsOf(study, playedBy(study, answer).done);
  expect(found.sizes.map(({ size, failed }) => [size, failed.share])).toEqual([
    [250_000n, 2_000n],
    [500_000n, 5_000n],
    [750_000n, 7_000n],
    [1_000_000n, 10_000n],
    [1_250_000n, 12_000n],
    [1_500_000n, 15_000n],
    [2_000_000n, 20_000n],
    [3_000_000n, 30_000n],
  ]);
  expect(found.sizes[0]?.medianUsd).toBe(dollars('100000'));
  expect(found.safeSize).toBe(3_000_000n);
  expect(found.scenarios.map(({ name, failed }) => [name, failed.share])).toEqual([
    ['half_size', 5_000n],
    ['double_size', 20_000n],
    ['volatile', 10_000n],
    ['less_won', 10_000n],
    ['clustered', 10_000n],
    ['worst_day', 500_000n],
  ]);
  expect(found.drawnFrom).toBe(12);
  expect(found.validation).toMatchObject({
    trades: 12,
    meanBlock: 3,
    pValue: 200_000n,
    meanUsd: dollars('10'),
    meanLowUsd: dollars('-5'),
    drawdownHighUsd: dollars('90'),
    sharpe: 150_000n,
    finding: 'too_few',
  });
});

test('two sizes are told and nothing else', () => {
  const study = studyOf({ asks: { scope: 'size', strategy: historyOf(TWELVE), size: ppm(400_000n) } });
  const found = oddsOf(
    study,
    playedBy(
      study,
      broken(({ name }) => (name === 'as traded' ? 0.4 : 0.1)),
    ).done,
  );
  expect(found.sizes.map(({ size, failed }) => [size, failed.share])).toEqual([
    [400_000n, 100_000n],
    [1_000_000n, 400_000n],
  ]);
  expect([found.safeSize, found.scenarios, found.validation]).toEqual([null, [], null]);
  expect(found.failed.share).toBe(400_000n);
});

test('a study whose runs are not done has no odds', () => {
  expect(() => oddsOf(studyOf(), new Map())).toThrow('the run as traded is done');
});

const firm = (payoutUsd: string, priceUsd = '100'): Study =>
  studyOf({
    paths: 1_000,
    asks: {
      scope: 'firm',
      mix: [
        { weight: ppm(3_000_000n), strategy: strategyOf() },
        { weight: ppm(1_000_000n), strategy: historyOf(TWELVE) },
      ],
      priceUsd: dollars(priceUsd),
      payoutUsd: dollars(payoutUsd),
    },
  });

/** Goal: each kind of trader counts by its weight, and what is owed is rounded against the firm. */
test.each`
  passed        | payout       | share       | liability  | margin
  ${[100, 500]} | ${'1000'}    | ${200_000n} | ${'200'}   | ${'-100'}
  ${[0, 0]}     | ${'1000'}    | ${0n}       | ${'0'}     | ${'100'}
  ${[1_000, 0]} | ${'100'}     | ${750_000n} | ${'75'}    | ${'25'}
  ${[1, 0]}     | ${'0.01'}    | ${750n}     | ${'0.01'}  | ${'99.99'}
  ${[33, 1]}    | ${'1234.56'} | ${25_000n}  | ${'30.87'} | ${'69.13'}
`('$passed of a thousand pass: $liability of $payout', ({ passed, payout, share, liability, margin }) => {
  const study = firm(payout);
  const counts = (name: string) => countsOf({ passed: passed[name === 'strategy 1' ? 0 : 1] });
  const found = oddsOf(study, playedBy(study, ({ name }) => ({ kind: 'paths', counts: counts(name) })).done);
  expect(found.passed.share).toBe(share);
  expect(found.firm).toMatchObject({
    passed: found.passed,
    liabilityUsd: dollars(liability),
    marginUsd: dollars(margin),
    breakEvenUsd: dollars(liability),
  });
  expect(found.firm?.strategies.map((each) => [each.weight, Number(each.passed.share)])).toEqual([
    [3_000_000n, passed[0] * 1_000],
    [1_000_000n, passed[1] * 1_000],
  ]);
  expect([found.fan, found.sizes, found.drawnFrom]).toEqual([[], [], 12]);
});

test('paths of several kinds of traders add up', () => {
  const share = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(fc.tuple(share, share), fc.tuple(share, share), ([passed, failed], [passedToo, failedToo]) => {
      const study = firm('1000');
      const counts = (name: string) =>
        name === 'strategy 1'
          ? countsOf({
              passed,
              failed,
              finals: [
                [400, 300],
                [500, 700],
              ],
            })
          : countsOf({
              passed: passedToo,
              failed: failedToo,
              finals: [
                [500, 1],
                [600, 999],
              ],
            });
      const found = oddsOf(study, playedBy(study, ({ name }) => ({ kind: 'paths', counts: counts(name) })).done);
      expect(found.ends.reduce((sum, { paths }) => sum + paths, 0)).toBe(1_000);
      expect(Math.abs(Number(found.passed.share) - 750 * passed - 250 * passedToo)).toBeLessThanOrEqual(1);
      // A quarter lost 20,000 dollars: 300 of a thousand among three of four.
      expect(found.valueAtRiskUsd).toBe(dollars('20000'));
    }),
  );
});

/** Goal: nothing stands between rules and odds but what is tested here: a study is played to its end by the rules. */
test.each`
  kind         | asked
  ${'odds'}    | ${{}}
  ${'history'} | ${{ strategy: { ...historyOf(TWELVE), tradesPerDay: 8, size: ppm(10_000_000n) }, worstDay: [pastOf(-60_000), pastOf(-40_000)] }}
`('a study of $kind, played by the rules themselves', ({ asked }) => {
  const study = studyOf({ paths: 12, days: 3 }, asked);
  const answer = (run: Parameters<Parameters<typeof playedBy>[1]>[0]): RunResult =>
    run.kind === 'validation'
      ? { kind: 'validation', validation: VALIDATED }
      : { kind: 'paths', counts: countedPaths(run) };
  const { runs, done } = playedBy(study, answer);
  expect(nextRun(study, done)).toBeUndefined();
  const found = oddsOf(study, done);
  const shares = [found.passed, found.failed, found.open].map(({ share }) => Number(share));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(999_990);
  expect(found.ends.reduce((sum, { paths }) => sum + paths, 0)).toBe(12);
  expect(found.fan).toHaveLength(3);
  for (const { p5, p25, p50, p75, p95 } of found.fan)
    expect(p5 <= p25 && p25 <= p50 && p50 <= p75 && p75 <= p95).toBe(true);
  expect(found.conditionalValueAtRiskUsd >= found.valueAtRiskUsd).toBe(true);
  expect(found.sizes.length).toBeGreaterThan(4);
  expect(found.fan.at(-1)?.p50).toBe(found.sizes.find(({ size }) => size === 1_000_000n)?.medianUsd);
  // More at stake, more broken floors: the same paths are played at every size.
  const failed = found.sizes.map((size) => size.failed.share);
  expect(failed).toEqual([...failed].sort((a, b) => Number(a - b)));
  expect(runs.length).toBeGreaterThan(8);
});
