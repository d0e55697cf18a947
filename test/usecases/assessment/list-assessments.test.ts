import { decideRetry } from '../../../domain/assessment/progression/attempts';
import { idOf, type UserId } from '../../../domain/kernel/ids';
import { listAssessments } from '../../../usecases/assessment/list-assessments';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { openTrading } from '../../fixtures/open-trading';
import { dollars, rules } from '../../fixtures/stored-account';

/** A trader whose only assessment has failed, of a tier with two free retries and a reset for 149. */
async function failedOnce() {
  const { world, assessmentId, accountId, userId } = await openTrading();
  const kept = world.accounts.get(accountId);
  if (!kept) throw new Error('opened above');
  kept.snapshot = { ...kept.snapshot, status: 'failed' };
  const pinned = { ...kept.snapshot, tierId: idOf<never>('t'), tierName: 'Sprint', tierSlug: 'sprint', resetOf: null };
  const program = { phases: [{ name: 'Sprint', rules }], retries: 2, resetPriceUsd: dollars(149) };
  world.pinned.set(kept.purchaseId, { ...pinned, program });
  const assessments = memoryAssessmentStore(world);
  const list = listAssessments({ assessments });
  return { world, kept, assessments, assessmentId, list: () => list(userId), listOf: list };
}

test('a failure is listed with as many retries as the platform would grant', async () => {
  const { assessments, assessmentId, list, listOf } = await failedOnce();
  expect(await list()).toMatchObject([{ assessmentId, status: 'failed', retriesLeft: 2, resetPriceUsd: null }]);
  const history = await assessments.course(assessmentId);
  expect(history && decideRetry(history, assessmentId).ok).toBe(true);
  expect(await listOf(idOf<UserId>('somebody else'))).toEqual([]);
});

test('an assessment whose course was not yet read offers nothing', async () => {
  const { world, kept, list } = await failedOnce();
  world.pinned.delete(kept.purchaseId);
  expect(await list()).toMatchObject([{ retriesLeft: 0, resetPriceUsd: null }]);
});
