import { type AssessmentId, idOf } from '../../../domain/kernel/ids';
import { RULES } from '../../domain/story';
import { BOUGHT, begun, Course, FIRST, PROGRAM, RESET } from './course-story';
import { ANN, BOB } from './shop';

describe('what a purchase grants', () => {
  test('is the first phase, once, however often and by whatever event it is told', async () => {
    const course = await begun();
    expect(await course.grant()).toBe('duplicate');
    expect(await course.grant('told again')).toBe('duplicate');
    expect(course.told()).toBe('1.1 purchase active');
    expect(course.created()).toEqual(['1/2 attempt 1']);
    const { snapshot, tierName } = course.kept(FIRST);
    expect([tierName, snapshot.ruleSetVersion, snapshot.ruleSetHash]).toEqual(['Two steps', 4, 'f'.repeat(64)]);
    expect(snapshot.rules).toBe(PROGRAM.phases[0]?.rules);
    expect(snapshot.account.cashUsd).toBe(RULES.startingUsd);
  });

  test('is the next attempt at the failed phase when a reset was bought, beside a retry that came first', async () => {
    const course = await begun('failed');
    course.pays(FIRST);
    expect(await course.retry(FIRST)).toMatchObject({ ok: true });
    const [event, opened] = ['reset paid', idOf<AssessmentId>('a-reset')];
    expect(await course.grant(event, RESET, opened)).toBe('created');
    expect(await course.grant(event, RESET, opened)).toBe('duplicate');
    expect(await course.grant('told again', RESET, opened)).toBe('duplicate');
    expect(course.told()).toBe('1.1 purchase failed, 1.2 retry active, 1.3 reset active');
    expect(course.kept(opened).purchaseId).toBe(BOUGHT);
  });

  test('is a loud failure when nothing was bought', async () => {
    await expect(new Course().grant('x', idOf('p-none'))).rejects.toThrow('its program is pinned');
  });
});

describe('a pass', () => {
  test('opens the next phase in an account of its own, once', async () => {
    const course = await begun('passed');
    expect(await course.advance(FIRST, 'passed')).toBe('created');
    expect(await course.advance(FIRST, 'passed')).toBe('duplicate');
    expect(await course.advance(FIRST, 'told again')).toBe('duplicate');
    expect(course.told()).toBe('1.1 purchase passed, 2.1 advance active');
    expect(course.created()).toEqual(['1/2 attempt 1', '2/2 attempt 1']);
    const next = course.kept(course.at('2.1'));
    expect(next.snapshot.accountId).not.toBe(course.kept(FIRST).snapshot.accountId);
    expect(next.snapshot).toMatchObject({ userId: ANN, ruleSetVersion: 4, version: 1 });
    expect(next.snapshot.rules).toBe(PROGRAM.phases[1]?.rules);
  });

  test('of the last phase finishes the program', async () => {
    const course = await begun('passed');
    await course.advance(FIRST, 'passed');
    const last = course.at('2.1');
    course.end(last, 'passed');
    expect(await course.advance(last, 'passed too')).toBe('finished');
    expect(course.told()).toBe('1.1 purchase passed, 2.1 advance passed');
  });

  test('of two attempts at one phase opens the next phase once', async () => {
    const course = await begun('failed');
    course.pays(FIRST);
    await course.retry(FIRST);
    await course.grant('paid', RESET, idOf('a-reset'));
    course.end(course.at('1.2'), 'passed');
    course.end(course.at('1.3'), 'passed');
    const passed = ['1.2', '1.3'].map((place) => course.advance(course.at(place), `passed ${place}`));
    expect((await Promise.all(passed)).sort()).toEqual(['created', 'duplicate']);
  });
});

describe('a retry', () => {
  test('opens the next attempt at the phase once, and answers everybody with it', async () => {
    const course = await begun('failed');
    const answers = await Promise.all(Array.from({ length: 10 }, () => course.retry(FIRST)));
    expect(course.told()).toBe('1.1 purchase failed, 1.2 retry active');
    const { accountId, assessmentId } = course.kept(course.at('1.2')).snapshot;
    expect(answers).toEqual(answers.map(() => ({ ok: true, value: { assessmentId, accountId } })));
    expect(course.created()).toEqual(['1/2 attempt 1', '1/2 attempt 2']);
  });

  test.each`
    story                       | status       | user   | refusal
    ${'of one that is open'}    | ${undefined} | ${ANN} | ${'assessment_not_failed'}
    ${'of one that has passed'} | ${'passed'}  | ${ANN} | ${'assessment_not_failed'}
    ${'of somebody else’s'}     | ${'failed'}  | ${BOB} | ${'assessment_unknown'}
  `('$story is refused', async ({ status, user, refusal }) => {
    const course = await begun(status);
    expect(await course.retry(FIRST, user)).toMatchObject({ ok: false, refusal, fault: { field: 'assessmentId' } });
    expect(course.world.accounts.size).toBe(1);
  });

  test('is one a phase: after it is used, the phase after a pass has its own', async () => {
    const course = await begun('failed');
    await course.retry(FIRST);
    const second = course.at('1.2');
    course.end(second, 'failed');
    expect(await course.retry(second)).toMatchObject({ refusal: 'retries_used' });
    course.end(second, 'passed');
    await course.advance(second, 'passed');
    course.end(course.at('2.1'), 'failed');
    expect(await course.retry(course.at('2.1'))).toMatchObject({ ok: true });
    expect(course.created().at(-1)).toBe('2/2 attempt 2');
  });

  test('of an unknown assessment is refused', async () => {
    expect(await new Course().retry(idOf('a-none'))).toMatchObject({ refusal: 'assessment_unknown' });
  });
});
