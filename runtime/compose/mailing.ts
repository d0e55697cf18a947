import { makeIdentityStore } from '../../adapters/cockroach/identity/identity-store';
import { makeMailRequests } from '../../adapters/cockroach/identity/mail-requests';
import { makeRegistrationStore } from '../../adapters/cockroach/identity/registration-store';
import { randomTokens } from '../../adapters/crypto/random-tokens';
import { sendMail } from '../../usecases/identity/send-mail';
import { functionDatabase } from '../database';
import { systemClock } from '../edge';
import { lazy } from '../lazy';
import { openMail } from '../mail';

/** What the consumer of requested mails needs. */
export const mailing = lazy(async () => {
  const [database, mail] = await Promise.all([functionDatabase(), openMail()]);
  return sendMail({
    identities: makeIdentityStore(database),
    registrations: makeRegistrationStore(database),
    mails: makeMailRequests(database),
    tokens: randomTokens,
    mail,
    clock: systemClock,
  });
});
