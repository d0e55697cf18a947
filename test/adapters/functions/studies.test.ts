import { randomUUID } from 'node:crypto';
import { makeAssessmentStore } from '../../../adapters/cockroach/assessments/assessment-store';
import { makeStudyQueue } from '../../../adapters/cockroach/studies/study-queue';
import { idOf, type UserId } from '../../../domain/kernel/ids';
import type { Orchestrator } from '../../../engines/simulation/orchestrator';
import { functionDatabase } from '../../../runtime/database';
import { freePort } from '../../fixtures/free-port';
import { orchestrating } from '../../fixtures/simulation/orchestrating';
import { RayStandIn } from '../../fixtures/simulation/ray-stand-in';
import { newAssessment, rules } from '../../fixtures/stored-account';
import { FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
let ray: RayStandIn;
let orchestrator: Orchestrator;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  ray = await new RayStandIn().listen();
  ({ orchestrator } = orchestrating(makeStudyQueue(await functionDatabase()), ray.url));
  await orchestrator.tellReady();
});
afterAll(async () => {
  await orchestrator.stop();
  await ray.stop();
  await world.stop();
});

const strategy = {
  winRate: '0.45',
  riskUsd: '500',
  payoff: '1.5',
  tradesPerDay: 3,
  heldMinutes: 60,
  restsOnWeekends: false,
};

async function trader() {
  const person = await signedIn(world);
  const { given, inbox } = newAssessment({ userId: idOf<UserId>(person.userId) });
  const pinned = { ...given.pinned, rules: { ...rules, riskPerTrade: null } };
  await makeAssessmentStore(await functionDatabase()).create({ ...given, pinned }, inbox);
  const { assessmentId } = given;
  const { token } = person;
  const asked = (changes: object = {}) => ({
    studyId: randomUUID(),
    subject: { kind: 'assessment', assessmentId },
    trades: { kind: 'odds', strategy },
    days: 20,
    paths: 1_000,
    ...changes,
  });
  return {
    ...person,
    assessmentId,
    asked,
    ask: (body: object = asked()) => world.call('POST /studies', { token, body }),
    read: (studyId: string) => world.call(`GET /studies/${studyId}`, { token }),
    list: (query = {}) => world.call('GET /studies', { token, query }),
    cancel: (studyId: string) => world.call(`DELETE /studies/${studyId}`, { token }),
  };
}

/** Plays what waits, and resolves when it is over. */
async function ended(read: () => Promise<{ body: { status: string } }>) {
  await orchestrator.claim();
  for (;;) {
    const { body } = await read();
    if (!['requested', 'running'].includes(body.status)) return body;
    await new Promise((go) => setTimeout(go, 20));
  }
}

/** Goal: who asks for odds is answered at once, sees how far it is, and has them in the end. */
test('odds are asked for, played, and read', async () => {
  const { asked, ask, read, list, assessmentId } = await trader();
  const body = asked();
  const first = await ask(body);
  expect(first).toMatchObject({
    status: 202,
    body: { studyId: body.studyId, status: 'requested', done: 0, odds: null },
  });
  expect(await ended(() => read(body.studyId))).toMatchObject({
    status: 'completed',
    scope: 'everything',
    trades: 'odds',
  });
  const done = await read(body.studyId);
  expect(done.body).toMatchObject({ done: done.body.of, odds: { paths: 1_000, passed: { share: '0.333' } } });
  const { body: listed } = await list({ assessmentId });
  expect(listed.studies).toMatchObject([{ studyId: body.studyId, passed: { share: '0.333' } }]);
});
