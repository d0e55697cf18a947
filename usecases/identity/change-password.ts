import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { IdentityStore } from '../ports/identity/identity-store';
import type { Passwords } from '../ports/identity/passwords';
import type { RateLimiter } from '../ports/identity/rate-limiter';
import type { Caller } from '../ports/identity/session';
import type { SessionCache } from '../ports/identity/session-store';
import type { SignInLog } from '../ports/identity/sign-in-log';
import { mailRequest } from './mail-request';
import { type Client, LIMITS, throttle } from './throttle';

export type ChangePassword = {
  readonly caller: Caller;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly client: Client;
  readonly trace: Trace;
};

export type ChangePasswordParts = {
  readonly identities: IdentityStore;
  readonly passwords: Passwords;
  readonly cache: SessionCache;
  readonly limiter: RateLimiter;
  readonly log: SignInLog;
  readonly clock: Clock;
  readonly ids: Ids;
};

export type ChangePasswordRefusal = 'rate_limited' | 'unauthenticated' | 'password_mismatch' | 'password_weak';

/** For who is signed in and knows the present password: a borrowed browser is not enough. Every other session ends. */
export const changePassword =
  ({ identities, passwords, cache, limiter, log, clock, ids }: ChangePasswordParts) =>
  async (command: ChangePassword): Promise<Result<'password_changed', ChangePasswordRefusal>> => {
    const { caller, currentPassword, newPassword, client, trace } = command;
    const { userId, sessionId } = caller;
    const throttled = await throttle(limiter, [[LIMITS.passwordBySession, sessionId]]);
    if (throttled) return throttled;
    const user = await identities.credentialsOf(userId);
    if (!user) return refuse('unauthenticated');
    const { correlationId } = trace;
    if (!(await passwords.verify(currentPassword, user.passwordHash))) {
      const line = { action: 'password-change', reason: 'password_mismatch', userId } as const;
      log.refused({ ...line, source: client.ip, correlationId });
      return refuse('password_mismatch', 'currentPassword', 'must be the present one');
    }
    const fault = passwords.faultOf(newPassword, user);
    if (fault !== undefined) return refuse('password_weak', 'newPassword', fault);
    const at = clock.now();
    const ended = await identities.changePassword(
      { userId, from: user.passwordHash, to: await passwords.hash(newPassword), kept: sessionId },
      {
        auditId: ids.next<string>(),
        at,
        actor: userId,
        action: 'user.password-changed',
        subject: userId,
        detail: { ip: client.ip },
        correlationId,
      },
      mailRequest(ids, at, trace, { kind: 'password-changed', userId }),
    );
    // Somebody else has changed it in between, and with it ended this session.
    if (!ended) return refuse('password_mismatch', 'currentPassword', 'must be the present one');
    await cache.end(ended);
    return accept('password_changed' as const);
  };
