import type { Instant } from '../../domain/kernel/instant';
import { oddsOf } from '../../domain/simulation/study/odds';
import { nextRun, pathsOf } from '../../domain/simulation/study/plan';
import type { Run, RunResult } from '../../domain/simulation/study/run';
import type { Study } from '../../domain/simulation/study/study';
import type { Ids } from '../../usecases/ports/clock-and-ids';
import type { Sampler } from '../../usecases/ports/simulation/sampler';
import type { ClaimedStudy, StudyEnd, StudyQueue } from '../../usecases/ports/simulation/study-queue';
import type { StudyFailure } from '../../usecases/ports/simulation/study-store';
import { studyEvent } from '../../usecases/simulation/study-event';
import { type HeldParts, HeldStudy } from './held-study';
import type { SimulationMetrics, StudyParting } from './metrics';

export type PlayerParts = HeldParts & {
  readonly queue: StudyQueue;
  readonly sampler: Sampler;
  readonly now: () => Instant;
  readonly ids: Ids;
  readonly metrics: SimulationMetrics;
};

const DEADLINE_MS = 5 * 60_000;
const FIRM_DEADLINE_MS = 10 * 60_000;
/** Nobody waits longer for the beginning of a study. */
const WAITS_MS_MAX = 3_600_000;
/** A study that ended so many of those who played it is not played again. */
const CLAIMS_MAX = 10;
const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 5_000;

/** Plays a study that was claimed, run by run, to its end. Never throws. */
export async function playStudy(parts: PlayerParts, claimed: ClaimedStudy, stopping: AbortSignal): Promise<void> {
  const beganMs = parts.nowMs();
  const held = new HeldStudy(parts, claimed, stopping, deadlineMs(claimed, parts.now()));
  let how: StudyParting;
  try {
    how = await partingOf(parts, claimed, held);
  } catch (error) {
    // What the store does not take for so long is claimed again when the claim has expired.
    parts.onFailure(error, 'a study could not be ended');
    how = 'lost';
  } finally {
    await held.close();
  }
  parts.metrics.parted(how, (parts.nowMs() - beganMs) / 1_000);
}

const deadlineMs = ({ scope, startedAt }: ClaimedStudy, now: Instant): number =>
  Math.max(0, startedAt + (scope === 'firm' ? FIRM_DEADLINE_MS : DEADLINE_MS) - now);

async function partingOf(parts: PlayerParts, claimed: ClaimedStudy, held: HeldStudy): Promise<StudyParting> {
  const end = await endOf(parts, claimed, held);
  if (end === 'lost') return 'lost';
  if (end === 'stopping') {
    await held.insist(() => parts.queue.release(claimed.fence));
    return 'given_back';
  }
  const at = parts.now();
  const stamp = { trace: claimed.trace, at, ids: parts.ids };
  const studied = { ...claimed, studyId: claimed.fence.studyId };
  const message =
    end.status === 'completed'
      ? studyEvent(stamp, studied, 'monte-carlo.completed', { passedShare: end.odds.passed.share })
      : studyEvent(stamp, studied, 'monte-carlo.failed', { reason: end.failure });
  const hasEnded = await held.insist(() => parts.queue.end(claimed.fence, end, at, message));
  if (!hasEnded) return 'lost';
  return end.status === 'completed' ? 'completed' : end.failure;
}

type Ending = StudyEnd | 'lost' | 'stopping';

async function endOf(parts: PlayerParts, claimed: ClaimedStudy, held: HeldStudy): Promise<Ending> {
  if (claimed.fence.epoch > CLAIMS_MAX) return failed('internal_error');
  if (claimed.startedAt - claimed.requestedAt > WAITS_MS_MAX) return failed('deadline_passed');
  try {
    const { studyId } = claimed.fence;
    const study = await held.insist(() => parts.queue.study(studyId));
    const done = new Map(await held.insist(() => parts.queue.runs(studyId)));
    return await playedOut(parts, study, done, held);
  } catch (error) {
    if (held.isOver) return held.isOver === 'deadline' ? failed(lateness(held)) : held.isOver;
    // A study that cannot be read or planned will not be the next time either.
    parts.onFailure(error, 'a study cannot be played');
    return failed('internal_error');
  }
}

const failed = (failure: StudyFailure): StudyEnd => ({ status: 'failed', failure });

const lateness = ({ isAway }: HeldStudy): StudyFailure => (isAway ? 'ray_unavailable' : 'deadline_passed');

async function playedOut(
  parts: PlayerParts,
  study: Study,
  done: Map<string, RunResult>,
  held: HeldStudy,
): Promise<Ending> {
  for (;;) {
    const before = pathsOf(study, done);
    held.follow(before, 0);
    const run = nextRun(study, done);
    if (!run) return { status: 'completed', odds: oddsOf(study, done) };
    const result = await resultOf(parts, run, (paths) => held.follow(before, paths), held);
    if (result === 'refused') return failed('refused_by_kernel');
    done.set(run.name, result);
    if (!(await held.insist(() => parts.queue.saveRun(held.fence, run.name, result)))) return 'lost';
  }
}

/** Asks for a run until there is an answer. Throws when the study is over for this copy. */
async function resultOf(
  { sampler, metrics, nowMs, onFailure }: PlayerParts,
  run: Run,
  onProgress: (paths: number) => void,
  held: HeldStudy,
): Promise<RunResult | 'refused'> {
  for (let waitMs = RETRY_MS_MIN; ; waitMs = Math.min(RETRY_MS_MAX, 2 * waitMs)) {
    const beganMs = nowMs();
    const played = await sampler.play(run, onProgress, held.signal);
    held.mustGoOn();
    metrics.run(played.kind, (nowMs() - beganMs) / 1_000);
    held.isAway = played.kind === 'away';
    switch (played.kind) {
      case 'played':
        return played.result;
      case 'refused':
        onFailure(new Error(`${played.field} ${played.rule}`), `run ${run.name} was refused`);
        return 'refused';
      case 'busy':
        await held.pause(played.retryAfterMs);
        break;
      case 'away':
        onFailure(new Error(played.reason), `run ${run.name} is tried again`);
        await held.pause(waitMs);
        break;
    }
  }
}
