import { LIMITS } from '../../../usecases/throttle';
import { EMAIL, FrontDoor, PASSWORD } from './front-door';

const HOUR_MS = 3_600_000;

describe('registering', () => {
  test('is answered alike and at the same pace, account or not', async () => {
    const door = new FrontDoor();
    const fresh = await door.register();
    await door.verify(door.mailedToken);
    const taken = await door.register('ANN@example.com');
    expect(taken).toEqual(fresh);
    expect(door.mails.map(({ kind, to }) => [kind, to])).toEqual([
      ['already-registered', EMAIL],
      ['verify-email', EMAIL],
    ]);
    expect(door.paces).toEqual([600, 600]);
  });

  test('survives a mail server that is away; the link can be asked for again', async () => {
    const door = new FrontDoor();
    door.isMailDown = true;
    expect((await door.register()).ok).toBe(true);
    door.isMailDown = false;
    await door.resend();
    expect(await door.verify(door.mailedToken)).toEqual({ ok: true, value: 'verified' });
  });

  test('a link is good for a day', async () => {
    const door = new FrontDoor();
    await door.register();
    door.wait(24 * HOUR_MS);
    expect(await door.verify(door.mailedToken)).toMatchObject({ refusal: 'token_invalid', fault: { field: 'token' } });
  });
});

describe('mails on request', () => {
  test('go only where they apply, and nobody can tell', async () => {
    const door = new FrontDoor();
    await door.register();
    await door.verify(door.mailedToken);
    const answers = [
      await door.resend(),
      await door.resend('nobody@example.com'),
      await door.requestReset(),
      await door.requestReset('nobody@example.com'),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(door.mails.map(({ kind }) => kind)).toEqual(['reset-password', 'verify-email']);
    expect(new Set(door.paces).size).toBe(1);
  });

  test('a reset link is good for half an hour', async () => {
    const door = new FrontDoor();
    await door.signedIn();
    await door.requestReset();
    door.wait(HOUR_MS / 2);
    expect(await door.reset(door.mailedToken, 'another password')).toMatchObject({ refusal: 'token_invalid' });
  });
});

describe('signing in', () => {
  test('verifies something for strangers too', async () => {
    const door = new FrontDoor();
    expect(await door.logIn('nobody@example.com')).toEqual({ ok: false, refusal: 'credentials_invalid' });
    expect(door.verified).toEqual([undefined]);
  });

  test('tells of an unverified address only who knows the password', async () => {
    const door = new FrontDoor();
    await door.register();
    expect(await door.logIn(EMAIL, 'a wrong password')).toMatchObject({ refusal: 'credentials_invalid' });
    expect(await door.logIn()).toMatchObject({ refusal: 'email_unverified', fault: { field: 'email' } });
  });

  test.each([
    ['logIn', LIMITS.loginByIp.name],
    ['logIn', LIMITS.loginByAccount.name],
    ['logIn', LIMITS.loginByAccountAndIp.name],
    ['register', LIMITS.registerByIp.name],
    ['register', LIMITS.mailByAccount.name],
    ['resend', LIMITS.mailByIp.name],
    ['requestReset', LIMITS.mailByAccount.name],
  ] as const)('%s waits when %s is used up, and touches nothing', async (action, name) => {
    const door = new FrontDoor();
    door.exhausted.set(name, 1_200);
    expect(await door[action]()).toEqual({ ok: false, refusal: 'rate_limited', retryAfterS: 2 });
    expect([door.world.users.size, door.mails.length, door.verified.length]).toEqual([0, 0, 0]);
  });

  test('a right password forgives this address its wrong ones, a wrong one nothing', async () => {
    const door = new FrontDoor();
    await door.signedIn();
    expect(door.forgiven).toEqual([LIMITS.loginByAccountAndIp.name]);
    await door.logIn(EMAIL, 'a wrong password');
    expect(door.forgiven).toHaveLength(1);
  });
});

describe('staying signed in', () => {
  test('each refresh gives the next token; the old one within seconds gives access only', async () => {
    const door = new FrontDoor();
    const { refresh } = await door.signedIn();
    const next = await door.refresh(refresh);
    expect(next).toMatchObject({ ok: true, value: { refresh: { token: expect.any(String) } } });
    door.wait(5_000);
    const again = await door.refresh(refresh);
    expect(again.ok && [again.value.refresh, again.value.access.token !== '']).toEqual([undefined, true]);
  });

  test('of two at once one rotates, the other repeats, and both go on', async () => {
    const door = new FrontDoor();
    const { refresh } = await door.signedIn();
    const both = await Promise.all([door.refresh(refresh), door.refresh(refresh)]);
    expect(both.map((done) => done.ok && done.value.refresh !== undefined).sort()).toEqual([false, true]);
    expect(both.every(({ ok }) => ok)).toBe(true);
  });

  test('a copied token ends the session: in the store, in the cache and in the audit log', async () => {
    const door = new FrontDoor();
    const { access, refresh } = await door.signedIn();
    expect(await door.authenticate(access)).toBeDefined();
    await door.refresh(refresh);
    door.wait(60_000);
    expect(await door.refresh(refresh)).toEqual({ ok: false, refusal: 'session_reused' });
    expect(await door.authenticate(access)).toBeUndefined();
    expect(door.world.audit.map(({ action }) => action)).toEqual(['session.ended-by-reuse']);
    expect(await door.refresh(refresh)).toEqual({ ok: false, refusal: 'session_expired' });
  });

  test('a browser that is not used for two weeks signs in again', async () => {
    const door = new FrontDoor();
    const { refresh } = await door.signedIn();
    door.wait(14 * 24 * HOUR_MS);
    expect(await door.refresh(refresh)).toEqual({ ok: false, refusal: 'session_expired' });
  });

  test('and any browser after sixty days', async () => {
    const door = new FrontDoor();
    let { refresh } = await door.signedIn();
    for (let day = 0; day < 60; day += 10) {
      const done = await door.refresh(refresh);
      if (!done.ok || !done.value.refresh) throw new Error(`day ${day}`);
      refresh = done.value.refresh.token;
      door.wait(10 * 24 * HOUR_MS);
    }
    expect(await door.refresh(refresh)).toEqual({ ok: false, refusal: 'session_expired' });
  });
});

describe('who calls', () => {
  test('is known from the cache, without it from the store, and not after the token’s time', async () => {
    const door = new FrontDoor();
    const { access } = await door.signedIn();
    const caller = await door.authenticate(access);
    expect(caller).toMatchObject({ roles: ['trader'] });
    expect(door.cached.size).toBe(1);
    door.isCacheDown = true;
    expect(await door.authenticate(access)).toEqual(caller);
    door.wait(600_000);
    expect(await door.authenticate(access)).toBeUndefined();
  });

  test('nobody after signing out, cached or not; signing out again is no error', async () => {
    const door = new FrontDoor();
    const { access, refresh } = await door.signedIn();
    await door.authenticate(access);
    await door.logOut(refresh);
    expect(await door.authenticate(access)).toBeUndefined();
    door.isCacheDown = true;
    expect(await door.authenticate(access)).toBeUndefined();
    await door.logOut(refresh);
    await door.logOut('unknown');
    await door.logOut(undefined);
    expect(door.world.audit).toHaveLength(1);
  });

  test('nobody under the name of another session’s user', async () => {
    const door = new FrontDoor();
    const { access } = await door.signedIn();
    const forged = JSON.stringify({ ...JSON.parse(access), userId: 'somebody-else' });
    expect(await door.authenticate(forged)).toBeUndefined();
  });

  test('a cached session does not outlive its last day', async () => {
    const door = new FrontDoor();
    const { access } = await door.signedIn();
    await door.authenticate(access);
    for (const [id, session] of door.cached) {
      if (session !== 'ended') door.cached.set(id, { ...session, expiresAt: door.now });
    }
    expect(await door.authenticate(access)).toBeUndefined();
  });

  test('a new password signs everybody out', async () => {
    const door = new FrontDoor();
    const { access, refresh } = await door.signedIn();
    await door.authenticate(access);
    await door.requestReset();
    expect(await door.reset(door.mailedToken, 'another password')).toEqual({ ok: true, value: 'password_changed' });
    expect(await door.authenticate(access)).toBeUndefined();
    expect((await door.refresh(refresh)).ok).toBe(false);
    expect((await door.logIn(EMAIL, PASSWORD)).ok).toBe(false);
    expect((await door.logIn(EMAIL, 'another password')).ok).toBe(true);
  });
});
