import { type AssessmentId, idOf } from '../../../domain/kernel/ids';
import { RULES } from '../../fixtures/domain-story';
import { BOUGHT, begun, Course, FIRST, PROGRAM, RESET } from './course-story';
import { ANN, BOB } from './shop';

describe('what a purchase grants', () => {
  test('is the first phase, once, however often and by whatever event it is told', async () => {
    const attempts = await begun();
    expect(await attempts.grant()).toBe('duplicate');
    expect(await attempts.grant('told again')).toBe('duplicate');
    expect(attempts.told()).toBe('1.1 purchase active');
    expect(attempts.created()).toEqual(['1/2 attempt 1']);
    const { snapshot, tierName } = attempts.kept(FIRST);
    expect([tierName, snapshot.ruleSetVersion, snapshot.ruleSetHash]).toEqual(['Two steps', 4, 'f'.repeat(64)]);
    expect(snapshot.rules).toBe(PROGRAM.phases[0]?.rules);
    expect(snapshot.account.cashUsd).toBe(RULES.startingUsd);
  });

  test('is the next attempt at the failed phase when a reset was bought, beside a retry that came first', async () => {
    const attempts = await begun('failed');
    attempts.pays(FIRST);
    expect(await attempts.retry(FIRST)).toMatchObject({ ok: true });
    const [event, opened] = ['reset paid', idOf<AssessmentId>('a-reset')];
    expect(await attempts.grant(event, RESET, opened)).toBe('created');
    expect(await attempts.grant(event, RESET, opened)).toBe('duplicate');
    expect(await attempts.grant('told again', RESET, opened)).toBe('duplicate');
    expect(attempts.told()).toBe('1.1 purchase failed, 1.2 retry active, 1.3 reset active');
    expect(attempts.kept(opened).purchaseId).toBe(BOUGHT);
  });

  test('is a loud failure when nothing was bought', async () => {
    await expect(new Course().grant('x', idOf('p-none'))).rejects.toThrow('its program is pinned');
  });
});

describe('a pass', () => {
  test('opens the next phase in an account of its own, once', async () => {
    const attempts = await begun('passed');
    expect(await attempts.advance(FIRST, 'passed')).toBe('created');
    expect(await attempts.advance(FIRST, 'passed')).toBe('duplicate');
    expect(await attempts.advance(FIRST, 'told again')).toBe('duplicate');
    expect(attempts.told()).toBe('1.1 purchase passed, 2.1 advance active');
    expect(attempts.created()).toEqual(['1/2 attempt 1', '2/2 attempt 1']);
    const next = attempts.kept(attempts.at('2.1'));
    expect(next.snapshot.accountId).not.toBe(attempts.kept(FIRST).snapshot.accountId);
    expect(next.snapshot).toMatchObject({ userId: ANN, ruleSetVersion: 4, version: 1 });
    expect(next.snapshot.rules).toBe(PROGRAM.phases[1]?.rules);
  });

  test('of the last phase finishes the program', async () => {
    const attempts = await begun('passed');
    await attempts.advance(FIRST, 'passed');
    const last = attempts.at('2.1');
    attempts.end(last, 'passed');
    expect(await attempts.advance(last, 'passed too')).toBe('finished');
    expect(attempts.told()).toBe('1.1 purchase passed, 2.1 advance passed');
  });

  test('of two attempts at one phase opens the next phase once', async () => {
    const attempts = await begun('failed');
    attempts.pays(FIRST);
    await attempts.retry(FIRST);
    await attempts.grant('paid', RESET, idOf('a-reset'));
    attempts.end(attempts.at('1.2'), 'passed');
    attempts.end(attempts.at('1.3'), 'passed');
    const passed = ['1.2', '1.3'].map((place) => attempts.advance(attempts.at(place), `passed ${place}`));
    expect((await Promise.all(passed)).sort()).toEqual(['created', 'duplicate']);
  });
});

describe('a retry', () => {
  test('opens the next attempt at the phase once, and answers everybody with it', async () => {
    const attempts = await begun('failed');
    const answers = await Promise.all(Array.from({ length: 10 }, () => attempts.retry(FIRST)));
    expect(attempts.told()).toBe('1.1 purchase failed, 1.2 retry active');
    const { accountId, assessmentId } = attempts.kept(attempts.at('1.2')).snapshot;
    expect(answers).toEqual(answers.map(() => ({ ok: true, value: { assessmentId, accountId } })));
    expect(attempts.created()).toEqual(['1/2 attempt 1', '1/2 attempt 2']);
  });

  test.each`
    story                       | status       | user   | refusal
    ${'of one that is open'}    | ${undefined} | ${ANN} | ${'assessment_not_failed'}
    ${'of one that has passed'} | ${'passed'}  | ${ANN} | ${'assessment_not_failed'}
    ${'of somebody else’s'}     | ${'failed'}  | ${BOB} | ${'assessment_unknown'}
  `('$story is refused', async ({ status, user, refusal }) => {
    const attempts = await begun(status);
    expect(await attempts.retry(FIRST, user)).toMatchObject({ ok: false, refusal, fault: { field: 'assessmentId' } });
    expect(attempts.world.accounts.size).toBe(1);
  });

  test('is one a phase: after it is used, the phase after a pass has its own', async () => {
    const attempts = await begun('failed');
    await attempts.retry(FIRST);
    const second = attempts.at('1.2');
    attempts.end(second, 'failed');
    expect(await attempts.retry(second)).toMatchObject({ refusal: 'retries_used' });
    attempts.end(second, 'passed');
    await attempts.advance(second, 'passed');
    attempts.end(attempts.at('2.1'), 'failed');
    expect(await attempts.retry(attempts.at('2.1'))).toMatchObject({ ok: true });
    expect(attempts.created().at(-1)).toBe('2/2 attempt 2');
  });

  test('of an unknown assessment is refused', async () => {
    expect(await new Course().retry(idOf('a-none'))).toMatchObject({ refusal: 'assessment_unknown' });
  });
});
