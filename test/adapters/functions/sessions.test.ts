import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { makeSessionCache } from '../../../adapters/redis/sessions/session-cache';
import { openRedis } from '../../../runtime/redis';
import { freePort } from '../../fixtures/free-port';
import { FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
let person: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  person = await signedIn(world);
});
afterAll(() => world.stop());

const me = (token: string, headers: Readonly<Record<string, string>> = {}) => world.call('GET /me', { token, headers });

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token that is refused', () => {
  const claims = () => JSON.parse(Buffer.from(person.token.split('.')[1] ?? '', 'base64url').toString()) as object;
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  test.each<[string, () => string | Promise<string>]>([
    ['is noise', () => 'a.b.c'],
    ['has no signature', () => `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims())}.`],
    ['is signed with the public key as a password', () => hmacSigned(claims())],
    ['is signed by a stranger under our key id', async () => signedBy(stranger, await ourKid(), claims())],
    ['is signed by a stranger under a key id of their own', () => signedBy(stranger, randomUUID(), claims())],
    ['was changed', () => person.token.replace(/\.[^.]+\./, `.${part({ ...claims(), sub: randomUUID() })}.`)],
  ])('because it %s', async (_, forge) => {
    const answer = await me(await forge());
    expect(answer).toMatchObject({
      status: 401,
      body: { refusal: 'unauthenticated', errors: [{ field: 'authorization' }] },
    });
  });

  const ourKid = async () => (await world.call('GET /.well-known/jwks.json')).body.keys[0].kid as string;

  const signedBy = (key: typeof stranger, kid: string, payload: object) =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(key);

  async function hmacSigned(payload: object): Promise<string> {
    const { body } = await world.call('GET /.well-known/jwks.json');
    const password = new TextEncoder().encode(JSON.stringify(body.keys[0]));
    return new SignJWT({ ...payload }).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(password);
  }

  test('headers that claim to be somebody move nothing', async () => {
    const answer = await world.call('GET /me', { headers: { 'x-user-id': person.userId, 'x-forwarded-for': '::1' } });
    expect(answer.status).toBe(401);
  });
});

describe('tickets', () => {
  test('one is issued to who is signed in, for thirty seconds', async () => {
    const answer = await world.call('POST /realtime/tickets', { token: person.token });
    expect(answer).toMatchObject({
      status: 201,
      body: { ticket: expect.stringMatching(/^[\w-]{43}$/), expiresInS: 30 },
    });
    expect((await world.call('POST /realtime/tickets')).status).toBe(401);
  });
});

describe('roles', () => {
  test('count as they are now, not as the token says; an operator grants them on the record', async () => {
    const trader = await signedIn(world);
    const publish = () => world.call('PUT /admin/tiers/nothing', { token: trader.token, body: {} });
    expect((await publish()).status).toBe(403);
    const { runOperator } = await operator();
    expect(await runOperator(trader.email, 'admin')).toMatchObject({ ok: true, value: { roles: ['trader', 'admin'] } });
    expect((await publish()).status).toBe(422);
    const { rows } = await world.pool.query('SELECT actor, action, detail FROM audit_log WHERE subject = $1', [
      trader.userId,
    ]);
    expect(rows).toEqual([{ actor: 'operator', action: 'user.role-granted', detail: { role: 'admin' } }]);
    expect(await runOperator('nobody@example.com', 'admin')).toMatchObject({ ok: false, refusal: 'user_unknown' });
  });

  async function operator() {
    const { makeIdentityStore } = await import('../../../adapters/cockroach/identity/identity-store');
    const { functionDatabase } = await import('../../../runtime/database');
    const { systemClock, uuidIds } = await import('../../../runtime/edge');
    const { grantRole } = await import('../../../usecases/identity/grant-role');
    const grant = grantRole({
      identities: makeIdentityStore(await functionDatabase()),
      cache: makeSessionCache(await openRedis()),
      clock: systemClock,
      ids: uuidIds,
    });
    const trace = { correlationId: 'operator-1', traceparent: null };
    return {
      runOperator: (email: string, role: 'admin') => grant({ email, role, actor: 'operator', trace }),
    };
  }
});

describe('without Redis', () => {
  beforeAll(async () => (await openRedis()).disconnect());
  afterAll(async () => (await openRedis()).connect());

  test('who is signed in goes on, and stays signed in', async () => {
    expect((await me(person.token)).status).toBe(200);
    expect((await world.call('POST /auth/refresh', { cookies: [person.cookie] })).status).toBe(200);
  });

  test.each([
    ['POST /auth/login', { email: 'a@example.com', password: 'correct horse battery' }],
    ['POST /auth/register', { email: 'a@example.com', password: 'correct horse battery', displayName: 'Ann' }],
    ['POST /auth/password-resets', { email: 'a@example.com' }],
    ['POST /auth/verify-email', { token: 'a'.repeat(43), password: 'correct horse battery' }],
  ])('%s is refused: nobody counts the attempts', async (route, body) => {
    const began = performance.now();
    expect(await world.call(route, { body })).toMatchObject({ status: 503, body: { refusal: 'not_ready' } });
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test('readiness names the part that is away; health does not ask it', async () => {
    expect(await world.call('GET /ready')).toMatchObject({
      status: 503,
      body: { refusal: 'not_ready', errors: [{ field: 'redis' }] },
    });
    expect(await world.call('GET /health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  test('signing out is believed at once: the database is asked', async () => {
    expect((await world.call('POST /auth/logout', { cookies: [person.cookie] })).status).toBe(204);
    expect((await me(person.token)).status).toBe(401);
  });
});

test('readiness asks both parts', async () => {
  expect(await world.call('GET /ready')).toMatchObject({
    status: 200,
    body: { status: 'ready', checks: { database: 'ok', redis: 'ok' } },
  });
});
