import type { RefreshFamily } from '../../../domain/identity/refresh-token';
import type { SessionId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { AuditEntry } from '../operations/audit';
import type { User } from './identity-store';
import type { Role } from './session';

export type NewSession = {
  readonly sessionId: SessionId;
  readonly userId: UserId;
  readonly tokenHash: string;
  /** The one that was verified: a password that was changed meanwhile opens nothing. */
  readonly passwordHash: string;
  readonly userAgent: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
};

/** A refresh token as it was found: whose it is, which of its family, and how the family stands. */
export type PresentedToken = {
  readonly sessionId: SessionId;
  readonly user: User;
  readonly generation: number;
  readonly family: RefreshFamily;
};

export type Rotation = {
  readonly sessionId: SessionId;
  /** The generation that is being replaced. */
  readonly generation: number;
  readonly tokenHash: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
};

/** What a request needs to know about a session that is alive; roles are the user's current ones. */
export type LiveSession = { readonly userId: UserId; readonly roles: readonly Role[]; readonly expiresAt: Instant };

/** A session as its owner sees it in the list. */
export type OpenSession = {
  readonly sessionId: SessionId;
  readonly userAgent: string;
  readonly openedAt: Instant;
  /** When it last got an access token, so to ten minutes. */
  readonly lastUsedAt: Instant;
};

export type SessionStore = {
  readonly open: (session: NewSession) => Promise<'opened' | 'stale'>;
  readonly findByToken: (tokenHash: string) => Promise<PresentedToken | undefined>;
  /** `stale`: somebody else rotated or ended it first; nothing was written. */
  readonly rotate: (rotation: Rotation) => Promise<'rotated' | 'stale'>;
  /** Ending an ended session changes nothing. */
  readonly end: (sessionId: SessionId, at: Instant, audit: AuditEntry) => Promise<void>;
  /** Those that are open and in time, the one that was used last first. */
  readonly openOf: (userId: UserId, at: Instant) => Promise<readonly OpenSession[]>;
  /** Ends one of the user's own; false when there is no such open session of theirs. */
  readonly endOwn: (userId: UserId, sessionId: SessionId, audit: AuditEntry) => Promise<boolean>;
  /** Ends every other one of the user and names them. */
  readonly endOthers: (userId: UserId, kept: SessionId, audit: AuditEntry) => Promise<readonly SessionId[]>;
  readonly findLive: (sessionId: SessionId, at: Instant) => Promise<LiveSession | undefined>;
};

/** Never throws: without the cache every question goes to the database. */
export type SessionCache = {
  readonly find: (id: SessionId) => Promise<LiveSession | 'ended' | undefined>;
  readonly keep: (id: SessionId, session: LiveSession) => Promise<void>;
  readonly end: (ids: readonly SessionId[]) => Promise<void>;
  /** The next question goes to the database: roles changed. */
  readonly forget: (ids: readonly SessionId[]) => Promise<void>;
};
