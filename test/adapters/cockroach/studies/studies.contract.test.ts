import { idOf, type UserId } from '../../../../domain/kernel/ids';
import { DAY_MS, type Instant, instant } from '../../../../domain/kernel/instant';
import { uuidIds } from '../../../../runtime/edge';
import type { ClaimedStudy, StudyQueue } from '../../../../usecases/ports/simulation/study-queue';
import type { NewStudy, StudyLimits, StudyStore } from '../../../../usecases/ports/simulation/study-store';
import { studyEvent } from '../../../../usecases/simulation/study-event';
import { newStudy, odds, played, study } from '../../../fixtures/simulation/asked-study';
import { NOW, trace } from '../../../fixtures/stored-account';
import { IMPLEMENTATIONS } from '../stores';

const LIMITS: StudyLimits = {
  openMax: 2,
  askedMax: 3,
  askedSince: instant(NOW - 3_600_000),
  sameSince: instant(NOW - DAY_MS),
};
const CLAIM_MS = 10_000;
const after = (ms: number): Instant => instant(NOW + ms);
const person = (): UserId => idOf<UserId>(uuidIds.next());
const told = ({ studyId, userId }: Pick<NewStudy, 'studyId' | 'userId'>) =>
  studyEvent({ trace, at: NOW, ids: uuidIds }, { studyId, userId, assessmentId: null }, 'monte-carlo.cancelled', {});

/** Goal: a study is asked for once, played by one at a time, and ends once, whoever wakes late. */
describe.each(IMPLEMENTATIONS)('studies %s', (_, open) => {
  let studies: StudyStore;
  let queue: StudyQueue;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    ({ studies, studyQueue: queue } = opened.stores);
    close = opened.close;
  });
  afterAll(() => close());
  /** What others of these tests left open is taken away first. */
  const claimOf = async (given: NewStudy, ms = 0): Promise<ClaimedStudy | undefined> => {
    const claimed = await queue.claim(after(ms), after(ms + CLAIM_MS), 100);
    return claimed.find(({ fence }) => fence.studyId === given.studyId);
  };
  const request = (given: NewStudy, limits = LIMITS) => studies.request(given, limits);
  async function claimed(given = newStudy()) {
    await request(given);
    const claim = await claimOf(given);
    if (!claim) throw new Error('it waits, so it is claimed');
    return { given, fence: claim.fence, claim };
  }

  test('what is asked for is kept as it was asked, and found by its id and by its question', async () => {
    const given = newStudy();
    expect(await request(given)).toBe('requested');
    const kept = await studies.find(given.studyId);
    const { study: _study, digest: _digest, message: _message, ...rest } = given;
    expect(kept).toEqual({ ...rest, status: 'requested', failure: null, done: 0, endedAt: null });
    expect(await studies.findSame(given.userId, given.digest, LIMITS.sameSince)).toEqual(kept);
    expect(await studies.findSame(given.userId, given.digest, after(1))).toBeUndefined();
    expect(await studies.findSame(person(), given.digest, LIMITS.sameSince)).toBeUndefined();
    expect(await queue.study(given.studyId)).toEqual(study);
    expect(await studies.odds(given.studyId)).toBeUndefined();
  });

  test('the same id, and the same question of the same person, is asked once', async () => {
    const given = newStudy();
    await request(given);
    expect(await request(given)).toBe('overtaken');
    expect(await request(newStudy(NOW, { studyId: given.studyId }))).toBe('overtaken');
    expect(await request(newStudy(NOW, { userId: given.userId, digest: given.digest }))).toBe('overtaken');
    expect(await request(newStudy(NOW, { digest: given.digest }))).toBe('requested');
  });

  test('of many at once as many are taken as may be open', async () => {
    const userId = person();
    const asked = await Promise.all(Array.from({ length: 8 }, () => request(newStudy(NOW, { userId }))));
    expect(asked.filter((answer) => answer === 'requested')).toHaveLength(2);
    expect(await studies.use(userId, LIMITS.askedSince)).toEqual({ open: 2, askedAt: [NOW, NOW] });
  });

  test('those that were cancelled count for the hour, those that failed do not, nor those before it', async () => {
    const userId = person();
    const none = { ...LIMITS, openMax: 100 };
    await request(newStudy(instant(LIMITS.askedSince - 1), { userId }), none);
    const cancelled = newStudy(NOW, { userId });
    await request(cancelled, none);
    await studies.cancel(cancelled.studyId, NOW, told(cancelled));
    const { given, fence } = await claimed(newStudy(NOW, { userId }));
    await queue.end(fence, { status: 'failed', failure: 'ray_unavailable' }, NOW, told(given));
    expect(await studies.use(userId, LIMITS.askedSince)).toEqual({ open: 1, askedAt: [NOW] });
    for (const answer of ['requested', 'requested', 'overtaken']) {
      expect(await request(newStudy(NOW, { userId }), none)).toBe(answer);
    }
  });

  test('of many who claim at once one has it, with whose it is and what caused it', async () => {
    const given = newStudy();
    await request(given);
    const answers = await Promise.all(Array.from({ length: 6 }, () => claimOf(given)));
    const [claim, ...others] = answers.filter((answer) => answer !== undefined);
    expect(others).toEqual([]);
    expect(claim).toEqual({
      fence: { studyId: given.studyId, epoch: 1 },
      userId: given.userId,
      assessmentId: null,
      scope: 'size',
      requestedAt: NOW,
      startedAt: NOW,
      progress: { done: 0, of: 2_000 },
      trace,
    });
    expect((await studies.find(given.studyId))?.status).toBe('running');
  });

  test.each`
    keptMs       | askedMs   | epoch        | story
    ${undefined} | ${9_999}  | ${undefined} | ${'nobody has it who asks before the claim expires'}
    ${undefined} | ${10_000} | ${2}         | ${'it expires to the millisecond'}
    ${5_000}     | ${14_999} | ${undefined} | ${'a renewal makes it last'}
    ${5_000}     | ${15_000} | ${2}         | ${'so long and no longer'}
  `('$story', async ({ keptMs, askedMs, epoch }) => {
    const { given, fence } = await claimed();
    if (keptMs !== undefined) expect(await queue.keep(fence, after(keptMs + CLAIM_MS))).toBe(true);
    expect((await claimOf(given, askedMs))?.fence.epoch).toBe(epoch);
  });

  test('who comes later goes on behind the runs that are saved, and keeps when it began', async () => {
    const { given, fence } = await claimed();
    const [[name, result] = ['', undefined]] = [...played()];
    if (!result) throw new Error('something is played');
    expect(await queue.saveRun(fence, name, result)).toBe(true);
    expect(await queue.progress(fence, { done: 1_000, of: 2_000 }, told(given))).toBe(true);
    const later = await claimOf(given, 20_000);
    expect(later).toMatchObject({ startedAt: NOW, progress: { done: 1_000, of: 2_000 }, fence: { epoch: 2 } });
    expect(await queue.runs(given.studyId)).toEqual(new Map([[name, result]]));
  });

  test('an owner that was away too long writes nothing', async () => {
    const { given, fence } = await claimed();
    const later = await claimOf(given, 20_000);
    const [[name, result] = ['', undefined]] = [...played()];
    if (!result || !later) throw new Error('something is played');
    expect(await queue.keep(fence, after(99_999))).toBe(false);
    expect(await queue.saveRun(fence, name, result)).toBe(false);
    expect(await queue.progress(fence, { done: 1, of: 2 }, told(given))).toBe(false);
    expect(await queue.end(fence, { status: 'completed', odds: odds() }, NOW, told(given))).toBe(false);
    await queue.release(fence);
    expect(await claimOf(given, 20_001)).toBeUndefined();
    expect(await queue.runs(given.studyId)).toEqual(new Map());
    expect(await studies.find(given.studyId)).toMatchObject({ status: 'running', done: 0 });
    expect(await queue.end(later.fence, { status: 'completed', odds: odds() }, NOW, told(given))).toBe(true);
  });

  test('what is given back is claimed at once', async () => {
    const { given, fence } = await claimed();
    await queue.release(fence);
    expect((await claimOf(given, 1))?.fence.epoch).toBe(2);
  });

  test('it ends once, and its odds are read as they were written', async () => {
    const { given, fence } = await claimed();
    const end = { status: 'completed', odds: odds() } as const;
    const ended = await Promise.all([1, 2, 3].map(() => queue.end(fence, end, after(5), told(given))));
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await studies.find(given.studyId)).toMatchObject({ status: 'completed', done: 2_000, endedAt: after(5) });
    expect(await studies.odds(given.studyId)).toEqual(odds());
    expect(await studies.listOf(given.userId, undefined, 5)).toMatchObject([{ passed: odds().passed }]);
    expect(await studies.cancel(given.studyId, after(6), told(given))).toBe(false);
    expect(await claimOf(given, 99_999)).toBeUndefined();
    expect(await queue.runs(given.studyId)).toEqual(new Map());
  });

  test('who plays a cancelled one notices, and it is not claimed again', async () => {
    const { given, fence } = await claimed();
    expect(await studies.cancel(given.studyId, after(5), told(given))).toBe(true);
    expect(await queue.keep(fence, after(99_999))).toBe(false);
    expect(await queue.end(fence, { status: 'failed', failure: 'deadline_passed' }, NOW, told(given))).toBe(false);
    expect(await claimOf(given, 99_999)).toBeUndefined();
    expect(await studies.find(given.studyId)).toMatchObject({ status: 'cancelled', failure: null, endedAt: after(5) });
    expect(await studies.findSame(given.userId, given.digest, LIMITS.sameSince)).toBeUndefined();
  });

  test('that it is ready never becomes less', async () => {
    await queue.tellReady(after(60_000));
    await queue.tellReady(after(30_000));
    expect(await studies.readyUntil()).toBe(after(60_000));
  });
});
