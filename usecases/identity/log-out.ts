import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { SessionCache, SessionStore } from '../ports/identity/session-store';
import type { RandomTokens } from '../ports/identity/tokens';

export type LogOutParts = {
  readonly sessions: SessionStore;
  readonly cache: SessionCache;
  readonly tokens: RandomTokens;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Ends the session of the cookie; a cookie that leads nowhere is as good as signed out. */
export const logOut =
  (parts: LogOutParts) =>
  async ({ token, trace }: { readonly token: string | undefined; readonly trace: Trace }): Promise<void> => {
    if (token !== undefined) await endSessionOf(parts, { token, trace, action: 'session.ended' });
  };

type Ending = {
  readonly token: string;
  readonly trace: Trace;
  /** `session.replaced`: the same browser has signed in anew. */
  readonly action: 'session.ended' | 'session.replaced';
};

/** Ends the session that a refresh token belongs to, also when it is not its newest. */
export async function endSessionOf(
  { sessions, cache, tokens, clock, ids }: LogOutParts,
  { token, trace, action }: Ending,
): Promise<void> {
  const presented = await sessions.findByToken(tokens.hashOf(token));
  if (!presented) return;
  const { sessionId, user } = presented;
  const at = clock.now();
  await sessions.end(sessionId, at, {
    auditId: ids.next<string>(),
    at,
    actor: user.userId,
    action,
    subject: sessionId,
    detail: {},
    correlationId: trace.correlationId,
  });
  await cache.end([sessionId]);
}
