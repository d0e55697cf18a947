import type { UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { Passwords } from '../ports/identity/passwords';
import type { RateLimiter } from '../ports/identity/rate-limiter';
import type { RegistrationStore } from '../ports/identity/registration-store';
import type { SignInLog } from '../ports/identity/sign-in-log';
import type { RandomTokens } from '../ports/identity/tokens';
import { type Client, LIMITS, throttle } from './throttle';

export type VerifyEmail = {
  readonly token: string;
  readonly password: string;
  /** Given, name and password are set now; absent, the password must be the registration's own. */
  readonly displayName?: string;
  readonly client: Client;
  readonly trace: Trace;
};

export type VerifyEmailParts = {
  readonly registrations: RegistrationStore;
  readonly passwords: Passwords;
  readonly tokens: RandomTokens;
  readonly limiter: RateLimiter;
  readonly log: SignInLog;
  readonly clock: Clock;
  readonly ids: Ids;
};

export type VerifyRefusal = 'rate_limited' | 'token_invalid' | 'password_mismatch' | 'password_weak';

/**
 * The link shows who has the mailbox, the password who registered: only both together make the account. Somebody else
 * may have registered with this address; then the owner of the mailbox sets a name and a password of their own, and
 * nobody knows them. A link that was shown with a wrong password stays good.
 */
export const verifyEmail =
  (parts: VerifyEmailParts) =>
  async (command: VerifyEmail): Promise<Result<'verified', VerifyRefusal>> => {
    const { registrations, passwords, tokens, limiter, log, clock, ids } = parts;
    const { token, password, client, trace } = command;
    const throttled = await throttle(limiter, [[LIMITS.tokenByIp, client.ip]]);
    if (throttled) return throttled;
    const tokenHash = tokens.hashOf(token);
    const found = await registrations.findByToken(tokenHash, clock.now());
    if (!found) return unusable();
    const { displayName = found.displayName } = command;
    let { passwordHash } = found;
    if (command.displayName !== undefined) {
      const fault = passwords.faultOf(password, { email: found.email, displayName });
      if (fault !== undefined) return refuse('password_weak', 'password', fault);
      passwordHash = await passwords.hash(password);
    } else if (!(await passwords.verify(password, passwordHash))) {
      const { correlationId } = trace;
      const line = { action: 'confirmation', reason: 'password_mismatch', userId: undefined } as const;
      log.refused({ ...line, source: client.ip, correlationId });
      return refuse('password_mismatch', 'password', 'must be the one of this registration');
    }
    const user = { userId: ids.next<UserId>(), displayName, passwordHash, roles: ['trader'] as const };
    return (await registrations.confirm(tokenHash, user, clock.now())) ? accept('verified' as const) : unusable();
  };

export const unusable = () => refuse('token_invalid', 'token', 'must be from a mail of ours, unused and in time');
