import { type Instant, instant } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import type { Run, RunResult } from '../../../domain/simulation/study/run';
import type { OrchestratorParts } from '../../../engines/simulation/orchestrator';
import { uuidIds } from '../../../runtime/edge';
import type { Played, Sampler } from '../../../usecases/ports/simulation/sampler';
import type { StudyQueue } from '../../../usecases/ports/simulation/study-queue';
import type { NewStudy } from '../../../usecases/ports/simulation/study-store';
import { studyEvent } from '../../../usecases/simulation/study-event';
import { MemoryStudies } from '../../fakes/memory-studies';
import { newStudy, odds, played } from '../../fixtures/simulation/asked-study';
import { orchestrating } from '../../fixtures/simulation/orchestrating';
import { NOW, trace } from '../../fixtures/stored-account';

const LIMITS = { openMax: 99, askedMax: 99, askedSince: NOW, sameSince: NOW };
const RESULTS = played();

const answer = (run: Run): Played => {
  const result = RESULTS.get(run.name);
  invariant(result !== undefined, `${run.name} is a run of the study`);
  return { kind: 'played', result };
};

type Play = (
  run: Run,
  signal: AbortSignal,
  nth: number,
  onProgress: (done: number) => void,
) => Played | Promise<Played>;

const untilAborted = (signal: AbortSignal): Promise<Played> =>
  new Promise((resolve) => {
    const end = () => resolve({ kind: 'away', reason: 'aborted' });
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });

/** Studies in memory, a clock that the test turns, and a sampler that does as told; pauses turn the clock. */
class Story {
  readonly studies = new MemoryStudies();
  readonly asked: string[] = [];
  now: Instant = NOW;
  play: Play = answer;
  readonly given: NewStudy;
  private readonly sampler: Sampler = {
    play: async (run, onProgress, signal) => {
      this.asked.push(run.name);
      return this.play(run, signal, this.asked.length, onProgress);
    },
    isReady: async () => true,
  };

  constructor(changes: Partial<NewStudy> = {}) {
    this.given = newStudy(NOW, changes);
  }

  async open(changes: Partial<OrchestratorParts> = {}) {
    await this.studies.store.request(this.given, LIMITS);
    return this.start(changes);
  }

  start(changes: Partial<OrchestratorParts> = {}) {
    const { sampler } = this;
    return orchestrating(this.studies.queue, '', { sampler, now: () => this.now, ...changes });
  }

  get told() {
    return this.studies.messages.map(({ type, data }) => ({ type: type.slice('monte-carlo.'.length), ...data }));
  }

  /** Resolves when the study is over, or is as asked. */
  async until(status: string) {
    for (;;) {
      const kept = await this.studies.store.find(this.given.studyId);
      if (kept?.status === status) return kept;
      if (kept?.endedAt) throw new Error(`it ended as ${kept.status} ${kept.failure}`);
      await new Promise((go) => setTimeout(go, 5));
    }
  }
}

/** Goal: a study that was asked for ends once, with odds or a reason, whatever happens to those who play it. */
test('runs are played one after another, and the odds are those of the plan', async () => {
  const story = new Story();
  const { orchestrator, told } = await story.open();
  await orchestrator.claim();
  await story.until('completed');
  expect(story.asked).toEqual([...RESULTS.keys()]);
  expect(await story.studies.store.odds(story.given.studyId)).toEqual(odds());
  const [first, ...others] = story.told;
  expect(first).toMatchObject({ type: 'requested', scope: 'size' });
  expect(others.at(-1)).toMatchObject({ type: 'completed', passedShare: odds().passed.share });
  await orchestrator.stop();
  expect(told).toMatchObject({ parted: ['completed'], runs: ['played', 'played'] });
});

test('while a run is played its paths are told, and never fewer, though it begins anew', async () => {
  const story = new Story();
  const seen: number[] = [];
  let go: () => void = () => undefined;
  story.play = async (run, _signal, nth, onProgress) => {
    if (nth > 2) return answer(run);
    onProgress(nth === 1 ? 600 : 200);
    await new Promise<void>((resolve) => {
      go = resolve;
    });
    return nth === 1 ? { kind: 'away', reason: 'its worker died' } : answer(run);
  };
  const { orchestrator } = await story.open();
  await orchestrator.claim();
  for (const expected of [1, 2]) {
    while (story.asked.length < expected) await new Promise((later) => setTimeout(later, 5));
    const from = story.told.length;
    while (expected === 1 && !story.told.slice(from - 1).some((one) => 'done' in one && one.done === 600)) {
      await new Promise((later) => setTimeout(later, 20));
    }
    go();
  }
  await story.until('completed');
  for (const one of story.told) if ('done' in one) seen.push(one.done);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen).toContain(600);
  await orchestrator.stop();
});

test.each`
  story                        | answers                                              | status         | failure                | runs
  ${'busy, then played'}       | ${[{ kind: 'busy', retryAfterMs: 5 }]}               | ${'completed'} | ${null}                | ${['busy', 'played', 'played']}
  ${'away twice, then played'} | ${[{ kind: 'away' }, { kind: 'away' }]}              | ${'completed'} | ${null}                | ${['away', 'away', 'played', 'played']}
  ${'refused'}                 | ${[{ kind: 'refused', field: 'terms', rule: 'no' }]} | ${'failed'}    | ${'refused_by_kernel'} | ${['refused']}
`('$story ends as $status', async ({ answers, status, failure, runs }) => {
  const story = new Story();
  story.play = (run, _signal, nth) => answers[nth - 1] ?? answer(run);
  const { orchestrator, told } = await story.open();
  await orchestrator.claim();
  expect(await story.until(status)).toMatchObject({ status, failure });
  await orchestrator.stop();
  expect(told.runs).toEqual(runs);
  expect(story.told.filter(({ type }) => ['completed', 'failed', 'cancelled'].includes(type))).toHaveLength(1);
});

test.each`
  story                     | play                                                          | failure
  ${'Ray is away'}          | ${() => ({ kind: 'away', reason: 'refused the connection' })} | ${'ray_unavailable'}
  ${'Ray is always busy'}   | ${() => ({ kind: 'busy', retryAfterMs: 10 })}                 | ${'deadline_passed'}
  ${'a run takes for ever'} | ${(_run: Run, signal: AbortSignal) => untilAborted(signal)}   | ${'deadline_passed'}
`('$story until the deadline: $failure', async ({ play, failure }) => {
  const story = new Story();
  const { orchestrator } = await story.open();
  await story.studies.queue.claim(NOW, NOW, 1);
  // It was begun five minutes ago, all but a moment.
  story.now = instant(NOW + 5 * 60_000 - 400);
  story.play = play;
  await orchestrator.claim();
  expect(await story.until('failed')).toMatchObject({ failure });
  await orchestrator.stop();
});

test('a cancelled study is given up soon, and nothing more is told of it', async () => {
  const story = new Story();
  story.play = (_run, signal) => untilAborted(signal);
  const { orchestrator, told } = await story.open();
  await orchestrator.claim();
  await story.until('running');
  const { studyId, userId } = story.given;
  const studied = { studyId, userId, assessmentId: null };
  const message = studyEvent({ trace, at: NOW, ids: uuidIds }, studied, 'monte-carlo.cancelled', {});
  await story.studies.store.cancel(studyId, NOW, message);
  const count = story.told.length;
  const began = performance.now();
  while (told.parted.length === 0) await new Promise((later) => setTimeout(later, 10));
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(told.parted).toEqual(['lost']);
  expect(story.told.slice(count)).toEqual([]);
  await orchestrator.stop();
});

test('a copy that stops gives its study back, and another goes on behind the runs that are saved', async () => {
  const story = new Story();
  story.play = (run, signal, nth) => (nth === 1 ? answer(run) : untilAborted(signal));
  const first = await story.open();
  await first.orchestrator.claim();
  while (story.asked.length < 2) await new Promise((later) => setTimeout(later, 5));
  await first.orchestrator.stop();
  expect(first.told.parted).toEqual(['given_back']);
  story.play = answer;
  const second = story.start();
  await second.orchestrator.claim();
  await story.until('completed');
  const [one = '', two = ''] = [...RESULTS.keys()];
  expect(story.asked).toEqual([one, two, two]);
  await second.orchestrator.stop();
});

test('a copy that stood still writes nothing when it wakes: the study is another’s', async () => {
  const story = new Story();
  let wake: (played: Played) => void = () => undefined;
  story.play = (run, _signal, nth) =>
    nth > 1
      ? answer(run)
      : new Promise<Played>((resolve) => {
          wake = resolve;
        });
  const still: StudyQueue = { ...story.studies.queue, keep: async () => true };
  await story.studies.store.request(story.given, LIMITS);
  const first = orchestrating(still, '', {
    sampler: {
      play: (run) => Promise.resolve(story.play(run, new AbortController().signal, 1, () => undefined)),
      isReady: async () => true,
    },
    now: () => story.now,
  });
  await first.orchestrator.claim();
  story.now = instant(NOW + 20_000);
  story.play = answer;
  const second = story.start();
  await second.orchestrator.claim();
  await story.until('completed');
  wake({ kind: 'played', result: [...RESULTS.values()][0] as RunResult });
  while (first.told.parted.length === 0) await new Promise((later) => setTimeout(later, 5));
  expect(first.told.parted).toEqual(['lost']);
  expect(story.told.filter(({ type }) => type === 'completed')).toHaveLength(1);
  await Promise.all([first.orchestrator.stop(), second.orchestrator.stop()]);
});

test.each`
  story                                   | broken                                                                      | failure
  ${'it cannot be read'}                  | ${{ study: () => Promise.reject(new Error('invariant: no such rule')) }}    | ${'internal_error'}
  ${'what is saved of it makes no sense'} | ${{ runs: () => Promise.resolve(new Map([['as traded', { kind: 'x' }]])) }} | ${'internal_error'}
`('a study is not played for ever when $story', async ({ broken, failure }) => {
  const story = new Story();
  await story.studies.store.request(story.given, LIMITS);
  const { orchestrator } = orchestrating({ ...story.studies.queue, ...broken }, '', {
    sampler: { play: async (run) => answer(run), isReady: async () => true },
    now: () => story.now,
  });
  await orchestrator.claim();
  expect(await story.until('failed')).toMatchObject({ failure });
  await orchestrator.stop();
});

test('a study that ended ten who played it is not played again, and one that waited for an hour is not begun', async () => {
  const [poisoned, late] = [new Story(), new Story()];
  await poisoned.studies.store.request(poisoned.given, LIMITS);
  for (let claims = 0; claims < 10; claims++) await poisoned.studies.queue.claim(NOW, NOW, 1);
  await late.studies.store.request(late.given, LIMITS);
  late.now = instant(NOW + 3_600_001);
  for (const [story, failure] of [
    [poisoned, 'internal_error'],
    [late, 'deadline_passed'],
  ] as const) {
    const { orchestrator } = story.start();
    await orchestrator.claim();
    expect(await story.until('failed')).toMatchObject({ failure });
    expect(story.asked).toEqual([]);
    await orchestrator.stop();
  }
});

test('no more are played at a time than may be, and the next begins when one is over', async () => {
  const studies = new MemoryStudies();
  for (let n = 0; n < 5; n++) await studies.store.request(newStudy(instant(NOW + n)), LIMITS);
  let [playing, most] = [0, 0];
  const { orchestrator, told } = orchestrating(studies.queue, '', {
    atOnce: 2,
    now: () => instant(NOW + 100),
    sampler: {
      play: async (run) => {
        playing += 1;
        most = Math.max(most, playing);
        await new Promise((later) => setTimeout(later, 5));
        playing -= 1;
        return answer(run);
      },
      isReady: async () => true,
    },
  });
  await orchestrator.claim();
  while (told.parted.length < 5) await new Promise((later) => setTimeout(later, 5));
  expect([most, told.parted]).toEqual([2, Array.from({ length: 5 }, () => 'completed')]);
  await orchestrator.stop();
});

test('it says that it is ready while Ray is, and for a minute longer', async () => {
  const story = new Story();
  const ready = await story.open();
  expect(await ready.orchestrator.tellReady()).toBe(true);
  expect(await story.studies.store.readyUntil()).toBe(NOW + 60_000);
  const away = story.start({ sampler: { play: async (run) => answer(run), isReady: async () => false } });
  story.now = instant(NOW + 50_000);
  expect(await away.orchestrator.tellReady()).toBe(false);
  expect(await story.studies.store.readyUntil()).toBe(NOW + 60_000);
});
