import type { SessionId, UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { OutboxMessage } from '../../usecases/ports/events/outbox-message';
import type { Credentials, IdentityStore } from '../../usecases/ports/identity/identity-store';
import type { KnownDevices } from '../../usecases/ports/identity/known-devices';
import type { MailRequests } from '../../usecases/ports/identity/mail-requests';
import type { NewRegistration } from '../../usecases/ports/identity/registration-store';
import type { NewSession } from '../../usecases/ports/identity/session-store';
import type { AuditEntry } from '../../usecases/ports/operations/audit';
import { endAllBut, openSessions, publicPart } from './memory-sessions';

type KeptUser = { -readonly [K in keyof Credentials]: Credentials[K] } & { readonly emailKey: string };
type KeptSession = NewSession & { generation: number; rotatedAt: Instant; expiresAt: Instant; endedAt: Instant | null };
type KeptRegistration = Omit<NewRegistration, 'expiresAt'> & { expiresAt: Instant; tokenHash: string | null };

/** What the identity stores of one test keep in place of a database. */
export type IdentityWorld = {
  readonly users: Map<UserId, KeptUser>;
  registrations: KeptRegistration[];
  /** By hash. */
  readonly resets: Map<string, { readonly userId: UserId; readonly expiresAt: Instant }>;
  /** By user and hash. */
  readonly devices: Map<string, Instant>;
  readonly sessions: Map<SessionId, KeptSession>;
  readonly refreshTokens: Map<string, { readonly sessionId: SessionId; readonly generation: number }>;
  readonly audit: AuditEntry[];
  readonly messages: OutboxMessage[];
  readonly handled: Set<string>;
};

export const identityWorld = (): IdentityWorld => ({
  users: new Map(),
  registrations: [],
  resets: new Map(),
  devices: new Map(),
  sessions: new Map(),
  refreshTokens: new Map(),
  audit: [],
  messages: [],
  handled: new Set(),
});

export const userByKey = (world: IdentityWorld, emailKey: string) =>
  [...world.users.values()].find((user) => user.emailKey === emailKey);

export function memoryIdentityStore(world: IdentityWorld): IdentityStore {
  const withHash = (user: KeptUser | undefined): Credentials | undefined =>
    user && { ...publicPart(user), passwordHash: user.passwordHash };
  const ofReset = (tokenHash: string, at: Instant): KeptUser | undefined => {
    const link = world.resets.get(tokenHash);
    return link && link.expiresAt > at ? world.users.get(link.userId) : undefined;
  };
  const forgetResets = (userId: UserId) => {
    for (const [hash, link] of world.resets) if (link.userId === userId) world.resets.delete(hash);
  };
  return {
    find: async (userId) => {
      const user = world.users.get(userId);
      return user && publicPart(user);
    },
    findByEmail: async (emailKey) => withHash(userByKey(world, emailKey)),
    credentialsOf: async (userId) => withHash(world.users.get(userId)),
    putReset: async (userId, { tokenHash, expiresAt }) => {
      world.resets.set(tokenHash, { userId, expiresAt });
    },
    findByReset: async (tokenHash, at) => {
      const user = ofReset(tokenHash, at);
      return user && publicPart(user);
    },
    resetPassword: async (tokenHash, passwordHash, audit, notice) => {
      const user = ofReset(tokenHash, audit.at);
      if (!user) return undefined;
      user.passwordHash = passwordHash;
      forgetResets(user.userId);
      for (const key of world.devices.keys()) if (key.startsWith(`${user.userId} `)) world.devices.delete(key);
      world.audit.push({ ...audit, subject: user.userId });
      world.messages.push(notice);
      return endAllBut(world, user.userId, undefined, audit.at);
    },
    changePassword: async ({ userId, from, to, kept }, audit, notice) => {
      const user = world.users.get(userId);
      if (user?.passwordHash !== from) return undefined;
      user.passwordHash = to;
      forgetResets(userId);
      world.audit.push({ ...audit, subject: userId });
      world.messages.push(notice);
      return endAllBut(world, userId, kept, audit.at);
    },
    setRoles: async (userId, roles, audit) => {
      const user = world.users.get(userId);
      if (!user) return undefined;
      user.roles = roles;
      world.audit.push({ ...audit, subject: userId });
      return openSessions(world, userId).map(({ sessionId }) => sessionId);
    },
  };
}

export const memoryKnownDevices = (world: IdentityWorld): KnownDevices => ({
  isKnown: async (emailKey, tokenHash, at) => {
    const expiresAt = world.devices.get(`${userByKey(world, emailKey)?.userId} ${tokenHash}`);
    return expiresAt !== undefined && expiresAt > at;
  },
  remember: async (userId, tokenHash, expiresAt) => {
    world.devices.set(`${userId} ${tokenHash}`, expiresAt);
  },
});

export const memoryMailRequests = (world: IdentityWorld): MailRequests => ({
  put: async (request) => {
    world.messages.push(request);
  },
  wasSent: async ({ consumer, eventId }) => world.handled.has(`${consumer} ${eventId}`),
  markSent: async ({ consumer, eventId }) => {
    world.handled.add(`${consumer} ${eventId}`);
  },
});
