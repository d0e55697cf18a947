import { isoText } from '../../../domain/kernel/instant';
import type { PresentedToken, SessionStore } from '../../../usecases/ports/session-store';
import type { Database } from '../database';
import { userOf } from './identity-store';
import {
  endSession,
  findLiveSession,
  findRefreshToken,
  openSession,
  type PresentedRow,
  rotateSession,
} from './session.sql';

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
  findLive: async (sessionId, at) => {
    const [row] = await database.query(findLiveSession, [sessionId, isoText(at)]);
    return row && { userId: row.user_id, roles: row.roles, expiresAt: row.expires_at };
  },
});

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
