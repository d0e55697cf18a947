import type { SessionId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { OutboxMessage } from '../events/outbox-message';
import type { AuditEntry } from '../operations/audit';
import type { Role } from './session';

export type User = {
  readonly userId: UserId;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
};

export type Credentials = User & { readonly passwordHash: string };

/** The hash of a token that went out in a mail, and until when it is good. */
export type MailedToken = { readonly tokenHash: string; readonly expiresAt: Instant };

export type PasswordChange = {
  readonly userId: UserId;
  /** The hash that was verified: a password that was changed meanwhile stays. */
  readonly from: string;
  readonly to: string;
  /** The session in which it is changed; the others end. */
  readonly kept: SessionId;
};

/** People whose address is confirmed; before that they are a registration. */
export type IdentityStore = {
  readonly find: (userId: UserId) => Promise<User | undefined>;
  readonly findByEmail: (emailKey: string) => Promise<Credentials | undefined>;
  readonly credentialsOf: (userId: UserId) => Promise<Credentials | undefined>;
  /** A link for a new password; those that went out before stay good. */
  readonly putReset: (userId: UserId, token: MailedToken) => Promise<void>;
  /** Whose link it is, without taking it. */
  readonly findByReset: (tokenHash: string, at: Instant) => Promise<User | undefined>;
  /**
   * Takes the link and every other one of its user, sets the password, forgets the devices, ends every session and
   * names them; undefined when the link is unknown, used or too old.
   */
  readonly resetPassword: (
    tokenHash: string,
    passwordHash: string,
    /** Its subject is the link's user. */
    audit: Omit<AuditEntry, 'subject'>,
    notice: OutboxMessage,
  ) => Promise<readonly SessionId[] | undefined>;
  /** Names the sessions that ended; undefined when the password is not `from` any more. */
  readonly changePassword: (
    change: PasswordChange,
    audit: AuditEntry,
    notice: OutboxMessage,
  ) => Promise<readonly SessionId[] | undefined>;
  /** Answers with the user's sessions, whose roles changed; undefined when there is no such user. */
  readonly setRoles: (
    userId: UserId,
    roles: readonly Role[],
    audit: AuditEntry,
  ) => Promise<readonly SessionId[] | undefined>;
};
