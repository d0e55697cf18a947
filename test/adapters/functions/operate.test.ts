import { randomUUID } from 'node:crypto';
import { makeAccountStore } from '../../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../../adapters/cockroach/assessments/assessment-store';
import { makeDeadLetters } from '../../../adapters/cockroach/events/dead-letter-store';
import { makeOutbox } from '../../../adapters/cockroach/events/outbox-store';
import { makeKafka } from '../../../adapters/kafka/connection';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { makeUnreadableFrames } from '../../../adapters/redis/past/unreadable-frames';
import type { OperatorCommand, OperatorResult } from '../../../contracts/operations/commands';
import { type EventId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { functionDatabase } from '../../../runtime/database';
import { uuidIds } from '../../../runtime/edge';
import { NO_PARTITION, RELAY } from '../../../usecases/ports/events/outbox';
import { newAssessment, trader } from '../../fixtures/stored-account';
import { services } from '../../services/services';
import { FunctionWorld, signedIn } from './world';

/** Goal: an operator does what has to be done on the first day, on the record, and nothing by accident. */
let world: FunctionWorld;

beforeAll(async () => {
  process.env.KAFKA_BOOTSTRAP = services().kafkaBrokers;
  world = await FunctionWorld.start(0);
  const kafka = await makeKafka(services().kafkaBrokers, 'operate-test');
  await ensureTopics(kafka, [{ name: 'rules', partitions: 3, replicationFactor: 1, config: {} }]);
});

afterAll(async () => {
  const { operations } = await import('../../../runtime/compose/operations');
  await (await operations()).close();
  await world.stop();
});

async function ask(command: OperatorCommand | object, requestId: string = randomUUID()): Promise<OperatorResult> {
  const { handler } = await import('../../../lambdas/operate/handler');
  return handler({ by: 'ann', command }, { awsRequestId: requestId } as never);
}

const audited = async (requestId: string) =>
  (
    await world.pool.query(
      'SELECT actor, action, subject, detail FROM audit_log WHERE correlation_id = $1 ORDER BY audit_id',
      [requestId],
    )
  ).rows;

test('the first admin is made by an operator; both the asking and the granting are on the record', async () => {
  const person = await signedIn(world);
  const requestId = randomUUID();
  const answer = await ask({ command: 'grant-role', email: person.email, role: 'admin' }, requestId);
  expect(answer).toEqual({ outcome: 'granted', roles: ['trader', 'admin'] });
  const publish = await world.call('PUT /admin/tiers/nothing', { token: person.token, body: {} });
  expect(publish.status).toBe(422);
  expect(await audited(requestId)).toEqual([
    { actor: 'operator', action: 'operate.grant-role', subject: 'operations', detail: { by: 'ann', role: 'admin' } },
    { actor: 'operator', action: 'user.role-granted', subject: person.userId, detail: { role: 'admin' } },
  ]);
});

test('what fails is on the record as well, and changes nothing', async () => {
  const requestId = randomUUID();
  expect(await ask({ command: 'grant-role', email: 'nobody@example.com', role: 'admin' }, requestId)).toEqual({
    outcome: 'refused',
    field: 'email',
    rule: 'must belong to a user',
  });
  expect(await audited(requestId)).toMatchObject([{ action: 'operate.grant-role' }]);
});

test.each`
  fault                         | command
  ${'no command'}               | ${{}}
  ${'an unknown command'}       | ${{ command: 'drop-everything' }}
  ${'a role that is none'}      | ${{ command: 'grant-role', email: 'a@example.com', role: 'root' }}
  ${'a field that is none'}     | ${{ command: 'list-letters', and: 'more' }}
  ${'an id that is no id'}      | ${{ command: 'replay-verdict', id: '1; drop' }}
  ${'a venue that is none'}     | ${{ command: 'list-unreadable', venue: 'mars' }}
  ${'a letter id that is none'} | ${{ command: 'show-letter', id: 'LETTER' }}
`('$fault is refused in words and does nothing', async ({ command }) => {
  const before = await world.rows('audit_log');
  expect(await ask(command)).toMatchObject({ outcome: 'refused', field: 'request' });
  expect(await world.rows('audit_log')).toBe(before);
});

test('letters are listed without their values, shown with them, and replayed in their order', async () => {
  const database = await functionDatabase();
  const key = randomUUID();
  const ids = [1, 2].map(() => idOf<EventId>(randomUUID()));
  const rows = ids.map((eventId, at) => ({ eventId, topic: 'rules', key, body: `{"n":${at}}`, waits: false }));
  await makeOutbox(database).park(rows.map((row) => ({ ...row, reason: 'too large' })));
  const listed = await ask({ command: 'list-letters' });
  const mine = listed.outcome === 'letters' ? listed.letters.filter((letter) => letter.key === key) : [];
  expect(mine.map(({ id, consumer, partition }) => [id, consumer, partition])).toEqual(
    ids.map((id) => [id, RELAY, NO_PARTITION]),
  );
  expect(JSON.stringify(mine)).not.toContain('{\\"n\\"');
  expect(await ask({ command: 'show-letter', id: String(ids[1]) })).toMatchObject({
    outcome: 'letter',
    letter: { id: ids[1], value: '{"n":1}', reason: 'too large' },
  });
  const requestId = randomUUID();
  expect(await ask({ command: 'replay-letters', key }, requestId)).toMatchObject({
    outcome: 'replayed',
    released: [{ id: ids[0] }, { id: ids[1] }],
    stuck: [],
    isMore: false,
  });
  expect(await audited(requestId)).toMatchObject([{ action: 'operate.replay-letters', subject: key }]);
  const left = await makeDeadLetters(database, uuidIds).list();
  expect(left.filter((letter) => letter.key === key)).toEqual([]);
  expect(await ask({ command: 'show-letter', id: String(ids[1]) })).toMatchObject({ outcome: 'refused', field: 'id' });
});

test('what a venue said and nobody could read is shown as it came', async () => {
  const { openRedis } = await import('../../../runtime/redis');
  const { keep } = makeUnreadableFrames(await openRedis());
  await keep({ venue: 'kalshi', text: '{"half":', receivedAt: instant(1_795_428_000_000) });
  const requestId = randomUUID();
  expect(await ask({ command: 'list-unreadable', venue: 'kalshi' }, requestId)).toEqual({
    outcome: 'unreadable',
    frames: [{ receivedAt: '2026-11-23T10:00:00.000Z', text: '{"half":' }],
  });
  expect(await audited(requestId)).toMatchObject([{ action: 'operate.list-unreadable', subject: 'kalshi' }]);
});

test('a verdict that nobody decided is refused by name', async () => {
  expect(await ask({ command: 'replay-verdict', id: randomUUID() })).toMatchObject({ outcome: 'refused', field: 'id' });
});

test('an account is folded again from what was kept of its events', async () => {
  const { given, inbox } = newAssessment();
  const database = await functionDatabase();
  await makeAssessmentStore(database).create(given, inbox);
  await trader(makeAccountStore(database), given)('buy', 1_000_000n);
  const requestId = randomUUID();
  const id = given.accountId;
  expect(await ask({ command: 'replay-account', id }, requestId)).toEqual({
    outcome: 'account',
    version: 3,
    events: 3,
    difference: null,
  });
  expect(await audited(requestId)).toMatchObject([{ action: 'operate.replay-account', subject: id }]);
  await world.pool.query('DELETE FROM outbox WHERE key = $1 AND account_version = 3', [id]);
  expect(await ask({ command: 'replay-account', id })).toEqual({
    outcome: 'account',
    version: 3,
    events: 1,
    difference: 'event 2 is missing',
  });
  const nobody = await ask({ command: 'replay-account', id: randomUUID() });
  expect(nobody).toMatchObject({ outcome: 'refused', field: 'id', rule: 'must be an account' });
});
