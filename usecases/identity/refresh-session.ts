import { decideRefresh, refreshExpiry } from '../../domain/identity/refresh-token';
import type { Instant } from '../../domain/kernel/instant';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import { CONFLICT, withOptimisticRetry } from '../concurrency/optimistic-retry';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { PresentedToken, SessionCache, SessionStore } from '../ports/identity/session-store';
import type { AccessTokens, RandomTokens } from '../ports/identity/tokens';
import type { SignedIn } from './log-in';
import type { Client } from './throttle';

export type RefreshSession = { readonly token: string | undefined; readonly client: Client; readonly trace: Trace };

export type RefreshRefusal = 'session_expired' | 'session_reused';

export type RefreshParts = {
  readonly sessions: SessionStore;
  readonly cache: SessionCache;
  readonly accessTokens: AccessTokens;
  readonly tokens: RandomTokens;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** The second attempt finds what the first one lost against: a rotation just now, or an ended session. */
const ATTEMPTS_MAX = 3;

/**
 * Exchanges the refresh token for the next one of its family, and an access token with the user's present roles. Not
 * rate limited: 256 random bits cannot be guessed, and browsers stay signed in while Redis is away.
 */
export const refreshSession =
  (parts: RefreshParts) =>
  async (command: RefreshSession): Promise<Result<SignedIn, RefreshRefusal>> => {
    const { token } = command;
    if (token === undefined) return refuse('session_expired');
    return withOptimisticRetry<Result<SignedIn, RefreshRefusal>>(
      ATTEMPTS_MAX,
      async () => {
        const presented = await parts.sessions.findByToken(parts.tokens.hashOf(token));
        return presented ? exchange(parts, command, presented) : refuse('session_expired');
      },
      () => refuse('session_expired'),
    );
  };

async function exchange(
  parts: RefreshParts,
  command: RefreshSession,
  presented: PresentedToken,
): Promise<Result<SignedIn, RefreshRefusal> | typeof CONFLICT> {
  const at = parts.clock.now();
  const { generation, family } = presented;
  switch (decideRefresh(family, { generation, userAgent: command.client.userAgent, at })) {
    case 'expired':
      return refuse('session_expired');
    case 'reused':
      await endFamily(parts, presented, command, at);
      return refuse('session_reused');
    case 'repeat':
      return accept(await signedIn(parts, presented, at));
    case 'rotate':
      return rotate(parts, presented, at);
  }
}

async function rotate(parts: RefreshParts, presented: PresentedToken, at: Instant) {
  const { sessionId, generation, family } = presented;
  const { token, hash: tokenHash } = parts.tokens.make();
  const expiresAt = refreshExpiry(family.openedAt, at);
  const rotated = await parts.sessions.rotate({ sessionId, generation, tokenHash, at, expiresAt });
  if (rotated === 'stale') return CONFLICT;
  return accept({ ...(await signedIn(parts, presented, at)), refresh: { token, at, expiresAt } });
}

async function signedIn(parts: RefreshParts, { sessionId, user }: PresentedToken, at: Instant): Promise<SignedIn> {
  return { user, access: await parts.accessTokens.issue({ userId: user.userId, sessionId, roles: user.roles }, at) };
}

async function endFamily(
  { sessions, cache, ids }: RefreshParts,
  { sessionId, user, generation }: PresentedToken,
  { client, trace }: RefreshSession,
  at: Instant,
): Promise<void> {
  await sessions.end(sessionId, at, {
    auditId: ids.next<string>(),
    at,
    actor: user.userId,
    action: 'session.ended-by-reuse',
    subject: sessionId,
    detail: { generation, ip: client.ip },
    correlationId: trace.correlationId,
  });
  await cache.end([sessionId]);
}
