import { userRoutes } from '../../contracts/http/auth';
import { accept, refuse } from '../../domain/kernel/result';
import { findUser } from '../../runtime/compose/profile';
import { authenticateCaller } from '../../runtime/compose/session';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(
  userRoutes,
  {
    me: async ({ caller }) => {
      const user = await findUser(caller.userId);
      return user ? accept({ ...user, roles: [...user.roles] }) : refuse('unauthenticated');
    },
  },
  authenticateCaller,
);
