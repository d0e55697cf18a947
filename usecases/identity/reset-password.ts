import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { IdentityStore } from '../ports/identity/identity-store';
import type { Passwords } from '../ports/identity/passwords';
import type { RateLimiter } from '../ports/identity/rate-limiter';
import type { SessionCache } from '../ports/identity/session-store';
import type { RandomTokens } from '../ports/identity/tokens';
import { mailRequest } from './mail-request';
import { type Client, LIMITS, throttle } from './throttle';
import { unusable } from './verify-email';

export type ResetPassword = {
  readonly token: string;
  readonly password: string;
  readonly client: Client;
  readonly trace: Trace;
};

export type ResetPasswordParts = {
  readonly identities: IdentityStore;
  readonly passwords: Passwords;
  readonly tokens: RandomTokens;
  readonly cache: SessionCache;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Sets the password that the holder of the mail chose and signs every browser out, the attacker's among them. */
export const resetPassword =
  ({ identities, passwords, tokens, cache, limiter, clock, ids }: ResetPasswordParts) =>
  async ({
    token,
    password,
    client,
    trace,
  }: ResetPassword): Promise<Result<'password_changed', 'rate_limited' | 'token_invalid' | 'password_weak'>> => {
    const throttled = await throttle(limiter, [[LIMITS.tokenByIp, client.ip]]);
    if (throttled) return throttled;
    const tokenHash = tokens.hashOf(token);
    const at = clock.now();
    const user = await identities.findByReset(tokenHash, at);
    if (!user) return unusable();
    const fault = passwords.faultOf(password, user);
    if (fault !== undefined) return refuse('password_weak', 'password', fault);
    const ended = await identities.resetPassword(
      tokenHash,
      await passwords.hash(password),
      {
        auditId: ids.next<string>(),
        at,
        actor: 'mail-token',
        action: 'user.password-reset',
        detail: { ip: client.ip },
        correlationId: trace.correlationId,
      },
      mailRequest(ids, at, trace, { kind: 'password-changed', userId: user.userId }),
    );
    if (!ended) return unusable();
    await cache.end(ended);
    return accept('password_changed' as const);
  };
