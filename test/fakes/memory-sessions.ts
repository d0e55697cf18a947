import type { UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { User } from '../../usecases/ports/identity/identity-store';
import type { SessionStore } from '../../usecases/ports/identity/session-store';
import type { IdentityWorld } from './memory-identity';

export const publicPart = ({ userId, email, displayName, roles }: User): User => ({
  userId,
  email,
  displayName,
  roles,
});

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
  openOf: async (userId, at) =>
    openSessions(world, userId)
      .filter(({ expiresAt }) => expiresAt > at)
      .sort((one, other) => other.rotatedAt - one.rotatedAt)
      .map(({ sessionId, userAgent, at: openedAt, rotatedAt: lastUsedAt }) => ({
        sessionId,
        userAgent,
        openedAt,
        lastUsedAt,
      })),
  endOwn: async (userId, sessionId, audit) => {
    const own = openSessions(world, userId).find((session) => session.sessionId === sessionId);
    if (!own || own.expiresAt <= audit.at) return false;
    own.endedAt = audit.at;
    world.audit.push({ ...audit, subject: sessionId });
    return true;
  },
  endOthers: async (userId, kept, audit) => {
    const ended = endAllBut(world, userId, kept, audit.at);
    if (ended.length > 0) world.audit.push({ ...audit, subject: userId });
    return ended;
  },
  findLive: async (sessionId, at) => {
    const session = world.sessions.get(sessionId);
    const user = session && world.users.get(session.userId);
    if (!session || !user || session.endedAt !== null || session.expiresAt <= at) return undefined;
    return { userId: user.userId, roles: user.roles, expiresAt: session.expiresAt };
  },
});

export const openSessions = (world: IdentityWorld, userId: UserId) =>
  [...world.sessions.values()].filter((session) => session.userId === userId && session.endedAt === null);

export function endAllBut(world: IdentityWorld, userId: UserId, kept: string | undefined, at: Instant) {
  const ended = openSessions(world, userId).filter(({ sessionId }) => sessionId !== kept);
  for (const session of ended) session.endedAt = at;
  return ended.map(({ sessionId }) => sessionId);
}
