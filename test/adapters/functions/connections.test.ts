import { randomUUID } from 'node:crypto';
import { makeConnectionRegistry } from '../../../adapters/redis/sessions/connection-registry';
import { hearEndedSessions } from '../../../adapters/redis/sessions/session-cache';
import { idOf, type SessionId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { freePort } from '../../fixtures/free-port';
import { FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
let trader: Awaited<ReturnType<typeof signedIn>>;
let risk: Awaited<ReturnType<typeof signedIn>>;
let admin: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  [trader, risk, admin] = [await signedIn(world), await signedIn(world), await signedIn(world)];
  await world.pool.query(`UPDATE users SET roles = '{trader,risk}' WHERE user_id = $1`, [risk.userId]);
  await world.pool.query(`UPDATE users SET roles = '{admin}' WHERE user_id = $1`, [admin.userId]);
});
afterAll(() => world.stop());

const redisOf = async () => (await import('../../../runtime/redis')).openRedis();
const AT = instant(1_764_000_000_000);

async function connected() {
  const { rows } = await world.pool.query('SELECT session_id FROM sessions WHERE user_id = $1', [trader.userId]);
  const [sessionId, pod] = [rows[0].session_id as string, `pod-${randomUUID()}`];
  const row = {
    connectionId: randomUUID(),
    userId: idOf<never>(trader.userId),
    sessionId: idOf<SessionId>(sessionId),
    network: '203.0.113.0/24',
    connectedAt: AT,
    accounts: 1,
    instruments: 2,
    framesSent: 3,
    unreadBytes: 4,
    toldAt: AT,
  };
  await makeConnectionRegistry(await redisOf()).tell({ pod, since: AT, rows: [row], gone: [] });
  return { pod, row, sessionId };
}

const end = (sessionId: string, body: object, token = admin.token) =>
  world.call(`POST /admin/sessions/${sessionId}/end`, { body, token });

/** Goal: an admin sees who is connected where, ends a session with a reason, and that is on record. */
test('an admin finds a connection by its address of mail and ends its session everywhere', async () => {
  const { pod, row, sessionId } = await connected();
  const query = { search: trader.email };
  const { status, body } = await world.call('GET /admin/connections', { token: admin.token, query });
  expect([status, body.connections, body.next]).toEqual([200, [{ ...row, pod }], null]);
  expect(body.pods).toContainEqual({ pod, since: AT, connections: 1 });

  const ended = new Promise((resolve) => {
    void redisOf().then((redis) => hearEndedSessions(redis, resolve).then((stop) => stops.push(stop)));
  });
  const stops: (() => Promise<void>)[] = [];
  while (stops.length === 0) await new Promise(setImmediate);
  expect((await end(sessionId, { reason: 'Reported as stolen' })).status).toBe(204);
  expect(await ended).toEqual([sessionId]);
  expect((await world.call('GET /me', { token: trader.token })).status).toBe(401);
  const audit = await world.pool.query('SELECT actor, action, detail FROM audit_log WHERE subject = $1', [sessionId]);
  expect(audit.rows.at(-1)).toEqual({
    actor: admin.userId,
    action: 'session.ended-by-operator',
    detail: { of: trader.userId, reason: 'Reported as stolen' },
  });
  expect(await end(sessionId, { reason: 'Once more' })).toMatchObject({
    status: 404,
    body: { refusal: 'session_unknown', errors: [{ field: 'sessionId' }] },
  });
  for (const stop of stops) await stop();
});

test.each`
  query                              | field
  ${{ limit: '0' }}                  | ${'limit'}
  ${{ limit: '201' }}                | ${'limit'}
  ${{ limit: 'ten' }}                | ${'limit'}
  ${{ search: 'ab' }}                | ${'search'}
  ${{ search: `abc${'\u0000'}def` }} | ${'search'}
  ${{ page: '2' }}                   | ${'page'}
`('$query is refused and names $field', async ({ query, field }) => {
  const answer = await world.call('GET /admin/connections', { token: admin.token, query });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
});

test('an ending without a reason is refused, and nobody but an admin may look or end', async () => {
  expect(await end(randomUUID(), { reason: ' ' })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'reason' }] },
  });
  expect((await world.call('GET /admin/connections', { token: risk.token })).status).toBe(403);
  expect((await end(randomUUID(), { reason: 'Because' }, risk.token)).status).toBe(403);
  expect((await world.call('GET /admin/connections')).status).toBe(401);
});
