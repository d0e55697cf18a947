import { isoText } from '../../../domain/kernel/instant';
import type { PresentedToken, SessionStore } from '../../../usecases/ports/identity/session-store';
import type { AuditEntry } from '../../../usecases/ports/operations/audit';
import type { Database } from '../connection/database';
import {
  endOtherSessions,
  endOwnSession,
  endSession,
  findLiveSession,
  findRefreshToken,
  openSession,
  openSessionsOf,
  type PresentedRow,
  rotateSession,
} from './session.sql';
import { userOf } from './user-reader';

export const makeSessionStore = (database: Database): SessionStore => ({
  open: async ({ sessionId, userId, userAgent, at, expiresAt, tokenHash, passwordHash }) => {
    const values = [sessionId, userId, userAgent, isoText(at), isoText(expiresAt), tokenHash, passwordHash];
    return (await database.query(openSession, values)).length > 0 ? 'opened' : 'stale';
  },
  findByToken: async (tokenHash) => {
    const [row] = await database.query(findRefreshToken, [tokenHash]);
    return row && presentedOf(row);
  },
  rotate: async ({ sessionId, generation, at, expiresAt, tokenHash }) => {
    const values = [sessionId, generation, isoText(at), isoText(expiresAt), tokenHash];
    return (await database.query(rotateSession, values)).length > 0 ? 'rotated' : 'stale';
  },
  end: async (sessionId, at, { auditId, actor, action, detail, correlationId }) => {
    const audit = [auditId, actor, action, JSON.stringify(detail), correlationId];
    await database.query(endSession, [sessionId, isoText(at), ...audit]);
  },
  openOf: async (userId, at) => {
    const rows = await database.query(openSessionsOf, [userId, isoText(at)]);
    return rows.map(({ session_id, user_agent, opened_at, rotated_at }) => ({
      sessionId: session_id,
      userAgent: user_agent,
      openedAt: opened_at,
      lastUsedAt: rotated_at,
    }));
  },
  endOwn: async (userId, sessionId, audit) =>
    (await database.query(endOwnSession, [userId, sessionId, ...auditValues(audit)])).length > 0,
  endOthers: async (userId, kept, audit) =>
    (await database.query(endOtherSessions, [userId, kept, ...auditValues(audit)])).map(({ session_id }) => session_id),
  findLive: async (sessionId, at) => {
    const [row] = await database.query(findLiveSession, [sessionId, isoText(at)]);
    return row && { userId: row.user_id, roles: row.roles, expiresAt: row.expires_at };
  },
});

const auditValues = ({ at, auditId, actor, action, detail, correlationId }: AuditEntry) => [
  isoText(at),
  auditId,
  actor,
  action,
  JSON.stringify(detail),
  correlationId,
];

const presentedOf = (row: PresentedRow): PresentedToken => ({
  sessionId: row.session_id,
  user: userOf(row),
  generation: row.generation,
  family: {
    generation: row.newest,
    openedAt: row.opened_at,
    rotatedAt: row.rotated_at,
    userAgent: row.user_agent,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
  },
});
