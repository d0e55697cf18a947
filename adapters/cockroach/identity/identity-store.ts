import { isoText } from '../../../domain/kernel/instant';
import type { IdentityStore } from '../../../usecases/ports/identity/identity-store';
import type { Database } from '../connection/database';
import { outboxColumns } from '../events/outbox-columns';
import {
  changePassword,
  findCredentials,
  findUserByEmail,
  findUserByReset,
  putReset,
  resetPassword,
  setRoles,
} from './identity.sql';
import { makeUserReader, userOf } from './user-reader';

export const makeIdentityStore = (database: Database): IdentityStore => ({
  ...makeUserReader(database),
  findByEmail: async (emailKey) => {
    const [row] = await database.query(findUserByEmail, [emailKey]);
    return row && { ...userOf(row), passwordHash: row.password_hash };
  },
  credentialsOf: async (userId) => {
    const [row] = await database.query(findCredentials, [userId]);
    return row && { ...userOf(row), passwordHash: row.password_hash };
  },
  putReset: async (userId, { tokenHash, expiresAt }) => {
    await database.query(putReset, [userId, tokenHash, isoText(expiresAt)]);
  },
  findByReset: async (tokenHash, at) => {
    const [row] = await database.query(findUserByReset, [tokenHash, isoText(at)]);
    return row && userOf(row);
  },
  resetPassword: async (tokenHash, passwordHash, audit, notice) => {
    const { auditId, at, actor, action, detail, correlationId } = audit;
    const rows = await database.query(resetPassword, [
      tokenHash,
      isoText(at),
      passwordHash,
      auditId,
      actor,
      action,
      JSON.stringify(detail),
      correlationId,
      ...outboxColumns([notice]),
    ]);
    return sessionsOf(rows);
  },
  changePassword: async ({ userId, from, to, kept }, audit, notice) => {
    const { auditId, at, actor, action, detail, correlationId } = audit;
    const rows = await database.query(changePassword, [
      userId,
      from,
      to,
      kept,
      isoText(at),
      auditId,
      actor,
      action,
      JSON.stringify(detail),
      correlationId,
      ...outboxColumns([notice]),
    ]);
    return sessionsOf(rows);
  },
  setRoles: async (userId, roles, { auditId, at, actor, action, detail, correlationId }) => {
    const audit = [auditId, isoText(at), actor, action, JSON.stringify(detail), correlationId];
    return sessionsOf(await database.query(setRoles, [userId, roles, ...audit]));
  },
});

/** A user without a session is one row without a session; no row is no user. */
const sessionsOf = <Id>(rows: readonly { readonly session_id: Id | null }[]): readonly Id[] | undefined =>
  rows.length === 0 ? undefined : rows.flatMap(({ session_id }) => (session_id === null ? [] : [session_id]));
