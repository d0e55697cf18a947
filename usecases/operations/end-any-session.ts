import type { SessionId, UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { SessionCache, SessionStore } from '../ports/identity/session-store';

export type EndAnySessionParts = {
  readonly sessions: Pick<SessionStore, 'findLive' | 'end'>;
  readonly cache: SessionCache;
  readonly clock: Clock;
  readonly ids: Ids;
};

type EndAnySession = {
  readonly sessionId: SessionId;
  readonly reason: string;
  readonly actor: UserId;
  readonly trace: Trace;
};

/**
 * An operator ends somebody's session; who did it, to whom and why is in the audit log with it. Where it has ended
 * already, its connections are told once more: one that outlived it is closed.
 */
export const endAnySession =
  ({ sessions, cache, clock, ids }: EndAnySessionParts) =>
  async ({ sessionId, reason, actor, trace }: EndAnySession): Promise<Result<undefined, 'session_unknown'>> => {
    const at = clock.now();
    const live = await sessions.findLive(sessionId, at);
    if (live) {
      await sessions.end(sessionId, at, {
        auditId: ids.next<string>(),
        at,
        actor,
        action: 'session.ended-by-operator',
        subject: sessionId,
        detail: { of: live.userId, reason },
        correlationId: trace.correlationId,
      });
    }
    await cache.end([sessionId]);
    return live ? accept(undefined) : refuse('session_unknown', 'sessionId', 'must be an open session');
  };
