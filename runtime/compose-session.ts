import { authenticate } from '../usecases/authenticate';
import type { Authenticate } from '../usecases/ports/session';
import { currentAccessTokens } from './access-tokens';
import { sessionParts } from './compose-admission';
import { functionDatabase } from './database';
import { lazy } from './lazy';
import { openRedis } from './redis';

const callers = lazy(async () =>
  authenticate({ ...sessionParts(await functionDatabase(), await openRedis()), accessTokens: currentAccessTokens }),
);

/** Who calls an HTTP function. */
export const authenticateCaller: Authenticate = async (token) => (await callers())(token);
