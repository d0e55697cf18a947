import { makeIdentityStore } from '../adapters/cockroach/identity/identity-store';
import { makePasswords } from '../adapters/crypto/passwords';
import { randomTokens } from '../adapters/crypto/random-tokens';
import { makeRateLimiter } from '../adapters/redis/rate-limiter';
import { logIn } from '../usecases/log-in';
import { logOut } from '../usecases/log-out';
import { refreshSession } from '../usecases/refresh-session';
import { register } from '../usecases/register';
import { requestPasswordReset, resendVerification } from '../usecases/request-mail';
import { resetPassword } from '../usecases/reset-password';
import { verifyEmail } from '../usecases/verify-email';
import { currentAccessTokens } from './access-tokens';
import { sessionParts } from './compose-admission';
import { functionDatabase } from './database';
import { steadyPace, systemClock, uuidIds } from './edge';
import { lazy } from './lazy';
import { openMail } from './mail';
import { openRedis } from './redis';

/** Registration, sign-in and sessions of the function `auth`. */
export const identity = lazy(async () => {
  const [database, redis, mail] = await Promise.all([functionDatabase(), openRedis(), openMail()]);
  const parts = {
    ...sessionParts(database, redis),
    identities: makeIdentityStore(database),
    passwords: makePasswords(),
    accessTokens: currentAccessTokens,
    tokens: randomTokens,
    limiter: makeRateLimiter(redis),
    mail,
    pace: steadyPace,
    clock: systemClock,
    ids: uuidIds,
  };
  return {
    register: register(parts),
    verifyEmail: verifyEmail(parts),
    resendVerification: resendVerification(parts),
    logIn: logIn(parts),
    refreshSession: refreshSession(parts),
    logOut: logOut(parts),
    requestPasswordReset: requestPasswordReset(parts),
    resetPassword: resetPassword(parts),
  };
});
