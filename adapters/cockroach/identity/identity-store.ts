import { isoText } from '../../../domain/kernel/instant';
import type { IdentityStore, User } from '../../../usecases/ports/identity-store';
import type { Database } from '../database';
import {
  findUser,
  findUserByEmail,
  putMailToken,
  registerUser,
  resetPassword,
  setRoles,
  type UserRow,
  verifyEmail,
} from './identity.sql';

export const makeIdentityStore = (database: Database): IdentityStore => ({
  register: async ({ userId, email, emailKey, displayName, passwordHash, roles, at }, token) => {
    const registered = await database.query(registerUser, [
      ...[userId, email, emailKey, displayName, passwordHash, roles, isoText(at)],
      ...[token.kind, token.tokenHash, isoText(token.expiresAt)],
    ]);
    return registered.length > 0 ? 'registered' : 'exists';
  },
  find: async (userId) => {
    const [row] = await database.query(findUser, [userId]);
    return row && userOf(row);
  },
  findByEmail: async (emailKey) => {
    const [row] = await database.query(findUserByEmail, [emailKey]);
    return row && { ...userOf(row), passwordHash: row.password_hash, verifiedAt: row.verified_at };
  },
  putMailToken: async (userId, { kind, tokenHash, expiresAt }) => {
    await database.query(putMailToken, [userId, kind, tokenHash, isoText(expiresAt)]);
  },
  verifyEmail: async (tokenHash, at) => (await database.query(verifyEmail, [tokenHash, isoText(at)])).length > 0,
  resetPassword: async (tokenHash, passwordHash, { auditId, at, actor, action, detail, correlationId }) => {
    const audit = [auditId, actor, action, JSON.stringify(detail), correlationId];
    const rows = await database.query(resetPassword, [tokenHash, isoText(at), passwordHash, ...audit]);
    return sessionsOf(rows);
  },
  setRoles: async (userId, roles, { auditId, at, actor, action, detail, correlationId }) => {
    const audit = [auditId, isoText(at), actor, action, JSON.stringify(detail), correlationId];
    return sessionsOf(await database.query(setRoles, [userId, roles, ...audit]));
  },
});

export const userOf = ({ user_id, email, display_name, roles }: UserRow): User => ({
  userId: user_id,
  email,
  displayName: display_name,
  roles,
});

/** A user without a session is one row without a session; no row is no user. */
const sessionsOf = <Id>(rows: readonly { readonly session_id: Id | null }[]): readonly Id[] | undefined =>
  rows.length === 0 ? undefined : rows.flatMap(({ session_id }) => (session_id === null ? [] : [session_id]));
