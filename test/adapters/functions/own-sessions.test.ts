import { freePort } from '../../fixtures/free-port';
import { cookieOf, FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
});
afterAll(() => world.stop());

async function twice() {
  const person = await signedIn(world);
  const { email, password, ip } = person;
  const headers = { 'user-agent': 'browser/2' };
  const second = await world.call('POST /auth/login', { body: { email, password }, ip, headers });
  return { ...person, second: second.body.accessToken as string, secondCookie: cookieOf(second) };
}

test('the owner sees where they are signed in, and ends one session or all others', async () => {
  const { email, password, ip, token, second } = await twice();
  const list = async (by: string) => (await world.call('GET /auth/sessions', { token: by })).body.sessions;
  const [here, there] = await list(second);
  expect(here).toMatchObject({ userAgent: 'browser/2', isCurrent: true, lastUsedAt: expect.any(Number) });
  expect(there).toMatchObject({ isCurrent: false });
  const stranger = await signedIn(world);
  const foreign = await world.call(`DELETE /auth/sessions/${there.sessionId}`, { token: stranger.token });
  expect(foreign).toMatchObject({ status: 404, body: { refusal: 'session_unknown' } });
  expect((await world.call(`DELETE /auth/sessions/${there.sessionId}`, { token: second })).status).toBe(204);
  expect((await world.call('GET /me', { token })).status).toBe(401);
  await world.call('POST /auth/login', { body: { email, password }, ip });
  expect((await world.call('POST /auth/sessions/end-others', { token: second })).body).toEqual({ ended: 1 });
  expect(await list(second)).toHaveLength(1);
  expect((await world.call('GET /auth/sessions')).status).toBe(401);
});

test('a login over a live session ends it', async () => {
  const { email, password, ip, token, cookie, secondCookie } = await twice();
  const again = await world.call('POST /auth/login', { body: { email, password }, ip, cookies: [cookie] });
  expect(again.status).toBe(200);
  expect((await world.call('GET /me', { token })).status).toBe(401);
  expect((await world.call('POST /auth/refresh', { cookies: [cookie] })).status).toBe(401);
  const other = { cookies: [secondCookie], headers: { 'user-agent': 'browser/2' } };
  expect((await world.call('POST /auth/refresh', other)).status).toBe(200);
});

test('the password is changed by who knows it; the others are signed out, and a notice goes out', async () => {
  const { email, password, token, second } = await twice();
  const change = (currentPassword: string, newPassword: string) =>
    world.call('POST /auth/password', { body: { currentPassword, newPassword }, token: second });
  expect((await change('not the password', 'another good password')).body).toMatchObject({
    refusal: 'password_mismatch',
    errors: [{ field: 'currentPassword' }],
  });
  expect((await change(password, 'person1password')).body).toMatchObject({ refusal: 'password_weak' });
  expect((await change(password, 'another good password')).body).toEqual({ status: 'password_changed' });
  expect((await world.call('GET /me', { token: second })).status).toBe(200);
  expect((await world.call('GET /me', { token })).status).toBe(401);
  expect((await world.mailed(email))[0]).toEqual({ subject: 'Your password was changed', token: undefined });
  const { rows } = await world.pool.query(`SELECT detail FROM audit_log WHERE action = 'user.password-changed'`);
  expect(rows).toEqual([{ detail: { ip: expect.any(String) } }]);
});
