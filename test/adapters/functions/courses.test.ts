import { randomUUID } from 'node:crypto';
import { makeAccountStore } from '../../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../../adapters/cockroach/assessments/assessment-store';
import { decodeEvent } from '../../../contracts/topics/envelope';
import { functionDatabase } from '../../../runtime/database';
import { systemClock, uuidIds } from '../../../runtime/edge';
import { advanceAssessment } from '../../../usecases/assessment/advance-assessment';
import { provisionAssessment } from '../../../usecases/assessment/provision-assessment';
import { freePort } from '../../fixtures/free-port';
import { Shopper } from './shopper';
import { type Answer, FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
let shopper: Shopper;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  shopper = await Shopper.enter(world);
});
afterAll(() => world.stop());

const trace = { correlationId: 'c-1', traceparent: null };
const parts = async () => ({
  assessments: makeAssessmentStore(await functionDatabase()),
  accounts: makeAccountStore(await functionDatabase()),
  clock: systemClock,
  ids: uuidIds,
});

/** Does what the consumer of completed purchases does with the event of this one. */
async function provisioned(purchaseId: string): Promise<string> {
  const { rows } = await world.pool.query(`SELECT body FROM outbox WHERE topic = 'payment' AND body LIKE $1`, [
    `%purchase-completed%${purchaseId}%`,
  ]);
  const read = decodeEvent(rows[0].body);
  if (!read.ok || read.event.type !== 'payment.purchase-completed') throw new Error('nothing was granted');
  const { event } = read;
  const inbox = { consumer: 'provision-assessment', eventId: event.eventId };
  expect(await provisionAssessment(await parts())({ ...event.data, inbox, trace })).toBe('created');
  return event.data.assessmentId;
}

async function bought(tierSlug: string): Promise<string> {
  const { purchaseId, about } = await shopper.paid((id) => shopper.start(id, tierSlug));
  await shopper.send(about('checkout.session.completed'));
  return provisioned(purchaseId);
}

const end = (assessmentId: string, status: 'passed' | 'failed') =>
  world.pool.query('UPDATE accounts SET status = $2 WHERE assessment_id = $1', [assessmentId, status]);

const retry = (assessmentId: string, token = shopper.token): Promise<Answer> =>
  world.call(`POST /assessments/${assessmentId}/retry`, { token });

const reset = (assessmentId: string, purchaseId: string, token = shopper.token): Promise<Answer> =>
  world.call(`POST /assessments/${assessmentId}/reset`, { body: { purchaseId }, token });

/** `sprint 1/1 attempt 2 active`, newest first. */
const listed = async () => {
  const { body } = await world.call('GET /assessments', { token: shopper.token });
  return body.assessments.map(
    (one: Record<string, unknown>) => `${one.tierName} ${one.phase}/${one.phases} attempt ${one.attempt} ${one.status}`,
  ) as readonly string[];
};

/** How an assessment may begin anew, as the list tells it. */
const chances = async (assessmentId: string) => {
  const { body } = await world.call('GET /assessments', { token: shopper.token });
  const { retriesLeft, resetPriceUsd } = body.assessments.find(
    (one: { assessmentId: string }) => one.assessmentId === assessmentId,
  );
  return [retriesLeft, resetPriceUsd];
};

test('a failed phase is retried for nothing while a retry is left, then reset for money', async () => {
  const first = await bought('standard-25k');
  expect(await retry(first)).toMatchObject({ status: 409, body: { refusal: 'assessment_not_failed' } });
  expect(await chances(first)).toEqual([0, null]);
  await end(first, 'failed');
  expect(await chances(first)).toEqual([1, null]);
  expect(await reset(first, randomUUID())).toMatchObject({ status: 409, body: { refusal: 'retry_left' } });
  const again = await retry(first);
  expect(again).toMatchObject({ status: 201, body: { assessmentId: expect.any(String) } });
  expect((await retry(first)).body).toEqual(again.body);
  const second = again.body.assessmentId as string;
  await end(second, 'failed');
  expect([await chances(first), await chances(second)]).toEqual([
    [0, null],
    [0, '149.00'],
  ]);
  expect(await retry(second)).toMatchObject({ status: 409, body: { refusal: 'retries_used' } });
  expect(await reset(first, randomUUID())).toMatchObject({ body: { refusal: 'assessment_superseded' } });
  const { purchaseId, about } = await shopper.paid((id) => reset(second, id));
  expect(await shopper.read(purchaseId)).toMatchObject({
    kind: 'reset',
    resetOf: second,
    priceUsd: '149.00',
    status: 'pending',
    assessmentId: null,
  });
  expect(await listed()).toEqual(['Standard 25K 1/1 attempt 2 failed', 'Standard 25K 1/1 attempt 1 failed']);
  await shopper.send(about('checkout.session.completed'));
  await shopper.send(about('checkout.session.completed'));
  expect(await shopper.grants(purchaseId)).toBe(1);
  const third = await provisioned(purchaseId);
  expect(await shopper.read(purchaseId)).toMatchObject({ status: 'completed', assessmentId: third });
  expect((await listed())[0]).toBe('Standard 25K 1/1 attempt 3 active');
  const line = world.stripe.ledger.sessions.get(shopper.provider(purchaseId).session.id);
  expect(line).toMatchObject({ metadata: { resetOf: second }, amount_total: 14_900 });
});

test('a passed phase is followed by the next, under its rules and the same hash', async () => {
  const first = await bought('advanced-50k');
  await end(first, 'passed');
  const inbox = { consumer: 'advance-assessment', eventId: uuidIds.next<never>() };
  const advance = advanceAssessment(await parts());
  const told = { assessmentId: first as never, inbox, trace };
  expect([await advance(told), await advance(told)]).toEqual(['created', 'duplicate']);
  const { body } = await world.call('GET /assessments', { token: shopper.token });
  expect((await listed())[0]).toBe('Advanced 50K 2/2 attempt 1 active');
  const [next, before] = await Promise.all(
    [body.assessments[0].assessmentId, first].map(
      async (id) => (await world.call(`GET /assessments/${id}`, { token: shopper.token })).body,
    ),
  );
  expect(next.ruleSetHash).toBe(before.ruleSetHash);
  expect([before.rules.target.profitUsd, next.rules.target.profitUsd]).toEqual(['4000.00', '2500.00']);
});

test('the same reset id gives the same checkout, also many times at once; another use of it is refused', async () => {
  const first = await bought('sprint-10k');
  await end(first, 'failed');
  const purchaseId = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => reset(first, purchaseId)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.checkoutUrl}`)).size).toBe(1);
  const reused = { status: 409, body: { refusal: 'purchase_id_reused', errors: [{ field: 'purchaseId' }] } };
  expect(await shopper.start(purchaseId)).toMatchObject(reused);
  expect(await reset(randomUUID(), purchaseId)).toMatchObject(reused);
  const { purchaseId: other } = await shopper.opened();
  expect(await reset(first, other)).toMatchObject(reused);
});

test.each`
  what                               | path               | body                                           | status | refusal                 | field
  ${'a retry of nothing'}            | ${'unknown/retry'} | ${undefined}                                   | ${404} | ${'assessment_unknown'} | ${'assessmentId'}
  ${'a reset of nothing'}            | ${'unknown/reset'} | ${{ purchaseId: randomUUID() }}                | ${404} | ${'assessment_unknown'} | ${'assessmentId'}
  ${'a retry of an id that is none'} | ${'1/retry'}       | ${undefined}                                   | ${422} | ${'invalid_request'}    | ${'assessmentId'}
  ${'a reset without an id'}         | ${'unknown/reset'} | ${{}}                                          | ${422} | ${'invalid_request'}    | ${'purchaseId'}
  ${'a reset with a price'}          | ${'unknown/reset'} | ${{ purchaseId: randomUUID(), priceUsd: '0' }} | ${422} | ${'invalid_request'}    | ${'priceUsd'}
`('$what is refused and leaves no row', async ({ path, body, status, refusal, field }) => {
  const before = [await world.rows('purchases'), await world.rows('assessments')];
  const route = `POST /assessments/${path.replace('unknown', randomUUID())}`;
  const answer = await world.call(route, { token: shopper.token, ...(body && { body }) });
  expect(answer).toMatchObject({ status, body: { refusal, errors: [{ field }] } });
  expect([await world.rows('purchases'), await world.rows('assessments')]).toEqual(before);
});

test('somebody else’s failure is nobody else’s to retry or reset', async () => {
  const first = await bought('standard-25k');
  await end(first, 'failed');
  const { token } = await signedIn(world);
  expect(await retry(first, token)).toMatchObject({ status: 404, body: { refusal: 'assessment_unknown' } });
  expect(await reset(first, randomUUID(), token)).toMatchObject({ body: { refusal: 'assessment_unknown' } });
  expect(await world.call(`POST /assessments/${first}/retry`)).toMatchObject({ status: 401 });
});
