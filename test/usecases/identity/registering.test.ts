import { EMAIL, FrontDoor, PASSWORD } from './front-door';

const HOUR_MS = 3_600_000;
const VERIFIED = { ok: true, value: 'verified' };
const SQUATTER = 'what the squatter typed';

/** The link of the newest mail, after everything that waits has been delivered. */
const delivered = async (door: FrontDoor) => {
  await door.deliver();
  return door.mailedToken;
};

describe('registering', () => {
  test('is answered alike and at the same pace, account or not', async () => {
    const door = new FrontDoor();
    const fresh = await door.register();
    await door.verify(await delivered(door));
    const taken = await door.register('ANN@example.com');
    await door.deliver();
    expect(taken).toEqual(fresh);
    expect(door.mails.map(({ kind, to }) => [kind, to])).toEqual([
      ['already-registered', EMAIL.replace('Example', 'example')],
      ['verify-email', EMAIL.replace('Example', 'example')],
    ]);
    expect(door.paces).toEqual([600, 600]);
  });

  test('makes nobody until the link is shown together with the password; a wrong one spoils nothing', async () => {
    const door = new FrontDoor();
    await door.register();
    const link = await delivered(door);
    expect(door.world.users.size).toBe(0);
    expect(await door.verify(link, 'not the password')).toMatchObject({
      refusal: 'password_mismatch',
      fault: { field: 'password' },
    });
    expect(door.refused).toMatchObject([{ action: 'confirmation', source: '192.0.2.1' }]);
    expect(await door.verify(link)).toEqual(VERIFIED);
    expect(await door.verify(link)).toMatchObject({ refusal: 'token_invalid' });
    expect((await door.logIn()).ok).toBe(true);
  });

  test('a link is good for a day from when its mail went out', async () => {
    const door = new FrontDoor();
    await door.register();
    door.wait(20 * HOUR_MS);
    const link = await delivered(door);
    door.wait(24 * HOUR_MS - 1);
    expect(await door.verify(link, 'not the password')).toMatchObject({ refusal: 'password_mismatch' });
    door.wait(1);
    expect(await door.verify(link)).toMatchObject({ refusal: 'token_invalid', fault: { field: 'token' } });
  });

  test('under every spelling of an address there is one account', async () => {
    const door = new FrontDoor();
    await door.register('müller@bücher.example');
    await door.verify(await delivered(door));
    expect(door.mails[0]?.to).toBe('müller@xn--bcher-kva.example');
    await door.register('MÜLLER@xn--bcher-kva.example');
    await door.deliver();
    expect(door.mails[0]?.kind).toBe('already-registered');
  });

  test('says so where no mail would arrive', async () => {
    const door = new FrontDoor();
    door.takesUtf8 = false;
    const fault = { field: 'email', rule: expect.stringContaining('ASCII letters before the @') };
    expect(await door.register('müller@bücher.example')).toMatchObject({ refusal: 'address_unreachable', fault });
    expect((await door.register('mueller@bücher.example')).ok).toBe(true);
  });
});

/** Goal: whoever types somebody else's address gains nothing, before or after its owner comes. */
describe('two registrations of one address', () => {
  async function both(first: string, second: string) {
    const door = new FrontDoor();
    await door.register(EMAIL, first);
    const one = await delivered(door);
    await door.register(EMAIL, second);
    const two = await delivered(door);
    return { door, one, two };
  }

  test('the later one neither replaces the first’s password nor kills its link', async () => {
    const { door, one } = await both(PASSWORD, SQUATTER);
    expect(await door.verify(one, PASSWORD)).toEqual(VERIFIED);
    expect((await door.logIn(EMAIL, PASSWORD)).ok).toBe(true);
    expect((await door.logIn(EMAIL, SQUATTER)).ok).toBe(false);
  });

  test.each(['one', 'two'] as const)(
    'the victim’s click on the attacker’s mail (%s) verifies nothing',
    async (which) => {
      const links = await (which === 'one' ? both(SQUATTER, PASSWORD) : both(PASSWORD, SQUATTER));
      const { door } = links;
      expect(await door.verify(links[which], PASSWORD)).toMatchObject({ refusal: 'password_mismatch' });
      expect((await door.logIn(EMAIL, SQUATTER)).ok).toBe(false);
      expect(door.world.users.size).toBe(0);
    },
  );

  test('its owner may set a name and a password with any of the links, and nobody knows them', async () => {
    const { door, two } = await both(PASSWORD, SQUATTER);
    expect(await door.verifyAs(two, 'Ann herself', 'password1234')).toMatchObject({ refusal: 'password_weak' });
    expect(await door.verifyAs(two, 'Ann herself', 'chosen at the last moment')).toEqual(VERIFIED);
    expect(await door.logIn(EMAIL, 'chosen at the last moment')).toMatchObject({
      value: { user: { displayName: 'Ann herself' } },
    });
    expect((await door.logIn(EMAIL, SQUATTER)).ok).toBe(false);
  });

  test('the first that is confirmed ends the others', async () => {
    const { door, one, two } = await both(PASSWORD, SQUATTER);
    await door.verify(one, PASSWORD);
    expect(await door.verify(two, SQUATTER)).toMatchObject({ refusal: 'token_invalid' });
    expect(await door.verifyAs(two, 'Eve', 'chosen at the last moment')).toMatchObject({ refusal: 'token_invalid' });
    expect(door.world.registrations).toEqual([]);
  });

  test('a link that is asked for again leaves the earlier ones as they are', async () => {
    const door = new FrontDoor();
    await door.register();
    const first = await delivered(door);
    await door.resend();
    const again = await delivered(door);
    expect(again).not.toBe(first);
    expect(await door.verify(first, 'not the password')).toMatchObject({ refusal: 'password_mismatch' });
    expect(await door.verify(again)).toEqual(VERIFIED);
  });

  test('nobody learns at the sign-in page whether an address had an account before they registered it', async () => {
    const [free, taken] = [new FrontDoor(), new FrontDoor()];
    await taken.confirmed();
    for (const door of [free, taken]) await door.register(EMAIL, SQUATTER);
    expect(await free.logIn(EMAIL, SQUATTER)).toEqual(await taken.logIn(EMAIL, SQUATTER));
  });
});

describe('mails on request', () => {
  test('go only where they apply, and nobody can tell', async () => {
    const door = new FrontDoor();
    await door.confirmed();
    const answers = [
      await door.resend(),
      await door.resend('nobody@example.com'),
      await door.requestReset(),
      await door.requestReset('nobody@example.com'),
    ];
    await door.deliver();
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(door.mails.map(({ kind }) => kind)).toEqual(['reset-password', 'verify-email']);
    expect(door.paces).toEqual([600, 600, 600, 600, 600]);
  });

  test('whoever forgot the password before confirming the address gets the link that confirms it', async () => {
    const door = new FrontDoor();
    await door.register();
    await door.deliver();
    await door.requestReset();
    expect(await door.verifyAs(await delivered(door), 'Ann', 'chosen at the last moment')).toEqual(VERIFIED);
  });

  test('a reset link is good for half an hour, and a later mail does not spoil it', async () => {
    const door = new FrontDoor();
    await door.signedIn();
    await door.requestReset();
    const first = await delivered(door);
    await door.requestReset();
    const second = await delivered(door);
    door.wait(HOUR_MS / 2 - 1);
    expect(await door.reset(first, 'another good password')).toEqual({ ok: true, value: 'password_changed' });
    expect(await door.reset(second, 'a third good password')).toMatchObject({ refusal: 'token_invalid' });
    await door.requestReset();
    const third = await delivered(door);
    door.wait(HOUR_MS / 2);
    expect(await door.reset(third, 'a third good password')).toMatchObject({ refusal: 'token_invalid' });
  });
});

/** Goal: the request never waits for the mail server, so that its time says nothing about who has an account. */
describe('a mail server that never answers', () => {
  test.each<[string, (door: FrontDoor, email: string) => Promise<unknown>]>([
    ['registering', (door, email) => door.register(email)],
    ['asking for a reset', (door, email) => door.requestReset(email)],
    ['asking for the link again', (door, email) => door.resend(email)],
  ])('%s is answered, known or not', async (_, ask) => {
    const door = new FrontDoor();
    await door.confirmed();
    door.mailServer = () => new Promise(() => undefined);
    expect(await ask(door, EMAIL)).toEqual(await ask(door, 'nobody@example.com'));
  });

  test('one that is away is tried again, with a new link; one that refuses is not', async () => {
    const door = new FrontDoor();
    await door.register();
    door.mailServer = async () => Promise.reject(new Error('away'));
    await expect(door.deliver()).rejects.toThrow('away');
    door.mailServer = async () => 'sent';
    expect(await door.deliver()).toEqual(['sent']);
    expect(await door.deliver()).toEqual([]);
    expect(await door.verify(door.mailedToken)).toEqual(VERIFIED);
    door.mailServer = async () => 'refused';
    await door.register('bob@example.com');
    expect([await door.deliver(), await door.deliver()]).toEqual([['refused'], []]);
  });

  test('a mail that waited for more than a day, or whose reason has gone, is not sent', async () => {
    const door = new FrontDoor();
    await door.register();
    await door.resend();
    await door.deliver();
    await door.resend();
    await door.verify(door.mailedToken);
    expect(await door.deliver()).toEqual(['gone']);
    await door.requestReset();
    door.wait(24 * HOUR_MS + 1);
    expect(await door.deliver()).toEqual(['late']);
  });
});
