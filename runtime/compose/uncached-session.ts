import { makeSessionStore } from '../../adapters/cockroach/identity/session-store';
import { authenticate } from '../../usecases/identity/authenticate';
import type { Authenticate } from '../../usecases/ports/identity/session';
import type { SessionCache } from '../../usecases/ports/identity/session-store';
import { currentAccessTokens } from '../access-tokens';
import { functionDatabase } from '../database';
import { systemClock } from '../edge';
import { lazy } from '../lazy';

const NO_CACHE: SessionCache = {
  find: async () => undefined,
  keep: async () => undefined,
  end: async () => undefined,
  forget: async () => undefined,
};

/**
 * Authenticates by the database alone, for functions that are called rarely and already carry a large client: the one
 * for Redis would not fit beside it.
 */
const callers = lazy(async () =>
  authenticate({
    sessions: makeSessionStore(await functionDatabase()),
    cache: NO_CACHE,
    clock: systemClock,
    accessTokens: currentAccessTokens,
  }),
);

export const authenticateUncached: Authenticate = async (token) => (await callers())(token);
