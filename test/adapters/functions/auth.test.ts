import { randomUUID } from 'node:crypto';
import { freePort } from '../../fixtures/free-port';
import { cookieOf, FunctionWorld, ORIGIN, signedIn } from './world';

let world: FunctionWorld;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
});
afterAll(() => world.stop());

const PASSWORD = 'correct horse battery';
const address = () => `a-${randomUUID()}@example.com`;
const ip = () => `192.0.2.${Math.floor(Math.random() * 250)}-${randomUUID()}`;

describe('bad input leaves no row and names field and rule', () => {
  const good = { email: 'b@example.com', password: PASSWORD, displayName: 'Bea' };
  const cases: readonly (readonly [string, string, number, string, string])[] = [
    ['JSON that ends early', '{"email":', 400, 'malformed_json', 'body'],
    ['an array', '[]', 422, 'invalid_request', 'body'],
    ['no body', '', 400, 'malformed_json', 'body'],
    ['a number for a text', JSON.stringify({ ...good, email: 1 }), 422, 'invalid_request', 'email'],
    ['an unknown field', JSON.stringify({ ...good, roles: ['admin'] }), 422, 'invalid_request', 'roles'],
    [
      'a polluting key',
      '{"email":"b@example.com","__proto__":{"roles":["admin"]}}',
      422,
      'invalid_request',
      'password',
    ],
    ['a short password', JSON.stringify({ ...good, password: 'short' }), 422, 'invalid_request', 'password'],
    [
      'a password that many use',
      JSON.stringify({ ...good, password: 'password1234' }),
      422,
      'password_weak',
      'password',
    ],
    ['twelve equal letters', JSON.stringify({ ...good, password: 'a'.repeat(12) }), 422, 'password_weak', 'password'],
    ['twelve spaces', JSON.stringify({ ...good, password: ' '.repeat(12) }), 422, 'password_weak', 'password'],
    ['one’s own address', JSON.stringify({ ...good, password: good.email }), 422, 'password_weak', 'password'],
    ['a huge password', JSON.stringify({ ...good, password: 'x'.repeat(129) }), 422, 'invalid_request', 'password'],
    ['no domain', JSON.stringify({ ...good, email: 'bea' }), 422, 'invalid_request', 'email'],
    ['a confusable letter', JSON.stringify({ ...good, email: 'bеa@example.com' }), 422, 'invalid_request', 'email'],
    [
      'a header in the address',
      JSON.stringify({ ...good, email: 'b@example.com\r\nBcc: c@example.com' }),
      422,
      'invalid_request',
      'email',
    ],
    [
      'a line break in the name',
      JSON.stringify({ ...good, displayName: 'Bea\r\nX: y' }),
      422,
      'invalid_request',
      'displayName',
    ],
    ['a name of spaces', JSON.stringify({ ...good, displayName: '   ' }), 422, 'invalid_request', 'displayName'],
    [
      'SQL where an address should be',
      JSON.stringify({ ...good, email: "b'; DROP TABLE users; --" }),
      422,
      'invalid_request',
      'email',
    ],
  ];

  test.each(cases)('%s', async (_, raw, status, refusal, field) => {
    const before = [await world.rows('users'), await world.rows('registrations')];
    const answer = await world.call('POST /auth/register', { raw, ip: ip() });
    expect(answer).toMatchObject({ status, body: { refusal, type: `urn:proving-ground:problem:${refusal}` } });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field);
    expect([await world.rows('users'), await world.rows('registrations')]).toEqual(before);
  });
});

describe('signing in', () => {
  test('gives a token in the answer and a cookie that only the auth routes see', async () => {
    const { email, password, ip: from } = await signedIn(world);
    const answer = await world.call('POST /auth/login', { body: { email, password }, ip: from });
    expect(answer.body).toMatchObject({ expiresInS: 600, user: { email, roles: ['trader'] } });
    expect(answer.cookies).toEqual([
      expect.stringMatching(
        /^__Host-pg_refresh=[\w-]{43}; Path=\/; Max-Age=1209600; HttpOnly; SameSite=Strict; Secure$/,
      ),
      expect.stringMatching(
        /^__Host-pg_device=[\w-]{43}; Path=\/; Max-Age=15552000; HttpOnly; SameSite=Strict; Secure$/,
      ),
    ]);
    expect(await world.call('GET /me', { token: answer.body.accessToken })).toMatchObject({
      status: 200,
      body: { email },
    });
  });

  test('an unknown address and a wrong password are told the same', async () => {
    const { email } = await signedIn(world);
    const wrong = await world.call('POST /auth/login', { body: { email, password: 'not the password' }, ip: ip() });
    const unknown = await world.call('POST /auth/login', { body: { email: address(), password: PASSWORD }, ip: ip() });
    const plain = ({ status, body }: typeof wrong) => ({ status, ...body, correlationId: '' });
    expect(plain(unknown)).toEqual(plain(wrong));
    expect(wrong).toMatchObject({ status: 401, body: { refusal: 'credentials_invalid' } });
  });

  test('ten wrong passwords from one address and no more; the owner elsewhere is not locked out', async () => {
    const { email, password } = await signedIn(world);
    const from = ip();
    const guess = () =>
      world.call('POST /auth/login', {
        body: { email, password: 'not the password' },
        ip: from,
        // What a client claims about itself moves nothing.
        headers: { 'x-forwarded-for': ip() },
      });
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
    const refused = await guess();
    expect(refused.body.refusal).toBe('rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
    const elsewhere = await world.call('POST /auth/login', { body: { email, password }, ip: ip() });
    expect(elsewhere.status).toBe(200);
    const device = (elsewhere.cookies[1] ?? '').split(';')[0] ?? '';
    const known = await world.call('POST /auth/login', { body: { email, password }, ip: from, cookies: [device] });
    expect(known.status).toBe(200);
    expect(known.cookies[1]).toContain(device);
  });

  test('ten addresses that guess cannot keep the owner out, nor use up the reset mails', async () => {
    const { email, password } = await signedIn(world);
    for (let source = 0; source < 10; source++) {
      const from = ip();
      const guesses = Array.from({ length: 6 }, () =>
        world.call('POST /auth/login', { body: { email, password: 'not the password' }, ip: from }),
      );
      const resets = Array.from({ length: 2 }, () =>
        world.call('POST /auth/password-resets', { body: { email }, ip: from }),
      );
      await Promise.all([...guesses, ...resets]);
    }
    const sent = (await world.mailed(email)).filter(({ token }) => token !== undefined);
    expect(sent.length).toBeLessThan(15);
    expect((await world.call('POST /auth/login', { body: { email, password }, ip: ip() })).status).toBe(200);
    const body = { token: sent[0]?.token, password: 'another good password' };
    expect((await world.call('POST /auth/password-resets/confirm', { body, ip: ip() })).status).toBe(200);
  });
});

describe('refreshing', () => {
  const refresh = (cookie: string, userAgent = 'browser/1') =>
    world.call('POST /auth/refresh', { cookies: [cookie], headers: { 'user-agent': userAgent } });

  async function opened() {
    const person = await signedIn(world);
    const { email, password, ip: from } = person;
    const headers = { 'user-agent': 'browser/1' };
    const answer = await world.call('POST /auth/login', { body: { email, password }, ip: from, headers });
    return { ...person, cookie: cookieOf(answer), token: answer.body.accessToken as string };
  }

  test('each token is exchanged for the next', async () => {
    const { cookie } = await opened();
    const first = await refresh(cookie);
    const second = await refresh(cookieOf(first));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(new Set([cookie, cookieOf(first), cookieOf(second)]).size).toBe(3);
  });

  test('a second tab that comes just after gets an access token and keeps the cookie it has', async () => {
    const { cookie } = await opened();
    const [one, two] = await Promise.all([refresh(cookie), refresh(cookie)]);
    expect([one.status, two.status]).toEqual([200, 200]);
    const renewed = [one, two].filter(({ cookies }) => cookies.length === 1);
    expect(renewed).toHaveLength(1);
    expect((await refresh(cookieOf(renewed[0] as typeof one))).status).toBe(200);
  });

  test('an old token ends the session for the thief and the owner', async () => {
    const { cookie, token } = await opened();
    const first = await refresh(cookie);
    const second = await refresh(cookieOf(first));
    const stolen = await refresh(cookie);
    expect(stolen).toMatchObject({ status: 401, body: { refusal: 'session_reused' } });
    expect(stolen.cookies[0]).toMatch(/^__Host-pg_refresh=; .*Max-Age=0/);
    expect(await refresh(cookieOf(second))).toMatchObject({ status: 401, body: { refusal: 'session_expired' } });
    expect((await world.call('GET /me', { token })).status).toBe(401);
    const { rows } = await world.pool.query(`SELECT actor FROM audit_log WHERE action = 'session.ended-by-reuse'`);
    expect(rows).toHaveLength(1);
  });

  test('the grace is for the same browser only', async () => {
    const { cookie } = await opened();
    await refresh(cookie);
    expect((await refresh(cookie, 'curl/8')).body.refusal).toBe('session_reused');
  });

  test.each([
    ['none', []],
    ['made up', [`__Host-pg_refresh=${'a'.repeat(43)}`]],
    ['empty', ['__Host-pg_refresh=']],
  ])('a cookie that is %s signs nobody in', async (_, cookies) => {
    const answer = await world.call('POST /auth/refresh', { cookies });
    expect(answer).toMatchObject({ status: 401, body: { refusal: 'session_expired' } });
  });

  test('signing out ends the session everywhere at once', async () => {
    const { cookie, token } = await opened();
    expect((await world.call('GET /me', { token })).status).toBe(200);
    const out = await world.call('POST /auth/logout', { cookies: [cookie] });
    expect(out.status).toBe(204);
    expect(out.cookies[0]).toMatch(/^__Host-pg_refresh=; /);
    expect((await world.call('GET /me', { token })).body.refusal).toBe('unauthenticated');
    expect((await refresh(cookie)).body.refusal).toBe('session_expired');
    expect((await world.call('POST /auth/logout', {})).status).toBe(204);
  });
});

describe('a new password', () => {
  test('ends every session, works once, and the old one is gone', async () => {
    const { email, password, token, cookie } = await signedIn(world);
    await world.call('POST /auth/password-resets', { body: { email }, ip: ip() });
    const [mail] = await world.mailed(email);
    expect(mail?.subject).toBe('Set a new password');
    const set = (next: string) =>
      world.call('POST /auth/password-resets/confirm', { body: { token: mail?.token, password: next }, ip: ip() });
    expect((await set('another good password')).body).toEqual({ status: 'password_changed' });
    expect((await set('a third good password')).body.refusal).toBe('token_invalid');
    expect((await world.call('GET /me', { token })).status).toBe(401);
    expect((await world.call('POST /auth/refresh', { cookies: [cookie] })).status).toBe(401);
    const login = (word: string) => world.call('POST /auth/login', { body: { email, password: word }, ip: ip() });
    expect((await login(password)).status).toBe(401);
    expect((await login('another good password')).status).toBe(200);
  });

  test('a verification token sets no password', async () => {
    const email = address();
    await world.call('POST /auth/register', { body: { email, password: PASSWORD, displayName: 'Ann' }, ip: ip() });
    const [mail] = await world.mailed(email);
    const body = { token: mail?.token, password: 'another good password' };
    expect((await world.call('POST /auth/password-resets/confirm', { body, ip: ip() })).status).toBe(422);
  });
});

test('the published keys hold nothing private and verify what was signed', async () => {
  const { createRemoteJWKSet, decodeProtectedHeader, importJWK, jwtVerify } = await import('jose');
  expect(createRemoteJWKSet).toBeDefined();
  const { token, userId } = await signedIn(world);
  const { body, headers } = await world.call('GET /.well-known/jwks.json');
  expect(Object.keys(body.keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  expect(headers['cache-control']).toBe('public, max-age=300');
  expect(decodeProtectedHeader(token).kid).toBe(body.keys[0].kid);
  const { payload } = await jwtVerify(token, await importJWK(body.keys[0], 'ES256'));
  expect(payload).toMatchObject({ iss: ORIGIN, aud: 'proving-ground', sub: userId, roles: ['trader'] });
});
