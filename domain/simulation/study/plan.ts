import { formatPpm, MILLION, type Ppm, ppm } from '../../kernel/money';
import { simulationOf } from '../simulation';
import type { PastTrade, Strategy } from '../strategy';
import { MEAN_BLOCK_MAX } from '../strategy-fault';
import type { PathCounts, Run, RunResult } from './run';
import { SIZES_SEARCHED_MAX, searchedSize } from './size-search';
import { STRESSES, type Stress, stressed } from './stressed';
import { ofSize, type Study } from './study';

export type RunResults = ReadonlyMap<string, RunResult>;

export const AS_TRADED = ppm(MILLION);
/** What everybody is shown beside the size as it is traded, which has a run of more paths. */
const OTHER_SIZES: readonly Ppm[] = [250_000n, 500_000n, 750_000n, 1_250_000n, 1_500_000n, 2_000_000n, 3_000_000n].map(
  ppm,
);
export const SIZES: readonly Ppm[] = [...OTHER_SIZES, AS_TRADED].sort((a, b) => (a < b ? -1 : 1));

/** Runs beside the first play so many times fewer paths: they are the very same paths, to be compared with it. */
const FEWER = 5;
const PATHS_MIN = 1_000;
/** What the kernel takes at most. */
const TRIALS_MAX = 10_000;

export const VALIDATION = 'validation';
export const sizeName = (size: Ppm): string => (size === AS_TRADED ? 'as traded' : `size ${formatPpm(size)}`);
export const stressName = (stress: Stress): string => `stress ${stress}`;
export const mixName = (nth: number): string => `strategy ${nth + 1}`;

/** A run that is known to be needed. There is none where the tier would not let it trade: then it is left out. */
type Planned = { readonly name: string; readonly paths: number; readonly run: () => Run | undefined };

/** What is played next; undefined: all is there that the odds are told from. No name is asked for twice. */
export function nextRun(study: Study, done: RunResults): Run | undefined {
  for (const { name, run } of plannedOf(study, done)) {
    const next = done.has(name) ? undefined : run();
    if (next) return next;
  }
  const { next } = sizeSearchOf(study, done);
  if (next === null || study.asks.scope === 'firm') return undefined;
  return sizeRun(study, strategyOf(study.asks.strategy, done), next).run();
}

/** How far a study is, in paths. The search of a size counts with the most that it may take, until it is over. */
export function pathsOf(study: Study, done: RunResults): { readonly done: number; readonly of: number } {
  const planned = plannedOf(study, done).filter(({ name, run }) => done.has(name) || run() !== undefined);
  const searched = study.asks.scope === 'everything' ? SIZES_SEARCHED_MAX * fewerPaths(study) : 0;
  const of = total(planned) + searched;
  if (nextRun(study, done) === undefined) return { done: of, of };
  const known = new Set(planned.map(({ name }) => name));
  const looked = [...done.keys()].filter((name) => !known.has(name)).length;
  return { done: total(planned.filter(({ name }) => done.has(name))) + looked * fewerPaths(study), of };
}

/** Where the search of the size stands at which a floor is broken by at most 5 % of the paths. */
export function sizeSearchOf(study: Study, done: RunResults): ReturnType<typeof searchedSize> {
  if (study.asks.scope !== 'everything') return { next: null, safe: null };
  const { strategy } = study.asks;
  return searchedSize({
    grid: SIZES.filter((size) => done.has(sizeName(size))),
    countsOf: (size) => countsOf(done, sizeName(size)),
    isLetIn: (size) => sizeRun(study, strategy, size).run() !== undefined,
  });
}

export function countsOf(done: RunResults, name: string): PathCounts | undefined {
  const result = done.get(name);
  return result?.kind === 'paths' ? result.counts : undefined;
}

const total = (planned: readonly Planned[]): number => planned.reduce((sum, { paths }) => sum + paths, 0);

const fewerPaths = ({ paths }: Study): number => Math.min(paths, Math.max(PATHS_MIN, Math.floor(paths / FEWER)));

function plannedOf(study: Study, done: RunResults): readonly Planned[] {
  const { asks, paths } = study;
  if (asks.scope === 'firm') {
    return asks.mix.map(({ strategy }, nth) =>
      pathsRun(study, { name: mixName(nth), paths, strategy: () => strategy }),
    );
  }
  const strategy = strategyOf(asks.strategy, done);
  const first = [...validationOf(study), sizeRun(study, strategy, AS_TRADED)];
  if (asks.scope === 'everything') return [...first, ...othersOf(study, strategy, asks.worstDay)];
  // Both sizes are told equally well; it is the difference that was asked for.
  const { size } = asks;
  if (size === AS_TRADED) return first;
  return [...first, pathsRun(study, { name: sizeName(size), paths, strategy: () => ofSize(strategy, size) })];
}

function othersOf(study: Study, strategy: Strategy, worstDay: readonly PastTrade[] | null): readonly Planned[] {
  const paths = fewerPaths(study);
  const stresses = STRESSES.map((stress) =>
    pathsRun(study, { name: stressName(stress), paths, strategy: () => stressed(stress, strategy) }),
  );
  const worst = { name: stressName('worst_day'), paths, strategy: () => strategy, worstDay };
  return [
    ...OTHER_SIZES.map((size) => sizeRun(study, strategy, size)),
    ...stresses,
    ...(worstDay === null ? [] : [pathsRun(study, worst)]),
  ];
}

/** Whether trades can be told from luck, which nobody needs to ask of trades that never won. */
function validationOf(study: Study): readonly Planned[] {
  const { asks, seed } = study;
  if (asks.scope === 'firm' || asks.strategy.trades.kind === 'odds') return [];
  const resultCents = asks.strategy.trades.trades.map((trade) => trade.resultCents);
  if (!resultCents.some((cents) => cents > 0n)) return [];
  const trials = asks.scope === 'everything' ? Math.min(TRIALS_MAX, Math.max(1, asks.trials)) : 1;
  const run: Run = { kind: 'validation', name: VALIDATION, resultCents, trials, seed };
  return [{ name: VALIDATION, paths: fewerPaths(study), run: () => run }];
}

/** The strategy that is asked about, its trades drawn in runs as long as the validation found them to be. */
function strategyOf(strategy: Strategy, done: RunResults): Strategy {
  const { trades } = strategy;
  const result = done.get(VALIDATION);
  if (trades.kind === 'odds' || result?.kind !== 'validation') return strategy;
  const meanBlock = Math.min(MEAN_BLOCK_MAX, Math.max(1, result.validation.meanBlock));
  return { ...strategy, trades: { ...trades, meanBlock } };
}

const sizeRun = (study: Study, strategy: Strategy, size: Ppm): Planned =>
  pathsRun(study, {
    name: sizeName(size),
    paths: size === AS_TRADED ? study.paths : fewerPaths(study),
    strategy: () => ofSize(strategy, size),
  });

type Played = {
  readonly name: string;
  readonly paths: number;
  /** Undefined where there is nothing to trade. */
  readonly strategy: () => Strategy | undefined;
  readonly worstDay?: readonly PastTrade[] | null;
};

/** All runs of a study have its seed: what differs between them comes of what is asked, not of luck. */
function pathsRun(study: Study, { name, paths, strategy, worstDay = null }: Played): Planned {
  const { rules, at, days, account, seed } = study;
  const run = (): Run | undefined => {
    const played = strategy();
    const simulation = played && simulationOf({ rules, strategy: played, at, days, account, worstDay });
    return simulation?.ok ? { kind: 'paths', name, simulated: simulation.value, seed, paths } : undefined;
  };
  return { name, paths, run };
}
