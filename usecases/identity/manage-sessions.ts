import type { SessionId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { Caller } from '../ports/identity/session';
import type { OpenSession, SessionCache, SessionStore } from '../ports/identity/session-store';
import type { AuditEntry } from '../ports/operations/audit';

export type ManageSessionsParts = {
  readonly sessions: SessionStore;
  readonly cache: SessionCache;
  readonly clock: Clock;
  readonly ids: Ids;
};

export type ListedSession = OpenSession & { readonly isCurrent: boolean };

/** Where the caller is signed in, this session first. */
export const listSessions =
  ({ sessions, clock }: ManageSessionsParts) =>
  async ({ userId, sessionId }: Caller): Promise<readonly ListedSession[]> => {
    const open = await sessions.openOf(userId, clock.now());
    const listed = open.map((session) => ({ ...session, isCurrent: session.sessionId === sessionId }));
    return [...listed.filter(({ isCurrent }) => isCurrent), ...listed.filter(({ isCurrent }) => !isCurrent)];
  };

/** Ends one session of the caller, this one too; those of others are unknown. */
export const endOwnSession =
  (parts: ManageSessionsParts) =>
  async (caller: Caller, sessionId: SessionId, trace: Trace): Promise<Result<undefined, 'session_unknown'>> => {
    const entry = auditOf(parts, { caller, trace }, 'session.ended', sessionId);
    if (!(await parts.sessions.endOwn(caller.userId, sessionId, entry))) {
      return refuse('session_unknown', 'sessionId', 'must be an open session of yours');
    }
    await parts.cache.end([sessionId]);
    return accept(undefined);
  };

/** Signs the caller out everywhere but here; answers with how many sessions ended. */
export const endOtherSessions =
  (parts: ManageSessionsParts) =>
  async (caller: Caller, trace: Trace): Promise<number> => {
    const entry = auditOf(parts, { caller, trace }, 'session.others-ended', caller.userId);
    const ended = await parts.sessions.endOthers(caller.userId, caller.sessionId, entry);
    await parts.cache.end(ended);
    return ended.length;
  };

const auditOf = (
  { clock, ids }: ManageSessionsParts,
  { caller, trace }: { readonly caller: Caller; readonly trace: Trace },
  action: string,
  subject: string,
): AuditEntry => ({
  auditId: ids.next<string>(),
  at: clock.now(),
  actor: caller.userId,
  action,
  subject,
  detail: {},
  correlationId: trace.correlationId,
});
