import { emailKeyOf, needsUtf8 } from '../../domain/identity/email';
import type { RegistrationId } from '../../domain/kernel/ids';
import { plusMs } from '../../domain/kernel/instant';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { Pace } from '../ports/events/pace';
import type { IdentityStore } from '../ports/identity/identity-store';
import type { MailRequests } from '../ports/identity/mail-requests';
import type { Passwords } from '../ports/identity/passwords';
import type { RegistrationStore } from '../ports/identity/registration-store';
import { type DeviceParts, pairOf } from './device';
import { mailRequest } from './mail-request';
import { type Client, LIMITS, throttle } from './throttle';

export type Register = {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly client: Client;
  readonly trace: Trace;
};

export type RegisterParts = DeviceParts & {
  readonly identities: IdentityStore;
  readonly registrations: RegistrationStore;
  readonly mails: MailRequests;
  readonly passwords: Passwords;
  /** Whether the mail server takes addresses with letters beyond ASCII before the @ (SMTPUTF8). */
  readonly takesUtf8: boolean;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly ids: Ids;
};

export type RegisterRefusal = 'rate_limited' | 'password_weak' | 'address_unreachable';

/** A registration whose mail could not go out for so long is given up. */
export const UNMAILED_MS = 48 * 3_600_000;

/** Longer than finding and writing usually take together. */
export const ANSWER_MS_MIN = 600;

/**
 * The answer is the same whether or not the address has an account: only its owner learns that, by mail. Another
 * registration of the same address stands beside the earlier ones and changes nothing about them.
 */
export const register =
  (parts: RegisterParts) =>
  async (command: Register): Promise<Result<'mail_sent_if_applicable', RegisterRefusal>> => {
    const { email, displayName, password, client } = command;
    if (needsUtf8(email) && !parts.takesUtf8) {
      return refuse('address_unreachable', 'email', 'must have only ASCII letters before the @: no mail would arrive');
    }
    const fault = parts.passwords.faultOf(password, { email, displayName });
    if (fault !== undefined) return refuse('password_weak', 'password', fault);
    const emailKey = emailKeyOf(email);
    const bySource = await throttle(parts.limiter, [
      [LIMITS.registerByIp, client.ip],
      [LIMITS.mailByAccountAndIp, pairOf(emailKey, client.ip)],
    ]);
    // What a source is refused does not count against the address.
    const throttled = bySource ?? (await throttle(parts.limiter, [[LIMITS.registerByAccount, emailKey]]));
    if (throttled) return throttled;
    return parts.pace.atLeast(ANSWER_MS_MIN, () => add(parts, command, emailKey));
  };

async function add(
  { identities, registrations, mails, passwords, clock, ids }: RegisterParts,
  { email, password, displayName, trace }: Register,
  emailKey: string,
) {
  const passwordHash = await passwords.hash(password);
  const registrationId = ids.next<RegistrationId>();
  const at = clock.now();
  const added = await registrations.add(
    { registrationId, email, emailKey, displayName, passwordHash, at, expiresAt: plusMs(at, UNMAILED_MS) },
    mailRequest(ids, at, trace, { kind: 'verify-email', registrationId }),
  );
  const owner = added === 'exists' ? await identities.findByEmail(emailKey) : undefined;
  if (owner) await mails.put(mailRequest(ids, at, trace, { kind: 'already-registered', userId: owner.userId }));
  return accept('mail_sent_if_applicable' as const);
}
