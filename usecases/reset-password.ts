import { accept, type Result } from '../domain/kernel/result';
import type { Clock, Ids, Trace } from './ports/edge';
import type { IdentityStore } from './ports/identity-store';
import type { Passwords } from './ports/passwords';
import type { RateLimiter } from './ports/rate-limiter';
import type { SessionCache } from './ports/session-store';
import type { RandomTokens } from './ports/tokens';
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
  async (command: ResetPassword): Promise<Result<'password_changed', 'rate_limited' | 'token_invalid'>> => {
    const throttled = await throttle(limiter, [[LIMITS.tokenByIp, command.client.ip]]);
    if (throttled) return throttled;
    const passwordHash = await passwords.hash(command.password);
    const ended = await identities.resetPassword(tokens.hashOf(command.token), passwordHash, {
      auditId: ids.next<string>(),
      at: clock.now(),
      actor: 'mail-token',
      action: 'user.password-reset',
      detail: { ip: command.client.ip },
      correlationId: command.trace.correlationId,
    });
    if (!ended) return unusable();
    await cache.end(ended);
    return accept('password_changed' as const);
  };
