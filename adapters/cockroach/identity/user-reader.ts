import type { IdentityStore, User } from '../../../usecases/ports/identity/identity-store';
import type { Database } from '../connection/database';
import { findUser, type UserRow } from './identity.sql';

/** For functions that only ask who somebody is: what writes to the outbox knows the form of every event. */
export const makeUserReader = (database: Database): Pick<IdentityStore, 'find'> => ({
  find: async (userId) => {
    const [row] = await database.query(findUser, [userId]);
    return row && userOf(row);
  },
});

export const userOf = ({ user_id, email, display_name, roles }: UserRow): User => ({
  userId: user_id,
  email,
  displayName: display_name,
  roles,
});
