import { authenticate } from '../../usecases/identity/authenticate';
import type { Authenticate } from '../../usecases/ports/identity/session';
import { currentAccessTokens } from '../access-tokens';
import { functionDatabase } from '../database';
import { lazy } from '../lazy';
import { openRedis } from '../redis';
import { sessionParts } from './admission';

const callers = lazy(async () =>
  authenticate({ ...sessionParts(await functionDatabase(), await openRedis()), accessTokens: currentAccessTokens }),
);

/** Who calls an HTTP function. */
export const authenticateCaller: Authenticate = async (token) => (await callers())(token);
