import { randomUUID } from 'node:crypto';
import type { Database } from '../../../../adapters/cockroach/database';
import { makeIdentityStore } from '../../../../adapters/cockroach/identity/identity-store';
import { pruneIdentity } from '../../../../adapters/cockroach/identity/prune-identity';
import { makeSessionStore } from '../../../../adapters/cockroach/identity/session-store';
import { idOf, type SessionId, type UserId } from '../../../../domain/kernel/ids';
import { instant, plusMs } from '../../../../domain/kernel/instant';
import type { MailTokenKind, NewUser } from '../../../../usecases/ports/identity-store';
import { identityWorld, memoryIdentityStore, memorySessionStore } from '../../../fakes/memory-identity';
import { migratedDatabase } from '../test-database';

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

const IMPLEMENTATIONS = [
  [
    'in memory',
    async () => {
      const world = identityWorld();
      const stores = { identities: memoryIdentityStore(world), sessions: memorySessionStore(world) };
      return { ...stores, close: async () => undefined };
    },
  ],
  [
    'in the database',
    async () => {
      const database = await migratedDatabase(8);
      const stores = { identities: makeIdentityStore(database), sessions: makeSessionStore(database) };
      return { ...stores, close: database.close };
    },
  ],
] as const;

/** Goal: the fake and the database keep users, links and sessions by the same rules. */
describe.each(IMPLEMENTATIONS)('identity %s', (_, open) => {
  let stores: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  const newUser = (change: Partial<NewUser> = {}): NewUser => {
    const name = randomUUID();
    return {
      userId: idOf<UserId>(randomUUID()),
      email: `${name}@Example.com`,
      emailKey: `${name}@example.com`,
      displayName: 'Änn',
      roles: ['trader'],
      passwordHash: 'hash-1',
      at: NOW,
      ...change,
    };
  };
  const token = (kind: MailTokenKind, tokenHash = randomUUID()) => ({ kind, tokenHash, expiresAt: LATER });

  async function verified(): Promise<NewUser> {
    const user = newUser();
    const link = token('verify-email');
    await stores.identities.register(user, link);
    expect(await stores.identities.verifyEmail(link.tokenHash, NOW)).toBe(true);
    return user;
  }

  async function signedIn(user: NewUser) {
    const sessionId = idOf<SessionId>(randomUUID());
    const tokenHash = randomUUID();
    const { userId, passwordHash } = user;
    const session = { sessionId, userId, passwordHash, tokenHash, userAgent: 'b', at: NOW, expiresAt: LATER };
    return { sessionId, tokenHash, opened: await stores.sessions.open(session) };
  }

  test('a user is found by id and by address, unverified at first', async () => {
    const user = newUser();
    expect(await stores.identities.register(user, token('verify-email'))).toBe('registered');
    const { userId, email, displayName, roles, passwordHash, emailKey } = user;
    expect(await stores.identities.find(userId)).toEqual({ userId, email, displayName, roles });
    const found = await stores.identities.findByEmail(emailKey);
    expect(found).toEqual({ userId, email, displayName, roles, passwordHash, verifiedAt: null });
    expect(await stores.identities.findByEmail('nobody@example.com')).toBeUndefined();
    expect(await stores.identities.find(idOf<UserId>(randomUUID()))).toBeUndefined();
  });

  test('an unverified registration gives way and keeps its id; a verified one stays', async () => {
    const first = newUser();
    const { email, emailKey } = first;
    const address = { email, emailKey };
    const link = token('verify-email');
    await stores.identities.register(first, link);
    const second = newUser({ ...address, displayName: 'Bea', passwordHash: 'hash-2' });
    const newer = token('verify-email');
    expect(await stores.identities.register(second, newer)).toBe('registered');
    expect(await stores.identities.verifyEmail(link.tokenHash, NOW)).toBe(false);
    expect(await stores.identities.verifyEmail(newer.tokenHash, NOW)).toBe(true);
    expect(await stores.identities.findByEmail(first.emailKey)).toMatchObject({
      userId: first.userId,
      displayName: 'Bea',
      passwordHash: 'hash-2',
      verifiedAt: NOW,
    });
    const third = newUser({ ...address, passwordHash: 'hash-3' });
    expect(await stores.identities.register(third, token('verify-email'))).toBe('exists');
    expect((await stores.identities.findByEmail(first.emailKey))?.passwordHash).toBe('hash-2');
  });

  test('a link is good once, in time, for its own purpose, and only the newest', async () => {
    const user = newUser();
    const link = token('verify-email');
    await stores.identities.register(user, link);
    expect(await stores.identities.resetPassword(link.tokenHash, 'x', audit('reset'))).toBeUndefined();
    expect(await stores.identities.verifyEmail(link.tokenHash, LATER)).toBe(false);
    const newest = token('verify-email');
    await stores.identities.putMailToken(user.userId, newest);
    expect(await stores.identities.verifyEmail(link.tokenHash, NOW)).toBe(false);
    const taken = await Promise.all(
      Array.from({ length: 5 }, () => stores.identities.verifyEmail(newest.tokenHash, NOW)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test('a new password ends every session that is open, and names them', async () => {
    const user = await verified();
    const [one, two] = [await signedIn(user), await signedIn(user)];
    await stores.sessions.end(one.sessionId, NOW, audit('end'));
    const link = token('reset-password');
    await stores.identities.putMailToken(user.userId, link);
    expect(await stores.identities.resetPassword(link.tokenHash, 'hash-9', audit('reset'))).toEqual([two.sessionId]);
    expect(await stores.sessions.findLive(two.sessionId, NOW)).toBeUndefined();
    expect((await stores.identities.findByEmail(user.emailKey))?.passwordHash).toBe('hash-9');
    expect((await signedIn(user)).opened).toBe('stale');
    expect(await stores.identities.resetPassword(link.tokenHash, 'hash-0', audit('reset'))).toBeUndefined();
  });

  test('a reset without a session names none', async () => {
    const user = await verified();
    const link = token('reset-password');
    await stores.identities.putMailToken(user.userId, link);
    expect(await stores.identities.resetPassword(link.tokenHash, 'hash-9', audit('reset'))).toEqual([]);
  });

  test('each exchange is won by one of many, and every old token is still known', async () => {
    const user = await verified();
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
    const user = await verified();
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
    const user = await verified();
    const { sessionId } = await signedIn(user);
    expect(await stores.identities.setRoles(user.userId, ['trader', 'risk'], audit('role'))).toEqual([sessionId]);
    expect((await stores.sessions.findLive(sessionId, NOW))?.roles).toEqual(['trader', 'risk']);
    expect(await stores.identities.setRoles(idOf<UserId>(randomUUID()), ['risk'], audit('role'))).toBeUndefined();
  });
});

describe('pruning', () => {
  let database: Database;
  beforeAll(async () => {
    database = await migratedDatabase(2);
  });
  afterAll(() => database.close());

  test('deletes expired links at once and expired sessions after a month, with their tokens', async () => {
    const [identities, sessions] = [makeIdentityStore(database), makeSessionStore(database)];
    const at = NOW;
    const user = {
      ...{ userId: idOf<UserId>(randomUUID()), email: 'a@b.c', emailKey: 'a@b.c', displayName: 'Ann' },
      ...{ roles: ['trader'] as const, passwordHash: 'h', at },
    };
    await identities.register(user, { kind: 'verify-email', tokenHash: 't', expiresAt: LATER });
    for (const expiresAt of [LATER, plusMs(LATER, 86_400_000)]) {
      const [sessionId, tokenHash] = [idOf<SessionId>(randomUUID()), randomUUID()];
      const { userId, passwordHash } = user;
      await sessions.open({ sessionId, userId, passwordHash, tokenHash, userAgent: '', at, expiresAt });
    }
    const month = 30 * 86_400_000;
    expect(await pruneIdentity(database, LATER)).toEqual({ mailTokens: 0, refreshTokens: 0, sessions: 0 });
    expect(await pruneIdentity(database, plusMs(LATER, 1))).toEqual({ mailTokens: 1, refreshTokens: 0, sessions: 0 });
    const late = plusMs(LATER, month + 1);
    expect(await pruneIdentity(database, late)).toEqual({ mailTokens: 0, refreshTokens: 1, sessions: 1 });
    expect(await pruneIdentity(database, late)).toEqual({ mailTokens: 0, refreshTokens: 0, sessions: 0 });
  });
});
