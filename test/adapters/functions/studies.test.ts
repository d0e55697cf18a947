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
afterEach(async () => {
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

async function aTier() {
  const { body } = await world.call('GET /tiers');
  return { kind: 'tier', tierId: body.tiers[0].tierId };
}

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

test('the same id is the same study, another body under it is refused, and so is somebody else’s id', async () => {
  const { asked, ask } = await trader();
  const body = asked();
  const [first, again] = [await ask(body), await ask(body)];
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect(await ask({ ...body, days: 21 })).toMatchObject({
    status: 409,
    body: { refusal: 'study_id_reused', errors: [{ field: 'studyId' }] },
  });
  const other = await trader();
  expect(await other.ask(other.asked({ studyId: body.studyId }))).toMatchObject({ status: 409 });
});

test('twenty copies at once are one study', async () => {
  const { asked, ask, list } = await trader();
  const body = asked();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(body)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 19 }, () => 200), 202]);
  expect((await list()).body.studies).toHaveLength(1);
});

test('the same question within a day is answered by the study that is there, unless another seed is named', async () => {
  const { asked, ask, read } = await trader();
  const body = asked({ subject: await aTier(), paths: 1_001 });
  await ask(body);
  const again = await ask({ ...body, studyId: randomUUID() });
  expect(again).toMatchObject({ status: 200, body: { studyId: body.studyId } });
  const { odds } = await ended(() => read(body.studyId))
    .then(() => read(body.studyId))
    .then((answer) => answer.body);
  const seeded = { ...body, studyId: randomUUID(), seed: odds.seed };
  expect(await ask(seeded)).toMatchObject({ status: 202, body: { studyId: seeded.studyId } });
  const other = await trader();
  expect(await other.ask({ ...body, studyId: randomUUID() })).toMatchObject({ status: 202 });
});

test('two may be open at a time, and twenty in an hour: who asks again is told when', async () => {
  const { asked, ask, cancel } = await trader();
  const open = [asked({ days: 1 }), asked({ days: 2 })];
  for (const one of open) expect((await ask(one)).status).toBe(202);
  const third = asked({ days: 3 });
  expect(await ask(third)).toMatchObject({
    status: 429,
    body: { refusal: 'studies_open_max' },
    headers: { 'retry-after': '5' },
  });
  for (const one of open)
    expect(await cancel(one.studyId)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  for (let days = 3; days <= 20; days++) {
    const one = asked({ days });
    expect((await ask(one)).status).toBe(202);
    await cancel(one.studyId);
  }
  const over = await ask(asked({ days: 21 }));
  expect(over).toMatchObject({ status: 429, body: { refusal: 'studies_hour_max', errors: [{ field: 'studyId' }] } });
  const seconds = Number(over.headers['retry-after']);
  expect(seconds).toBeGreaterThan(3_500);
  expect(seconds).toBeLessThanOrEqual(3_600);
});

test('what is somebody else’s is not there: their assessment, their study, its cancellation', async () => {
  const [owner, other] = [await trader(), await trader()];
  const body = owner.asked();
  await owner.ask(body);
  expect(await other.read(body.studyId)).toMatchObject({ status: 404, body: { refusal: 'study_unknown' } });
  expect(await other.cancel(body.studyId)).toMatchObject({ status: 404 });
  expect((await owner.read(body.studyId)).body.status).toBe('requested');
  expect(await other.ask(other.asked({ subject: body.subject }))).toMatchObject({
    status: 404,
    body: { refusal: 'assessment_unknown', errors: [{ field: 'subject.assessmentId' }] },
  });
  expect((await other.list({ assessmentId: owner.assessmentId })).body.studies).toEqual([]);
  expect(await world.call(`GET /studies/${body.studyId}`)).toMatchObject({ status: 401 });
});

test('a cancelled study stays so, and one that has ended is not cancelled', async () => {
  const { asked, ask, cancel, read } = await trader();
  const [one, other] = [asked({ days: 1 }), asked({ days: 2 })];
  await ask(one);
  const first = await cancel(one.studyId);
  expect(first.body).toMatchObject({ status: 'cancelled', odds: null, endedAt: expect.any(Number) });
  expect((await cancel(one.studyId)).body).toEqual(first.body);
  await ask(other);
  await ended(() => read(other.studyId));
  expect((await cancel(other.studyId)).body).toMatchObject({ status: 'completed', odds: { days: 2 } });
  expect(await ended(() => read(one.studyId))).toMatchObject({ status: 'cancelled' });
});

test('while Ray does not answer nothing is taken: nobody waits for what does not run', async () => {
  const { asked, ask, list, read } = await trader();
  await world.pool.query("UPDATE simulation_readiness SET ready_until = now() - INTERVAL '1 second'");
  expect(await ask(asked())).toMatchObject({ status: 503, body: { refusal: 'simulation_unavailable' } });
  expect((await list()).body.studies).toEqual([]);
  await orchestrator.tellReady();
  const body = asked();
  await ask(body);
  await ended(() => read(body.studyId));
  await world.pool.query("UPDATE simulation_readiness SET ready_until = now() - INTERVAL '1 second'");
  // What is there answers all the same.
  expect(await ask({ ...body, studyId: randomUUID() })).toMatchObject({ status: 200, body: { status: 'completed' } });
});

const day = (nth: number) => new Date(Date.UTC(2026, 0, 1 + nth, 12)).toISOString();
const csvOf = (results: readonly string[]) =>
  ['closed_at,result_usd', ...results.map((result, nth) => `${day(nth)},${result}`)].join('\n');
const TWELVE = Array.from({ length: 12 }, (_, nth) => (nth % 3 === 0 ? '-210.50' : '180.25'));

test('trades of a file are drawn from, and told apart from luck', async () => {
  const { asked, ask, read } = await trader();
  const body = asked({ trades: { kind: 'file', csv: csvOf(TWELVE) } });
  expect((await ask(body)).body).toMatchObject({ trades: 'file', status: 'requested' });
  await ended(() => read(body.studyId));
  expect((await read(body.studyId)).body).toMatchObject({
    status: 'completed',
    odds: { drawnFrom: 12, validation: { trades: 12, meanBlock: 2, finding: 'too_few' } },
  });
});

test('what another size would change is asked by what a trade may lose', async () => {
  const { asked, ask, read } = await trader();
  const body = asked({ trades: { kind: 'file', csv: csvOf(TWELVE) }, compareRiskUsd: '421.00' });
  expect((await ask(body)).body).toMatchObject({ scope: 'size' });
  await ended(() => read(body.studyId));
  const { odds } = (await read(body.studyId)).body;
  expect(odds.sizes.map(({ size }: { size: string }) => Number(size))).toEqual([1, 2]);
});

/** Nothing of what these ask is kept, so one trader may ask all of it. */
let someone: Awaited<ReturnType<typeof trader>> | undefined;

const odds = (changes: object) => ({ trades: { kind: 'odds', strategy: { ...strategy, ...changes } } });
const file = (csv: string) => ({ trades: { kind: 'file', csv } });

test.each`
  story                              | changes                                                                         | refusal                 | field
  ${'own trades that are too few'}   | ${{ trades: { kind: 'own' } }}                                                  | ${'trades_too_few'}     | ${'trades'}
  ${'a file of too few'}             | ${file(csvOf(TWELVE.slice(0, 4)))}                                              | ${'trades_too_few'}     | ${'trades.csv'}
  ${'a file with a wrong column'}    | ${file('when,what\n1,2\n')}                                                     | ${'trade_file_invalid'} | ${'trades.csv'}
  ${'NaN'}                           | ${file(csvOf([...TWELVE, 'NaN']))}                                              | ${'trade_file_invalid'} | ${'trades.csv'}
  ${'a date before 1970'}            | ${file(`${csvOf(TWELVE)}\n1969-12-31T00:00:00Z,1`)}                             | ${'trade_file_invalid'} | ${'trades.csv'}
  ${'nothing that loses'}            | ${file(csvOf(TWELVE.map(() => '5')))}                                           | ${'trade_file_invalid'} | ${'trades.csv'}
  ${'a strategy that cannot lose'}   | ${odds({ winRate: '1' })}                                                       | ${'strategy_invalid'}   | ${'trades.strategy.winRate'}
  ${'half a cent'}                   | ${odds({ riskUsd: '1.005' })}                                                   | ${'strategy_invalid'}   | ${'trades.strategy.riskUsd'}
  ${'nothing risked'}                | ${odds({ riskUsd: '0' })}                                                       | ${'strategy_invalid'}   | ${'trades.strategy.riskUsd'}
  ${'trades longer than their slot'} | ${odds({ heldMinutes: 600 })}                                                   | ${'strategy_invalid'}   | ${'trades.strategy.heldMinutes'}
  ${'a payoff of nothing'}           | ${odds({ payoff: '0' })}                                                        | ${'strategy_invalid'}   | ${'trades.strategy.payoff'}
  ${'more than is played at once'}   | ${{ ...odds({ tradesPerDay: 20, heldMinutes: 5 }), days: 365, paths: 100_000 }} | ${'study_too_large'}    | ${'paths'}
  ${'a risk of nothing'}             | ${{ compareRiskUsd: '0' }}                                                      | ${'strategy_invalid'}   | ${'compareRiskUsd'}
  ${'no such tier'}                  | ${{ subject: { kind: 'tier', tierId: randomUUID() } }}                          | ${'tier_unknown'}       | ${'subject.tierId'}
  ${'no days'}                       | ${{ days: 0 }}                                                                  | ${'invalid_request'}    | ${'days'}
  ${'a million paths'}               | ${{ paths: 1_000_000 }}                                                         | ${'invalid_request'}    | ${'paths'}
  ${'a seed beyond 64 bits'}         | ${{ seed: '18446744073709551616' }}                                             | ${'invalid_request'}    | ${'seed'}
  ${'a field of the operators’'}     | ${{ isAdmin: true }}                                                            | ${'invalid_request'}    | ${'isAdmin'}
`('$story is refused as $refusal at $field, and nothing is stored', async ({ changes, refusal, field }) => {
  someone ??= await trader();
  const { asked, ask, list } = someone;
  const answer = await ask(asked(changes));
  expect(answer).toMatchObject({ body: { refusal, errors: [{ field }] } });
  expect((await list()).body.studies).toEqual([]);
});

test('own trades that are too few are told how many more, and a file where it is wrong', async () => {
  const { asked, ask } = await trader();
  const own = await ask(asked({ trades: { kind: 'own' } }));
  expect(own.body.errors[0].rule).toContain('10 more are needed');
  const wrong = await ask(asked(file(csvOf([...TWELVE, 'NaN']))));
  expect(wrong).toMatchObject({ status: 422 });
  expect(wrong.body.errors[0].rule).toMatch(/^line 14, column result_usd: /);
});

test('an assessment that has ended is not simulated', async () => {
  const { asked, ask, assessmentId } = await trader();
  await world.pool.query("UPDATE accounts SET status = 'failed' WHERE assessment_id = $1", [assessmentId]);
  expect(await ask(asked())).toMatchObject({
    status: 409,
    body: { refusal: 'assessment_closed', errors: [{ field: 'subject.assessmentId' }] },
  });
});

test('the largest body that is let in fits what a function is handed, and one byte more is refused', async () => {
  const { asked, ask } = await trader();
  const body = asked(file('"'.repeat(1_399_000)));
  const event = JSON.stringify({ body: JSON.stringify(body) });
  expect(Buffer.byteLength(event)).toBeLessThan(6 * 1024 * 1024 - 20_000);
  expect(await ask(body)).toMatchObject({ status: 422, body: { refusal: 'trade_file_invalid' } });
  expect(await ask(asked(file('x'.repeat(1_400_001))))).toMatchObject({
    status: 422,
    body: { refusal: 'invalid_request' },
  });
  expect(await ask(asked(file('"'.repeat(1_400_001))))).toMatchObject({
    status: 413,
    body: { refusal: 'body_too_large' },
  });
});
