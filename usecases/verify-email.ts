import { accept, type Result, refuse } from '../domain/kernel/result';
import type { Clock } from './ports/edge';
import type { IdentityStore } from './ports/identity-store';
import type { RateLimiter } from './ports/rate-limiter';
import type { RandomTokens } from './ports/tokens';
import { type Client, LIMITS, throttle } from './throttle';

export type VerifyEmail = { readonly token: string; readonly client: Client };

export type VerifyEmailParts = {
  readonly identities: IdentityStore;
  readonly tokens: RandomTokens;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
};

/** The link of the mail is good once. */
export const verifyEmail =
  ({ identities, tokens, limiter, clock }: VerifyEmailParts) =>
  async ({ token, client }: VerifyEmail): Promise<Result<'verified', 'rate_limited' | 'token_invalid'>> => {
    const throttled = await throttle(limiter, [[LIMITS.tokenByIp, client.ip]]);
    if (throttled) return throttled;
    const isVerified = await identities.verifyEmail(tokens.hashOf(token), clock.now());
    return isVerified ? accept('verified' as const) : unusable();
  };

export const unusable = () => refuse('token_invalid', 'token', 'must be from the newest mail, unused and in time');
