import type { Run, RunResult } from './run';

/** Why a result cannot be the answer to this run; undefined where it may be. Nobody is taken at their word. */
export function answerFault(run: Run, result: RunResult): string | undefined {
  if (run.kind === 'paths' && result.kind === 'paths') {
    const { paths, fan } = result.counts;
    if (paths !== run.paths) return `has ${paths} paths where ${run.paths} were asked for`;
    const days = run.simulated.calendar.days.length;
    return fan.length === days ? undefined : `has ${fan.length} days where ${days} were asked for`;
  }
  if (run.kind === 'validation' && result.kind === 'validation') {
    const { trades, trials } = result.validation;
    const isOfRun = trades === run.resultCents.length && trials === run.trials;
    return isOfRun ? undefined : `is of ${trades} trades and ${trials} trials`;
  }
  return `is of kind ${result.kind}`;
}
