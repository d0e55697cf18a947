import { DAY_MS } from '../../../domain/kernel/instant';
import { SLOW_MS } from '../../../usecases/identity/log-in';
import { LIMITS } from '../../../usecases/identity/throttle';
import { EMAIL, FrontDoor, PASSWORD } from './front-door';

describe('signing in', () => {
  test('verifies something for strangers too', async () => {
    const door = new FrontDoor();
    expect(await door.logIn('nobody@example.com')).toEqual({ ok: false, refusal: 'credentials_invalid' });
    expect(door.verified).toEqual([undefined]);
  });

  test('a failed attempt leaves a line with user and source, and no address', async () => {
    const door = new FrontDoor();
    await door.confirmed();
    await door.logIn(EMAIL, 'a wrong password');
    await door.logIn('nobody@example.com');
    door.exhausted.set(LIMITS.loginByAccountAndIp.name, 1_000);
    await door.logIn();
    const [userId] = door.world.users.keys();
    const line = { action: 'sign-in', source: '192.0.2.1', correlationId: 'c-1' };
    expect(door.refused).toEqual([
      { ...line, reason: 'credentials_invalid', userId },
      { ...line, reason: 'credentials_invalid', userId: undefined },
      { ...line, reason: 'rate_limited', userId: undefined },
    ]);
  });

  test('a right password forgives this source its wrong ones, a wrong one nothing', async () => {
    const door = new FrontDoor();
    await door.signedIn();
    expect(door.forgiven).toEqual([LIMITS.loginByAccountAndIp.name]);
    await door.logIn(EMAIL, 'a wrong password');
    expect(door.forgiven).toHaveLength(1);
  });

  test('over a live session ends the old one', async () => {
    const door = new FrontDoor();
    const { access, refresh } = await door.signedIn();
    expect((await door.logIn(EMAIL, 'a wrong password', { replaced: refresh })).ok).toBe(false);
    expect(await door.authenticate(access)).toBeDefined();
    const again = await door.logIn(EMAIL, PASSWORD, { replaced: refresh });
    expect(await door.authenticate(access)).toBeUndefined();
    expect(await door.refresh(refresh)).toEqual({ ok: false, refusal: 'session_expired' });
    expect(again.ok && (await door.authenticate(again.value.access.token))).toMatchObject({ roles: ['trader'] });
    expect(door.world.audit.map(({ action }) => action)).toEqual(['session.replaced']);
    expect((await door.logIn(EMAIL, PASSWORD, { replaced: 'unknown' })).ok).toBe(true);
  });
});

/** Goal: what is used up belongs to whoever used it. */
describe('limits', () => {
  test.each([
    ['logIn', LIMITS.loginByIp.name],
    ['logIn', LIMITS.loginByAccountAndIp.name],
    ['register', LIMITS.registerByIp.name],
    ['register', LIMITS.mailByAccountAndIp.name],
    ['register', LIMITS.registerByAccount.name],
    ['resend', LIMITS.mailByIp.name],
    ['requestReset', LIMITS.mailByAccountAndIp.name],
  ] as const)('%s waits when %s is used up, and touches nothing', async (action, name) => {
    const door = new FrontDoor();
    door.exhausted.set(name, 1_200);
    expect(await door[action]()).toEqual({ ok: false, refusal: 'rate_limited', retryAfterS: 2 });
    expect([door.world.registrations, door.world.messages.length, door.verified.length]).toEqual([[], 0, 0]);
  });

  test('an account that many strangers try is slow for strangers and locked for nobody', async () => {
    const door = new FrontDoor();
    const { device } = await door.signedIn();
    door.exhausted.set(LIMITS.loginByAccountFreely.name, 900_000);
    door.paces.length = 0;
    expect((await door.logIn()).ok).toBe(true);
    expect((await door.logIn('nobody@example.com')).ok).toBe(false);
    expect((await door.logIn(EMAIL, PASSWORD, { device })).ok).toBe(true);
    expect(door.paces).toEqual([SLOW_MS, SLOW_MS, 0]);
  });

  test('a device that is known passes where its network and its account are used up, and has a limit of its own', async () => {
    const door = new FrontDoor();
    const { device } = await door.signedIn();
    for (const limit of [LIMITS.loginByIp, LIMITS.loginByAccountAndIp, LIMITS.mailByAccountAndIp, LIMITS.mailByIp])
      door.exhausted.set(limit.name, 900_000);
    for (const limit of [LIMITS.mailByAccountFreely, LIMITS.mailByAccountSteadily]) door.exhausted.set(limit.name, 9);
    expect(await door.logIn(EMAIL, PASSWORD, { device })).toMatchObject({
      ok: true,
      value: { device: { token: device } },
    });
    expect(await door.requestReset(EMAIL, device)).toMatchObject({ ok: true });
    await door.deliver();
    expect(door.mails[0]?.kind).toBe('reset-password');
    door.exhausted.set(LIMITS.loginByDevice.name, 1_000);
    expect(await door.logIn(EMAIL, PASSWORD, { device })).toMatchObject({ refusal: 'rate_limited' });
  });

  test.each<[string, (door: FrontDoor, device: string) => Promise<readonly [string, string]>]>([
    ['for another account', async (_, device) => ['bob@example.com', device]],
    ['when it was made up', async () => [EMAIL, 'x'.repeat(43)]],
    [
      'after half a year',
      async (door, device) => {
        door.wait(180 * DAY_MS);
        return [EMAIL, device];
      },
    ],
    [
      'after the password was reset',
      async (door, device) => {
        await door.requestReset();
        await door.deliver();
        await door.reset(door.mailedToken, 'another good password');
        return [EMAIL, device];
      },
    ],
  ])('a device is a stranger %s', async (_, given) => {
    const door = new FrontDoor();
    const { device } = await door.signedIn();
    const [email, presented] = await given(door, device);
    door.exhausted.set(LIMITS.loginByIp.name, 1_000);
    expect(await door.logIn(email, PASSWORD, { device: presented })).toMatchObject({ refusal: 'rate_limited' });
  });

  test('a token that was planted in a browser is not taken over', async () => {
    const door = new FrontDoor();
    await door.confirmed();
    const done = await door.logIn(EMAIL, PASSWORD, { device: 'planted' });
    expect(done.ok && done.value.device?.token).toMatch(/^token-/);
  });

  test('when many ask for an account’s mails, its owner still has one that is minutes old', async () => {
    const door = new FrontDoor();
    await door.confirmed();
    await door.requestReset();
    door.exhausted.set(LIMITS.mailByAccountFreely.name, 3_600_000);
    expect(await door.requestReset()).toMatchObject({ ok: true });
    door.exhausted.set(LIMITS.mailByAccountSteadily.name, 300_000);
    expect(await door.requestReset()).toMatchObject({ ok: true });
    expect(await door.deliver()).toEqual(['sent', 'sent']);
    expect(await door.reset(door.mailedToken, 'another good password')).toMatchObject({ ok: true });
  });

  test.each(['register', 'logIn', 'requestReset', 'resend'] as const)(
    'what one source is refused (%s) does not count against the account',
    async (action) => {
      const door = new FrontDoor();
      for (const { name } of [LIMITS.mailByAccountAndIp, LIMITS.loginByAccountAndIp]) door.exhausted.set(name, 1_000);
      expect(await door[action]()).toMatchObject({ refusal: 'rate_limited' });
      expect(door.counted.filter((each) => / ann@example\.com$/.test(each))).toEqual([]);
    },
  );

  test('mails of one purpose do not use up those of another', async () => {
    const door = new FrontDoor();
    await door.requestReset();
    await door.resend();
    expect(door.counted.filter((each) => each.startsWith(`${LIMITS.mailByAccountFreely.name} `))).toEqual([
      'mail-account reset ann@example.com',
      'mail-account verify ann@example.com',
    ]);
  });
});
