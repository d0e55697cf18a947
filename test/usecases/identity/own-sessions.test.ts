import type { SessionId } from '../../../domain/kernel/ids';
import { idOf } from '../../../domain/kernel/ids';
import { DAY_MS } from '../../../domain/kernel/instant';
import type { Caller } from '../../../usecases/ports/identity/session';
import { client, EMAIL, FrontDoor, PASSWORD, trace } from './front-door';

async function twice(door: FrontDoor) {
  const first = await door.signedIn();
  door.wait(60_000);
  const again = await door.logIn();
  if (!again.ok) throw new Error('it was the right password');
  const here = (await door.authenticate(again.value.access.token)) as Caller;
  const there = (await door.authenticate(first.access)) as Caller;
  return { here, there, accessThere: first.access, accessHere: again.value.access.token };
}

describe('one’s own sessions', () => {
  test('are listed with device and last use, this one first', async () => {
    const door = new FrontDoor();
    const { here, there } = await twice(door);
    expect(await door.listSessions(there)).toMatchObject([
      { sessionId: there.sessionId, userAgent: 'browser/1', isCurrent: true, lastUsedAt: door.now - 60_000 },
      { sessionId: here.sessionId, isCurrent: false, lastUsedAt: door.now },
    ]);
    door.wait(14 * DAY_MS - 30_000);
    expect(await door.listSessions(here)).toHaveLength(1);
  });

  test('one is ended, at once and on the record; those of others and ended ones are unknown', async () => {
    const door = new FrontDoor();
    const { here, there, accessThere } = await twice(door);
    expect(await door.endOwnSession(here, there.sessionId, trace)).toMatchObject({ ok: true });
    expect(await door.authenticate(accessThere)).toBeUndefined();
    for (const id of [there.sessionId, idOf<SessionId>('unknown')]) {
      expect(await door.endOwnSession(here, id, trace)).toMatchObject({ refusal: 'session_unknown' });
    }
    const stranger = { ...here, userId: idOf<Caller['userId']>('stranger') };
    expect(await door.endOwnSession(stranger, here.sessionId, trace)).toMatchObject({ refusal: 'session_unknown' });
    expect(door.world.audit.map(({ action, subject }) => [action, subject])).toEqual([
      ['session.ended', there.sessionId],
    ]);
  });

  test('all others are ended and this one stays', async () => {
    const door = new FrontDoor();
    const { here, accessHere, accessThere } = await twice(door);
    expect([await door.endOtherSessions(here, trace), await door.endOtherSessions(here, trace)]).toEqual([1, 0]);
    expect(await door.authenticate(accessThere)).toBeUndefined();
    expect(await door.authenticate(accessHere)).toBeDefined();
  });
});

describe('changing the password', () => {
  const change = (door: FrontDoor, caller: Caller, currentPassword: string, newPassword: string) =>
    door.changePassword({ caller, currentPassword, newPassword, client, trace });

  test('asks for the present one, ends the other sessions and sends a notice', async () => {
    const door = new FrontDoor();
    const { here, accessHere, accessThere } = await twice(door);
    await door.requestReset();
    await door.deliver();
    const link = door.mailedToken;
    expect(await change(door, here, 'a wrong password', 'another good password')).toMatchObject({
      refusal: 'password_mismatch',
      fault: { field: 'currentPassword' },
    });
    expect(door.refused).toMatchObject([{ action: 'password-change', userId: here.userId, source: client.ip }]);
    expect(await change(door, here, PASSWORD, 'password1234')).toMatchObject({
      refusal: 'password_weak',
      fault: { field: 'newPassword' },
    });
    expect(await change(door, here, PASSWORD, 'another good password')).toEqual({
      ok: true,
      value: 'password_changed',
    });
    expect([await door.authenticate(accessHere), await door.authenticate(accessThere)]).toEqual([here, undefined]);
    await door.deliver();
    expect(door.mails[0]).toMatchObject({ kind: 'password-changed' });
    expect((await door.logIn(EMAIL, PASSWORD)).ok).toBe(false);
    expect((await door.logIn(EMAIL, 'another good password')).ok).toBe(true);
    expect(await door.reset(link, 'a third good password')).toMatchObject({ refusal: 'token_invalid' });
  });

  test('a forgotten one is set by mail, and everybody is signed out', async () => {
    const door = new FrontDoor();
    const { access, refresh } = await door.signedIn();
    await door.authenticate(access);
    await door.requestReset();
    await door.deliver();
    const link = door.mailedToken;
    expect(await door.reset(link, 'ann@example.com')).toMatchObject({ refusal: 'password_weak' });
    expect(await door.reset(link, 'another good password')).toEqual({ ok: true, value: 'password_changed' });
    expect(await door.authenticate(access)).toBeUndefined();
    expect((await door.refresh(refresh)).ok).toBe(false);
    expect((await door.logIn(EMAIL, PASSWORD)).ok).toBe(false);
    expect((await door.logIn(EMAIL, 'another good password')).ok).toBe(true);
    await door.deliver();
    expect(door.mails[0]).toMatchObject({ kind: 'password-changed' });
  });
});
