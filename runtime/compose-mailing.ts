import { makeIdentityStore } from '../adapters/cockroach/identity/identity-store';
import { makeMailRequests } from '../adapters/cockroach/identity/mail-requests';
import { makeRegistrationStore } from '../adapters/cockroach/identity/registration-store';
import { randomTokens } from '../adapters/crypto/random-tokens';
import { sendMail } from '../usecases/send-mail';
import { openDatabase } from './database';
import { systemClock } from './edge';
import { lazy } from './lazy';
import { openMail } from './mail';

/** An instance works off one batch at a time. */
const POOL_MAX = 1;

/** What the consumer of requested mails needs. */
export const mailing = lazy(async () => {
  const [database, mail] = await Promise.all([openDatabase(POOL_MAX), openMail()]);
  return sendMail({
    identities: makeIdentityStore(database),
    registrations: makeRegistrationStore(database),
    mails: makeMailRequests(database),
    tokens: randomTokens,
    mail,
    clock: systemClock,
  });
});
