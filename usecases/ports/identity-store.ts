import type { SessionId, UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { AuditEntry } from './audit';
import type { Role } from './session';

export type User = {
  readonly userId: UserId;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
};

export type Credentials = User & { readonly passwordHash: string; readonly verifiedAt: Instant | null };

export type NewUser = User & {
  /** The address in lower case: one account an address. */
  readonly emailKey: string;
  readonly passwordHash: string;
  readonly at: Instant;
};

export type MailTokenKind = 'verify-email' | 'reset-password';

/** One of each kind a user: a newer mail makes the older one's link useless. */
export type MailToken = { readonly kind: MailTokenKind; readonly tokenHash: string; readonly expiresAt: Instant };

export type IdentityStore = {
  /**
   * Adds the user with the token of the first mail. While the address is unverified a later registration takes the
   * place of an earlier one, so that nobody can keep somebody else's address; a verified one answers `exists`.
   */
  readonly register: (user: NewUser, token: MailToken) => Promise<'registered' | 'exists'>;
  readonly find: (userId: UserId) => Promise<User | undefined>;
  readonly findByEmail: (emailKey: string) => Promise<Credentials | undefined>;
  readonly putMailToken: (userId: UserId, token: MailToken) => Promise<void>;
  /** Takes the token; false when it is unknown, used or too old. */
  readonly verifyEmail: (tokenHash: string, at: Instant) => Promise<boolean>;
  /** Takes the token, sets the password, ends every session and names them; undefined when there is no such token. */
  readonly resetPassword: (
    tokenHash: string,
    passwordHash: string,
    /** Its subject is the token's user. */
    audit: Omit<AuditEntry, 'subject'>,
  ) => Promise<readonly SessionId[] | undefined>;
  /** Answers with the user's sessions, whose roles changed; undefined when there is no such user. */
  readonly setRoles: (
    userId: UserId,
    roles: readonly Role[],
    audit: AuditEntry,
  ) => Promise<readonly SessionId[] | undefined>;
};
