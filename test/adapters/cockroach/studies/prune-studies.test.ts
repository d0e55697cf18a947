import type { Database } from '../../../../adapters/cockroach/connection/database';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { pruneStudies } from '../../../../adapters/cockroach/studies/prune-studies';
import { makeStudyQueue } from '../../../../adapters/cockroach/studies/study-queue';
import { makeStudyStore } from '../../../../adapters/cockroach/studies/study-store';
import { DAY_MS, instant } from '../../../../domain/kernel/instant';
import { newStudy, odds } from '../../../fixtures/simulation/asked-study';
import { NOW } from '../../../fixtures/stored-account';
import { migratedDatabase } from '../test-database';

let database: Database;
beforeAll(async () => {
  database = await migratedDatabase(2);
});
afterAll(() => database.close());

const inputs = sql<{ study_id: string }>('inputs_left')`SELECT study_id FROM study_inputs`;
const answers = sql<{ study_id: string }>('answers_left')`SELECT study_id FROM study_odds`;

/** Goal: what nobody asks for again goes after a year, with all that belongs to it; what is open stays. */
test('a study that ended goes when it is older than a year', async () => {
  const [studies, queue] = [makeStudyStore(database), makeStudyQueue(database)];
  const [old, young, open] = [400, 300, 401].map((days) => newStudy(instant(NOW - days * DAY_MS)));
  if (!old || !young || !open) throw new Error('three are made');
  const limits = { openMax: 9, askedMax: 9, askedSince: NOW, sameSince: NOW };
  for (const one of [old, young, open]) await studies.request(one, limits);
  for (const { fence } of await queue.claim(NOW, NOW, 9)) {
    if (fence.studyId !== open.studyId)
      await queue.end(fence, { status: 'completed', odds: odds() }, NOW, newStudy().message);
  }
  expect(await pruneStudies(database, NOW)).toEqual({ studies: 1 });
  expect(await studies.find(old.studyId)).toBeUndefined();
  expect((await database.query(inputs)).map((row) => row.study_id).sort()).toEqual(
    [young.studyId, open.studyId].sort(),
  );
  expect(await database.query(answers)).toEqual([{ study_id: young.studyId }]);
  expect(await pruneStudies(database, NOW)).toEqual({ studies: 0 });
});
