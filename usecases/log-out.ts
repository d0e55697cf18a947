import type { Clock, Ids, Trace } from './ports/edge';
import type { SessionCache, SessionStore } from './ports/session-store';
import type { RandomTokens } from './ports/tokens';

export type LogOutParts = {
  readonly sessions: SessionStore;
  readonly cache: SessionCache;
  readonly tokens: RandomTokens;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Ends the session of the cookie; a cookie that leads nowhere is as good as signed out. */
export const logOut =
  ({ sessions, cache, tokens, clock, ids }: LogOutParts) =>
  async ({ token, trace }: { readonly token: string | undefined; readonly trace: Trace }): Promise<void> => {
    const presented = token === undefined ? undefined : await sessions.findByToken(tokens.hashOf(token));
    if (!presented) return;
    const { sessionId, user } = presented;
    const at = clock.now();
    await sessions.end(sessionId, at, {
      auditId: ids.next<string>(),
      at,
      actor: user.userId,
      action: 'session.ended',
      subject: sessionId,
      detail: {},
      correlationId: trace.correlationId,
    });
    await cache.end([sessionId]);
  };
