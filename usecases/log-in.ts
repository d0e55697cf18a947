import { emailKeyOf } from '../domain/identity/email';
import { refreshExpiry } from '../domain/identity/refresh-token';
import type { SessionId } from '../domain/kernel/ids';
import type { Instant } from '../domain/kernel/instant';
import { accept, type Result, refuse } from '../domain/kernel/result';
import type { Clock, Ids } from './ports/edge';
import type { Credentials, IdentityStore, User } from './ports/identity-store';
import type { Passwords } from './ports/passwords';
import type { RateLimiter } from './ports/rate-limiter';
import type { SessionStore } from './ports/session-store';
import type { AccessToken, AccessTokens, RandomTokens } from './ports/tokens';
import { type Client, LIMITS, throttle } from './throttle';

export type LogIn = { readonly email: string; readonly password: string; readonly client: Client };

/** What the browser keeps: the access token in memory, the refresh token in its cookie. */
export type SignedIn = {
  readonly user: User;
  readonly access: AccessToken;
  /** Absent when the browser already has the newest one. */
  readonly refresh?: { readonly token: string; readonly at: Instant; readonly expiresAt: Instant };
};

export type LogInRefusal = 'rate_limited' | 'credentials_invalid' | 'email_unverified';

export type LogInParts = {
  readonly identities: IdentityStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
  readonly tokens: RandomTokens;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** An unknown address and a wrong password give one answer, after the same work. */
export const logIn =
  (parts: LogInParts) =>
  async ({ email, password, client }: LogIn): Promise<Result<SignedIn, LogInRefusal>> => {
    const emailKey = emailKeyOf(email);
    const pair = `${emailKey} ${client.ip}`;
    const throttled = await throttle(parts.limiter, [
      [LIMITS.loginByIp, client.ip],
      [LIMITS.loginByAccountAndIp, pair],
      [LIMITS.loginByAccount, emailKey],
    ]);
    if (throttled) return throttled;
    const found = await parts.identities.findByEmail(emailKey);
    const isRight = await parts.passwords.verify(password, found?.passwordHash);
    if (!found || !isRight) return refuse('credentials_invalid');
    if (found.verifiedAt === null)
      return refuse('email_unverified', 'email', 'must be confirmed by the link in the mail');
    await parts.limiter.forget(LIMITS.loginByAccountAndIp, pair);
    const signedIn = await openSession(parts, found, client);
    return signedIn ? accept(signedIn) : refuse('credentials_invalid');
  };

async function openSession(
  { sessions, accessTokens, tokens, clock, ids }: LogInParts,
  { userId, email, displayName, roles, passwordHash }: Credentials,
  { userAgent }: Client,
): Promise<SignedIn | undefined> {
  const { token, hash: tokenHash } = tokens.make();
  const at = clock.now();
  const sessionId = ids.next<SessionId>();
  const expiresAt = refreshExpiry(at, at);
  const opened = await sessions.open({ sessionId, userId, passwordHash, tokenHash, userAgent, at, expiresAt });
  if (opened === 'stale') return undefined;
  const access = await accessTokens.issue({ userId, sessionId, roles }, at);
  return { user: { userId, email, displayName, roles }, access, refresh: { token, at, expiresAt } };
}
