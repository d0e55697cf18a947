import { FrontDoor } from './front-door';

const HOUR_MS = 3_600_000;

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
});
