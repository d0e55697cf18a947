import type { SessionId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Clock } from '../ports/clock-and-ids';
import type { Authenticate } from '../ports/identity/session';
import type { LiveSession, SessionCache, SessionStore } from '../ports/identity/session-store';
import type { AccessTokens } from '../ports/identity/tokens';

export type SessionParts = {
  readonly sessions: SessionStore;
  readonly cache: SessionCache;
  readonly clock: Clock;
};

/** The token proves who it was issued to; the session says whether that still holds, and which roles it has now. */
export const authenticate =
  (parts: SessionParts & { readonly accessTokens: AccessTokens }): Authenticate =>
  async (token) => {
    const claims = await parts.accessTokens.verify(token, parts.clock.now());
    if (!claims) return undefined;
    const { userId, sessionId } = claims;
    const session = await liveSession(parts)(sessionId);
    return session?.userId === userId ? { userId, sessionId, roles: session.roles } : undefined;
  };

/** A session from the cache, or from the database when the cache does not know; undefined when it has ended. */
export const liveSession =
  ({ sessions, cache, clock }: SessionParts) =>
  async (sessionId: SessionId): Promise<LiveSession | undefined> => {
    const at = clock.now();
    const cached = await cache.find(sessionId);
    if (cached === 'ended') return undefined;
    if (cached) return inTime(cached, at);
    const found = await sessions.findLive(sessionId, at);
    if (found) await cache.keep(sessionId, found);
    return found;
  };

const inTime = (session: LiveSession, at: Instant): LiveSession | undefined =>
  at < session.expiresAt ? session : undefined;
