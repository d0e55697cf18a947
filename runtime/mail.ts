import { makeMail } from '../adapters/mail/smtp-mail';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { systemClock } from './edge';
import { makeLogger } from './log';
import { smtpSecret } from './secret-schemas';

/** Mail through the server that SMTP_SECRET leads to; a mail that could not be sent is logged without its link. */
export async function openMail() {
  const { SMTP_SECRET, PUBLIC_ORIGIN } = readConfig('SMTP_SECRET', 'PUBLIC_ORIGIN');
  const log = makeLogger();
  return makeMail({
    secret: await readSecret(SMTP_SECRET, smtpSecret()),
    publicOrigin: PUBLIC_ORIGIN,
    clock: systemClock,
    onFailure: (error, kind) => log.error({ err: error, mail: kind }, 'a mail could not be sent'),
  });
}
