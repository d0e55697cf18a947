import type { RegistrationId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { OutboxMessage } from '../events/outbox-message';
import type { MailedToken } from './identity-store';
import type { Role } from './session';

export type Registration = {
  readonly registrationId: RegistrationId;
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string;
};

export type NewRegistration = Registration & {
  /** One account an address, however it is written. */
  readonly emailKey: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
};

/** Who a registration becomes when it is confirmed. */
export type Confirmed = {
  readonly userId: UserId;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
};

/** One address may have many: each keeps its own password and its own link until one of them is confirmed. */
export type RegistrationStore = {
  /** Adds it beside those that are there, and asks for its mail; `exists` when the address has a user. */
  readonly add: (registration: NewRegistration, mail: OutboxMessage) => Promise<'added' | 'exists'>;
  /** Adds a copy of the newest of the address, for a link of its own; false when there is none, or a user. */
  readonly repeat: (
    emailKey: string,
    copy: { readonly registrationId: RegistrationId; readonly at: Instant; readonly expiresAt: Instant },
    mail: OutboxMessage,
  ) => Promise<boolean>;
  /** Gives it the link of its mail and answers with its address; undefined when it is not there any more. */
  readonly link: (id: RegistrationId, token: MailedToken, at: Instant) => Promise<string | undefined>;
  /** Whose link it is, without taking it. */
  readonly findByToken: (tokenHash: string, at: Instant) => Promise<Registration | undefined>;
  /**
   * Takes the link: makes the user and deletes every registration of the address. False when the link is unknown, used
   * or too old.
   */
  readonly confirm: (tokenHash: string, user: Confirmed, at: Instant) => Promise<boolean>;
};
