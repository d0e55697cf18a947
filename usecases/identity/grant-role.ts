import { emailKeyOf } from '../../domain/identity/email';
import type { UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { IdentityStore, User } from '../ports/identity/identity-store';
import type { Role } from '../ports/identity/session';
import type { SessionCache } from '../ports/identity/session-store';

export type GrantRole = {
  readonly email: string;
  readonly role: Role;
  /** The user or the operator's tool that grants it. */
  readonly actor: UserId | 'operator';
  readonly trace: Trace;
};

export type GrantRoleParts = {
  readonly identities: IdentityStore;
  readonly cache: Pick<SessionCache, 'forget'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Adds a role to a user, also in the sessions that are open. */
export const grantRole =
  ({ identities, cache, clock, ids }: GrantRoleParts) =>
  async ({ email, role, actor, trace }: GrantRole): Promise<Result<User, 'user_unknown'>> => {
    const found = await identities.findByEmail(emailKeyOf(email));
    if (!found) return unknownUser();
    const { userId, displayName } = found;
    const roles = [...new Set([...found.roles, role])];
    const sessions = await identities.setRoles(userId, roles, {
      auditId: ids.next<string>(),
      at: clock.now(),
      actor,
      action: 'user.role-granted',
      subject: userId,
      detail: { role },
      correlationId: trace.correlationId,
    });
    if (!sessions) return unknownUser();
    await cache.forget(sessions);
    return accept({ userId, email: found.email, displayName, roles });
  };

const unknownUser = () => refuse('user_unknown', 'email', 'must belong to a user');
