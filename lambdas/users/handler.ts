import { userRoutes } from '../../contracts/http/auth';
import { ok, refused } from '../../runtime/answers';
import { leaderboards } from '../../runtime/compose/leaderboards';
import { findUser } from '../../runtime/compose/profile';
import { authenticateCaller } from '../../runtime/compose/session';
import { httpFunction } from '../../runtime/http';
import type { Caller } from '../../usecases/ports/identity/session';

const choiceOf = async (userId: Caller['userId']) => {
  const found = await (await leaderboards()).readBoardChoice(userId);
  return found ? ok(found) : refused('unauthenticated');
};

export const handler = httpFunction(
  userRoutes,
  {
    getBoardChoice: ({ caller }) => choiceOf(caller.userId),
    putBoardChoice: async ({ caller, body }) => {
      await (await leaderboards()).chooseBoardName(caller.userId, body.choice);
      return choiceOf(caller.userId);
    },
    me: async ({ caller }) => {
      const user = await findUser(caller.userId);
      return user ? ok({ ...user, roles: [...user.roles] }) : refused('unauthenticated');
    },
  },
  authenticateCaller,
);
