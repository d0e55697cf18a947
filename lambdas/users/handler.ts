import { userRoutes } from '../../contracts/http/auth';
import { ok, refused } from '../../runtime/answers';
import { findUser } from '../../runtime/compose/profile';
import { authenticateCaller } from '../../runtime/compose/session';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(
  userRoutes,
  {
    me: async ({ caller }) => {
      const user = await findUser(caller.userId);
      return user ? ok({ ...user, roles: [...user.roles] }) : refused('unauthenticated');
    },
  },
  authenticateCaller,
);
