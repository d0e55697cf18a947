import type { SessionId, UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { AuditEntry } from '../../usecases/ports/audit';
import type { Credentials, IdentityStore, MailToken, User } from '../../usecases/ports/identity-store';
import type { NewSession, SessionStore } from '../../usecases/ports/session-store';

type KeptUser = { -readonly [K in keyof Credentials]: Credentials[K] } & { readonly emailKey: string };
type KeptSession = NewSession & { generation: number; rotatedAt: Instant; expiresAt: Instant; endedAt: Instant | null };
type KeptToken = MailToken & { readonly userId: UserId };

/** What the identity stores of one test keep in place of a database. */
export type IdentityWorld = {
  readonly users: Map<UserId, KeptUser>;
  /** By user and kind: one of each. */
  readonly mailTokens: Map<string, KeptToken>;
  readonly sessions: Map<SessionId, KeptSession>;
  readonly refreshTokens: Map<string, { readonly sessionId: SessionId; readonly generation: number }>;
  readonly audit: AuditEntry[];
};

export const identityWorld = (): IdentityWorld => ({
  users: new Map(),
  mailTokens: new Map(),
  sessions: new Map(),
  refreshTokens: new Map(),
  audit: [],
});

const publicPart = ({ userId, email, displayName, roles }: KeptUser): User => ({ userId, email, displayName, roles });

export function memoryIdentityStore(world: IdentityWorld): IdentityStore {
  const byKey = (emailKey: string) => [...world.users.values()].find((user) => user.emailKey === emailKey);
  const put = (userId: UserId, token: MailToken) =>
    world.mailTokens.set(`${userId} ${token.kind}`, { ...token, userId });
  const take = (tokenHash: string, kind: MailToken['kind'], at: Instant): KeptUser | undefined => {
    for (const [key, token] of world.mailTokens) {
      if (token.tokenHash !== tokenHash || token.kind !== kind || token.expiresAt <= at) continue;
      world.mailTokens.delete(key);
      return world.users.get(token.userId);
    }
    return undefined;
  };
  const openSessions = (userId: UserId) =>
    [...world.sessions.values()].filter((session) => session.userId === userId && session.endedAt === null);
  return {
    register: async ({ userId, email, emailKey, displayName, roles, passwordHash }, token) => {
      const known = byKey(emailKey);
      if (known && known.verifiedAt !== null) return 'exists';
      if (known) Object.assign(known, { email, displayName, passwordHash });
      else world.users.set(userId, { userId, email, emailKey, displayName, roles, passwordHash, verifiedAt: null });
      put(known?.userId ?? userId, token);
      return 'registered';
    },
    find: async (userId) => {
      const user = world.users.get(userId);
      return user && publicPart(user);
    },
    findByEmail: async (emailKey) => {
      const user = byKey(emailKey);
      return user && { ...publicPart(user), passwordHash: user.passwordHash, verifiedAt: user.verifiedAt };
    },
    putMailToken: async (userId, token) => {
      put(userId, token);
    },
    verifyEmail: async (tokenHash, at) => {
      const user = take(tokenHash, 'verify-email', at);
      if (user) user.verifiedAt ??= at;
      return user !== undefined;
    },
    resetPassword: async (tokenHash, passwordHash, audit) => {
      const user = take(tokenHash, 'reset-password', audit.at);
      if (!user) return undefined;
      user.passwordHash = passwordHash;
      user.verifiedAt ??= audit.at;
      world.audit.push({ ...audit, subject: user.userId });
      const ended = openSessions(user.userId);
      for (const session of ended) session.endedAt = audit.at;
      return ended.map(({ sessionId }) => sessionId);
    },
    setRoles: async (userId, roles, audit) => {
      const user = world.users.get(userId);
      if (!user) return undefined;
      user.roles = roles;
      world.audit.push({ ...audit, subject: userId });
      return openSessions(userId).map(({ sessionId }) => sessionId);
    },
  };
}

export const memorySessionStore = (world: IdentityWorld): SessionStore => ({
  open: async (session) => {
    if (world.users.get(session.userId)?.passwordHash !== session.passwordHash) return 'stale';
    const { sessionId, tokenHash, at } = session;
    world.sessions.set(sessionId, { ...session, generation: 1, rotatedAt: at, endedAt: null });
    world.refreshTokens.set(tokenHash, { sessionId, generation: 1 });
    return 'opened';
  },
  findByToken: async (tokenHash) => {
    const token = world.refreshTokens.get(tokenHash);
    const session = token && world.sessions.get(token.sessionId);
    const user = session && world.users.get(session.userId);
    if (!token || !session || !user) return undefined;
    const { generation, at: openedAt, rotatedAt, userAgent, expiresAt, endedAt } = session;
    const family = { generation, openedAt, rotatedAt, userAgent, expiresAt, endedAt };
    return { sessionId: session.sessionId, user: publicPart(user), generation: token.generation, family };
  },
  rotate: async ({ sessionId, generation, tokenHash, at, expiresAt }) => {
    const session = world.sessions.get(sessionId);
    if (session?.generation !== generation || session.endedAt !== null) return 'stale';
    Object.assign(session, { generation: generation + 1, rotatedAt: at, expiresAt });
    world.refreshTokens.set(tokenHash, { sessionId, generation: generation + 1 });
    return 'rotated';
  },
  end: async (sessionId, at, audit) => {
    const session = world.sessions.get(sessionId);
    if (!session || session.endedAt !== null) return;
    session.endedAt = at;
    world.audit.push(audit);
  },
  findLive: async (sessionId, at) => {
    const session = world.sessions.get(sessionId);
    const user = session && world.users.get(session.userId);
    if (!session || !user || session.endedAt !== null || session.expiresAt <= at) return undefined;
    return { userId: user.userId, roles: user.roles, expiresAt: session.expiresAt };
  },
});
