import { balanceOf } from '../../account/account';
import { invariant } from '../../kernel/invariant';
import { addUsd, divide, MILLION, type Ppm, ppm, subUsd, type Usd, usd } from '../../kernel/money';
import { CENT } from '../unsupported';
import { barsOf, quantileOf, tailMean } from './bins';
import { chanceOf, chancesOf } from './chance';
import { findingOf } from './finding';
import { firmOddsOf } from './firm-odds';
import { mixedChances, mixedCounts, type WeightedCounts } from './mixed-counts';
import {
  AS_TRADED,
  countsOf,
  mixName,
  type RunResults,
  SIZES,
  sizeName,
  sizeSearchOf,
  stressName,
  VALIDATION,
} from './plan';
import { type PathCounts, pathsEndedBy, type Validation } from './run';
import type { Study } from './study';
import type { EndRule, FanDay, Scenario, SizeChance, StudyOdds, Validated } from './study-odds';

/** Paths in a hundred that value at risk looks at. */
const TAIL_PERCENT = 5;
const DRAWDOWN_BARS_MAX = 60;

/** The odds of a study all of whose runs are done (`nextRun` asks for nothing more). */
export function oddsOf(study: Study, done: RunResults): StudyOdds {
  const { rules, account, asks, days, seed } = study;
  const parts = partsOf(study, done);
  const base = mixedCounts(parts);
  const beganUsd = account ? balanceOf(account) : rules.startingUsd;
  return {
    version: base.version,
    seed,
    paths: base.paths,
    days,
    startingUsd: rules.startingUsd,
    beganUsd,
    targetUsd: rules.target && addUsd(rules.startingUsd, rules.target.profitUsd),
    drawnFrom: drawnFrom(study),
    ...mixedChances(parts),
    ends: base.ends.map(({ outcome, rule, day, paths }) => ({ outcome, rule: endRuleOf(rule), day, paths })),
    expectedDays: expectedDays(base),
    valueAtRiskUsd: subUsd(beganUsd, dollars(quantileOf(base.finals, base.binCents, TAIL_PERCENT))),
    conditionalValueAtRiskUsd: subUsd(beganUsd, dollars(tailMean(base.finals, base.binCents, TAIL_PERCENT))),
    ruin: chanceOf(pathsEndedBy(base, ['max_drawdown']), base.paths),
    fan: base.fan.map(fanDay),
    drawdowns: barsOf(base.drawdowns, base.binCents, DRAWDOWN_BARS_MAX).map(({ upToCents, paths }) => ({
      upToUsd: dollars(upToCents),
      paths,
    })),
    underWaterDays: base.underWaterDays.map(([dayCount, paths]) => ({ days: dayCount, paths })),
    sizes: asks.scope === 'firm' ? [] : sizesOf(done, asks.scope === 'size' ? [AS_TRADED, asks.size] : SIZES),
    safeSize: sizeSearchOf(study, done).safe,
    scenarios: scenariosOf(done),
    validation: asks.scope === 'everything' ? validatedIn(done) : null,
    firm: asks.scope === 'firm' ? firmOddsOf(asks, parts) : null,
  };
}

const dollars = (cents: bigint): Usd => usd(cents * CENT);

function needed(done: RunResults, name: string): PathCounts {
  const counts = countsOf(done, name);
  invariant(counts !== undefined, `the run ${name} is done`);
  return counts;
}

const partsOf = ({ asks }: Study, done: RunResults): readonly WeightedCounts[] =>
  asks.scope === 'firm'
    ? asks.mix.map(({ weight }, nth) => ({ weight, counts: needed(done, mixName(nth)) }))
    : [{ weight: ppm(MILLION), counts: needed(done, sizeName(AS_TRADED)) }];

/** How many closed trades were drawn from, of all strategies together; null where all of them are odds. */
function drawnFrom({ asks }: Study): number | null {
  const strategies = asks.scope === 'firm' ? asks.mix.map(({ strategy }) => strategy) : [asks.strategy];
  const histories = strategies.flatMap(({ trades }) => (trades.kind === 'history' ? [trades.trades.length] : []));
  return histories.length === 0 ? null : histories.reduce((sum, count) => sum + count, 0);
}

const END_RULES: readonly EndRule[] = [
  'daily_loss',
  'max_drawdown',
  'risk_per_trade',
  'inactivity',
  'time_limit',
  'consistency',
];

/** A path that passes or stays open ends by no rule. */
const endRuleOf = (told: string): EndRule | null => END_RULES.find((rule) => rule === told) ?? null;

/** The mean day of a verdict, rounded up; null where no path came to one. */
function expectedDays({ ends }: Pick<PathCounts, 'ends'>): Ppm | null {
  const verdicts = ends.filter(({ outcome }) => outcome !== 'open');
  const count = verdicts.reduce((sum, { paths }) => sum + BigInt(paths), 0n);
  const days = verdicts.reduce((sum, { day, paths }) => sum + BigInt(day) * BigInt(paths), 0n);
  return count === 0n ? null : ppm(divide(days * MILLION, count, 'ceil'));
}

const fanDay = ([p5, p25, p50, p75, p95]: PathCounts['fan'][number]): FanDay => ({
  p5: dollars(p5),
  p25: dollars(p25),
  p50: dollars(p50),
  p75: dollars(p75),
  p95: dollars(p95),
});

const medianUsd = ({ finals, binCents }: PathCounts): Usd => dollars(quantileOf(finals, binCents, 50));

/** Sizes that the tier does not let in have no run, and are not told of. */
function sizesOf(done: RunResults, sizes: readonly Ppm[]): readonly SizeChance[] {
  const smallestFirst = [...new Set(sizes)].sort((a, b) => (a < b ? -1 : 1));
  return smallestFirst.flatMap((size) => {
    const counts = countsOf(done, sizeName(size));
    return counts ? [{ size, ...chancesOf(counts), medianUsd: medianUsd(counts) }] : [];
  });
}

const SCENARIOS: readonly (readonly [Scenario['name'], string])[] = [
  ['half_size', sizeName(ppm(500_000n))],
  ['double_size', sizeName(ppm(2_000_000n))],
  ['volatile', stressName('volatile')],
  ['less_won', stressName('less_won')],
  ['clustered', stressName('clustered')],
  ['worst_day', stressName('worst_day')],
];

const scenariosOf = (done: RunResults): readonly Scenario[] =>
  SCENARIOS.flatMap(([name, run]) => {
    const counts = countsOf(done, run);
    return counts ? [{ name, ...chancesOf(counts), medianUsd: medianUsd(counts) }] : [];
  });

function validatedIn(done: RunResults): Validated | null {
  const result = done.get(VALIDATION);
  return result?.kind === 'validation' ? told(result.validation) : null;
}

const told = (validation: Validation): Validated => ({
  trades: validation.trades,
  trials: validation.trials,
  meanBlock: validation.meanBlock,
  pValue: ppm(BigInt(validation.pPpm)),
  meanUsd: dollars(validation.meanCents),
  meanLowUsd: dollars(validation.meanLowCents),
  meanHighUsd: dollars(validation.meanHighCents),
  finalLowUsd: dollars(validation.finalLowCents),
  finalMedianUsd: dollars(validation.finalMedianCents),
  finalHighUsd: dollars(validation.finalHighCents),
  drawdownMedianUsd: dollars(validation.drawdownMedianCents),
  drawdownHighUsd: dollars(validation.drawdownHighCents),
  sharpe: ppm(BigInt(validation.sharpePpm)),
  deflatedSharpe: ppm(BigInt(validation.deflatedSharpePpm)),
  finding: findingOf(validation),
});
