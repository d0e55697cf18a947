import { makeIdentityStore } from '../../adapters/cockroach/identity/identity-store';
import { makeKnownDevices } from '../../adapters/cockroach/identity/known-devices';
import { makeMailRequests } from '../../adapters/cockroach/identity/mail-requests';
import { makeRegistrationStore } from '../../adapters/cockroach/identity/registration-store';
import { makePasswords } from '../../adapters/crypto/passwords';
import { randomTokens } from '../../adapters/crypto/random-tokens';
import { makeRateLimiter } from '../../adapters/redis/rate-limiter';
import { changePassword } from '../../usecases/identity/change-password';
import { logIn } from '../../usecases/identity/log-in';
import { logOut } from '../../usecases/identity/log-out';
import { endOtherSessions, endOwnSession, listSessions } from '../../usecases/identity/manage-sessions';
import { refreshSession } from '../../usecases/identity/refresh-session';
import { register } from '../../usecases/identity/register';
import { requestPasswordReset, resendVerification } from '../../usecases/identity/request-mail';
import { resetPassword } from '../../usecases/identity/reset-password';
import { verifyEmail } from '../../usecases/identity/verify-email';
import type { SignInLog } from '../../usecases/ports/identity/sign-in-log';
import { currentAccessTokens } from '../access-tokens';
import { readConfig } from '../config';
import { functionDatabase } from '../database';
import { steadyPace, systemClock, uuidIds } from '../edge';
import { lazy } from '../lazy';
import { makeLogger } from '../log';
import { openRedis } from '../redis';
import { sessionParts } from './admission';

/** Registration, sign-in and sessions of the function `auth`. */
export const identity = lazy(async () => {
  const { SMTP_UTF8 } = readConfig('SMTP_UTF8');
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const parts = {
    ...sessionParts(database, redis),
    identities: makeIdentityStore(database),
    registrations: makeRegistrationStore(database),
    devices: makeKnownDevices(database),
    mails: makeMailRequests(database),
    passwords: makePasswords(),
    accessTokens: currentAccessTokens,
    tokens: randomTokens,
    limiter: makeRateLimiter(redis),
    log: signInLog(),
    takesUtf8: SMTP_UTF8 === 'yes',
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
    listSessions: listSessions(parts),
    endOwnSession: endOwnSession(parts),
    endOtherSessions: endOtherSessions(parts),
    changePassword: changePassword(parts),
  };
});

function signInLog(): SignInLog {
  const log = makeLogger();
  return { refused: (line) => log.warn(line, 'somebody was not let in') };
}
