import { randomUUID } from 'node:crypto';
import { idOf, type RegistrationId, type SessionId, type UserId } from '../../../../domain/kernel/ids';
import { instant, plusMs } from '../../../../domain/kernel/instant';
import type { NewRegistration } from '../../../../usecases/ports/identity/registration-store';
import { IDENTITY_STORES } from './identity-stores';
import { mailRequested } from './mail-requested';

const NOW = instant(1_764_000_000_000);
const LATER = plusMs(NOW, 60_000);

const audit = (action: string) => ({
  auditId: randomUUID(),
  at: NOW,
  actor: 'test',
  action,
  subject: 'someone',
  detail: {},
  correlationId: 'c-1',
});

const request = (userId?: UserId) => mailRequested(NOW, userId);

/** Goal: the fake and the database keep users, links and sessions by the same rules. */
describe.each(IDENTITY_STORES)('identity %s', (_, open) => {
  let stores: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  const registration = (change: Partial<NewRegistration> = {}): NewRegistration => {
    const name = randomUUID();
    return {
      registrationId: idOf<RegistrationId>(randomUUID()),
      email: `${name}@Example.com`,
      emailKey: `${name}@example.com`,
      displayName: 'Änn',
      passwordHash: 'hash-1',
      at: NOW,
      expiresAt: LATER,
      ...change,
    };
  };
  const token = () => ({ tokenHash: randomUUID(), expiresAt: LATER });
  const person = (change = {}) => ({
    userId: idOf<UserId>(randomUUID()),
    displayName: 'Änn',
    passwordHash: 'hash-1',
    roles: ['trader'] as const,
    ...change,
  });

  async function linked(change: Partial<NewRegistration> = {}) {
    const added = registration(change);
    const link = token();
    expect(await stores.registrations.add(added, request())).toBe('added');
    expect(await stores.registrations.link(added.registrationId, link, NOW)).toBe(added.email);
    return { ...added, ...link };
  }

  async function confirmed() {
    const { tokenHash, email, emailKey } = await linked();
    const user = person();
    expect(await stores.registrations.confirm(tokenHash, user, NOW)).toBe(true);
    return { ...user, email, emailKey };
  }

  async function signedIn(user: Awaited<ReturnType<typeof confirmed>>) {
    const sessionId = idOf<SessionId>(randomUUID());
    const tokenHash = randomUUID();
    const { userId, passwordHash } = user;
    const session = { sessionId, userId, passwordHash, tokenHash, userAgent: 'b', at: NOW, expiresAt: LATER };
    return { sessionId, tokenHash, opened: await stores.sessions.open(session) };
  }

  test('a registration makes no user until its link is taken; then the user is found by id and by address', async () => {
    const waiting = await linked();
    expect(await stores.identities.findByEmail(waiting.emailKey)).toBeUndefined();
    const { registrationId, email, displayName, passwordHash } = waiting;
    const found = { registrationId, email, displayName, passwordHash };
    expect(await stores.registrations.findByToken(waiting.tokenHash, NOW)).toEqual(found);
    expect(await stores.registrations.findByToken(waiting.tokenHash, LATER)).toBeUndefined();
    expect(await stores.registrations.confirm(waiting.tokenHash, person(), LATER)).toBe(false);
    const user = person({ displayName: 'Ann', passwordHash: 'hash-2' });
    expect(await stores.registrations.confirm(waiting.tokenHash, user, NOW)).toBe(true);
    const { userId, roles } = user;
    const known = { userId, email, displayName: 'Ann', roles };
    expect(await stores.identities.find(userId)).toEqual(known);
    expect(await stores.identities.findByEmail(waiting.emailKey)).toEqual({ ...known, passwordHash: 'hash-2' });
    expect(await stores.identities.credentialsOf(userId)).toEqual({ ...known, passwordHash: 'hash-2' });
    expect(await stores.identities.findByEmail('nobody@example.com')).toBeUndefined();
    expect(await stores.identities.find(idOf<UserId>(randomUUID()))).toBeUndefined();
    expect(await stores.identities.credentialsOf(idOf<UserId>(randomUUID()))).toBeUndefined();
    expect(await stores.registrations.add(registration(waiting), request())).toBe('exists');
  });

  test('registrations of one address stand side by side until one is confirmed, by one of many at once', async () => {
    const first = await linked();
    const { email, emailKey } = first;
    const second = await linked({ email, emailKey, displayName: 'Bea', passwordHash: 'hash-2' });
    expect(await stores.registrations.findByToken(first.tokenHash, NOW)).toMatchObject({ passwordHash: 'hash-1' });
    expect(await stores.registrations.findByToken(second.tokenHash, NOW)).toMatchObject({ displayName: 'Bea' });
    const links = [first, second, first, second, first].map(({ tokenHash }) => tokenHash);
    const taken = await Promise.all(links.map((hash) => stores.registrations.confirm(hash, person(), NOW)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    for (const { tokenHash } of [first, second]) {
      expect(await stores.registrations.findByToken(tokenHash, NOW)).toBeUndefined();
    }
    expect(await stores.registrations.link(second.registrationId, token(), NOW)).toBeUndefined();
  });

  test('a repeated registration is the newest of its address with a link of its own', async () => {
    const first = await linked();
    const { email, emailKey } = first;
    await linked({ email, emailKey, displayName: 'Bea', at: plusMs(NOW, 5) });
    const copy = { registrationId: idOf<RegistrationId>(randomUUID()), at: plusMs(NOW, 9), expiresAt: LATER };
    expect(await stores.registrations.repeat(emailKey, copy, request())).toBe(true);
    const link = token();
    expect(await stores.registrations.link(copy.registrationId, link, NOW)).toBe(email);
    expect(await stores.registrations.findByToken(link.tokenHash, NOW)).toMatchObject({ displayName: 'Bea' });
    expect(await stores.registrations.findByToken(first.tokenHash, NOW)).toBeDefined();
    expect(await stores.registrations.repeat('nobody@example.com', copy, request())).toBe(false);
    const late = { ...copy, registrationId: idOf<RegistrationId>(randomUUID()), at: LATER };
    expect(await stores.registrations.repeat(emailKey, late, request())).toBe(false);
  });

  test('a mail is asked for with what it is about, and is remembered when it was sent', async () => {
    const [one, two, three] = [request(), request(), request()];
    const { emailKey } = registration();
    await stores.mails.put(one);
    await stores.registrations.add(registration({ emailKey }), two);
    await stores.registrations.repeat('nobody@example.com', { ...registration() }, three);
    const messages = await stores.messages();
    expect([one, two, three].map(({ eventId }) => messages.includes(eventId))).toEqual([true, true, false]);
    const inbox = { consumer: 'send-mail', eventId: one.eventId };
    expect(await stores.mails.wasSent(inbox)).toBe(false);
    await stores.mails.markSent(inbox);
    await stores.mails.markSent(inbox);
    expect(await stores.mails.wasSent(inbox)).toBe(true);
    expect(await stores.mails.wasSent({ ...inbox, eventId: two.eventId })).toBe(false);
  });

  test('a device is known for one user, in time', async () => {
    const [ann, bob] = [await confirmed(), await confirmed()];
    await stores.devices.remember(ann.userId, 'device-1', NOW);
    expect(await stores.devices.isKnown(ann.emailKey, 'device-1', NOW)).toBe(false);
    await stores.devices.remember(ann.userId, 'device-1', LATER);
    expect(await stores.devices.isKnown(ann.emailKey, 'device-1', NOW)).toBe(true);
    expect(await stores.devices.isKnown(ann.emailKey, 'device-2', NOW)).toBe(false);
    expect(await stores.devices.isKnown(bob.emailKey, 'device-1', NOW)).toBe(false);
    expect(await stores.devices.isKnown('nobody@example.com', 'device-1', NOW)).toBe(false);
  });

  test('a reset ends every session that is open, names them, and takes every link and device with it', async () => {
    const user = await confirmed();
    const [one, two] = [await signedIn(user), await signedIn(user)];
    await stores.sessions.end(one.sessionId, NOW, audit('end'));
    await stores.devices.remember(user.userId, 'device-1', LATER);
    const links = [token(), token()] as const;
    for (const link of links) await stores.identities.putReset(user.userId, link);
    const [first, second] = links;
    const { userId, email, displayName, roles } = user;
    expect(await stores.identities.findByReset(second.tokenHash, NOW)).toEqual({ userId, email, displayName, roles });
    expect(await stores.identities.findByReset(second.tokenHash, LATER)).toBeUndefined();
    const late = { ...audit('reset'), at: LATER };
    expect(await stores.identities.resetPassword(first.tokenHash, 'x', late, request())).toBeUndefined();
    const notice = request(userId);
    const reset = await stores.identities.resetPassword(first.tokenHash, 'hash-9', audit('reset'), notice);
    expect(reset).toEqual([two.sessionId]);
    expect(await stores.messages()).toContain(notice.eventId);
    expect(await stores.sessions.findLive(two.sessionId, NOW)).toBeUndefined();
    expect((await stores.identities.findByEmail(user.emailKey))?.passwordHash).toBe('hash-9');
    expect((await signedIn(user)).opened).toBe('stale');
    expect(await stores.devices.isKnown(user.emailKey, 'device-1', NOW)).toBe(false);
    for (const { tokenHash } of links) {
      expect(await stores.identities.findByReset(tokenHash, NOW)).toBeUndefined();
      expect(await stores.identities.resetPassword(tokenHash, 'x', audit('reset'), request())).toBeUndefined();
    }
  });

  test('a reset without a session names none', async () => {
    const user = await confirmed();
    const link = token();
    await stores.identities.putReset(user.userId, link);
    expect(await stores.identities.resetPassword(link.tokenHash, 'x', audit('reset'), request())).toEqual([]);
  });

  test('a changed password ends the other sessions; what was changed meanwhile stays', async () => {
    const user = await confirmed();
    const [here, there] = [await signedIn(user), await signedIn(user)];
    const link = token();
    await stores.identities.putReset(user.userId, link);
    const change = { userId: user.userId, from: 'hash-1', to: 'hash-2', kept: here.sessionId };
    const notice = request(user.userId);
    expect(await stores.identities.changePassword(change, audit('change'), notice)).toEqual([there.sessionId]);
    expect(await stores.messages()).toContain(notice.eventId);
    expect(await stores.sessions.findLive(here.sessionId, NOW)).toBeDefined();
    expect(await stores.sessions.findLive(there.sessionId, NOW)).toBeUndefined();
    expect(await stores.identities.findByReset(link.tokenHash, NOW)).toBeUndefined();
    expect(await stores.identities.changePassword(change, audit('change'), request())).toBeUndefined();
    const back = { ...change, from: 'hash-2', to: 'hash-3' };
    expect(await stores.identities.changePassword(back, audit('change'), request())).toEqual([]);
  });

  test('open sessions are listed by their last use; one or all others of a user are ended', async () => {
    const [user, stranger] = [await confirmed(), await confirmed()];
    const [one, two, three] = [await signedIn(user), await signedIn(user), await signedIn(user)];
    const other = await signedIn(stranger);
    const at = plusMs(NOW, 5);
    await stores.sessions.rotate({
      sessionId: two.sessionId,
      generation: 1,
      at,
      expiresAt: LATER,
      tokenHash: randomUUID(),
    });
    const listed = await stores.sessions.openOf(user.userId, NOW);
    expect(listed).toHaveLength(3);
    expect(listed[0]).toEqual({ sessionId: two.sessionId, userAgent: 'b', openedAt: NOW, lastUsedAt: at });
    expect(await stores.sessions.openOf(user.userId, LATER)).toEqual([]);
    expect(await stores.sessions.endOwn(user.userId, other.sessionId, audit('end'))).toBe(false);
    expect(await stores.sessions.endOwn(user.userId, one.sessionId, audit('end'))).toBe(true);
    expect(await stores.sessions.endOwn(user.userId, one.sessionId, audit('end'))).toBe(false);
    expect(await stores.sessions.endOthers(user.userId, two.sessionId, audit('end'))).toEqual([three.sessionId]);
    expect(await stores.sessions.endOthers(user.userId, two.sessionId, audit('end'))).toEqual([]);
    expect(await stores.sessions.findLive(other.sessionId, NOW)).toBeDefined();
  });

  test('each exchange is won by one of many, and every old token is still known', async () => {
    const user = await confirmed();
    const { sessionId, tokenHash } = await signedIn(user);
    const next = Array.from({ length: 10 }, () => randomUUID());
    const rotation = { sessionId, generation: 1, at: plusMs(NOW, 5), expiresAt: plusMs(LATER, 5) };
    const rotated = await Promise.all(next.map((hash) => stores.sessions.rotate({ ...rotation, tokenHash: hash })));
    expect(rotated.filter((each) => each === 'rotated')).toHaveLength(1);
    const winner = next[rotated.indexOf('rotated')] as string;
    const family = { generation: 2, openedAt: NOW, rotatedAt: plusMs(NOW, 5), userAgent: 'b', endedAt: null };
    expect(await stores.sessions.findByToken(winner)).toMatchObject({ sessionId, generation: 2, family });
    expect(await stores.sessions.findByToken(tokenHash)).toMatchObject({
      generation: 1,
      family,
      user: { userId: user.userId },
    });
    expect(await stores.sessions.findByToken(next[rotated.indexOf('stale')] as string)).toBeUndefined();
  });

  test('an ended or expired session lives no more and cannot be exchanged', async () => {
    const user = await confirmed();
    const { sessionId } = await signedIn(user);
    expect(await stores.sessions.findLive(sessionId, NOW)).toEqual({
      userId: user.userId,
      roles: ['trader'],
      expiresAt: LATER,
    });
    expect(await stores.sessions.findLive(sessionId, LATER)).toBeUndefined();
    await stores.sessions.end(sessionId, NOW, audit('end'));
    await stores.sessions.end(sessionId, LATER, audit('end'));
    expect(await stores.sessions.findLive(sessionId, NOW)).toBeUndefined();
    const rotation = { sessionId, generation: 1, tokenHash: randomUUID(), at: NOW, expiresAt: LATER };
    expect(await stores.sessions.rotate(rotation)).toBe('stale');
  });

  test('roles count at once in the sessions that are open', async () => {
    const user = await confirmed();
    const { sessionId } = await signedIn(user);
    expect(await stores.identities.setRoles(user.userId, ['trader', 'risk'], audit('role'))).toEqual([sessionId]);
    expect((await stores.sessions.findLive(sessionId, NOW))?.roles).toEqual(['trader', 'risk']);
    expect(await stores.identities.setRoles(idOf<UserId>(randomUUID()), ['risk'], audit('role'))).toBeUndefined();
  });
});
