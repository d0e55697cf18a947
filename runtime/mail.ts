import { MailUnavailable } from '../adapters/mail/mail-errors';
import { makeMail } from '../adapters/mail/smtp-mail';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { systemClock } from './edge';
import { smtpSecret } from './secret-schemas';

/** Mail through the server that SMTP_SECRET leads to. */
export async function openMail() {
  const { SMTP_SECRET, PUBLIC_ORIGIN } = readConfig('SMTP_SECRET', 'PUBLIC_ORIGIN');
  const secret = await readSecret(SMTP_SECRET, smtpSecret());
  return makeMail({ secret, publicOrigin: PUBLIC_ORIGIN, clock: systemClock });
}

export const isMailServerAway = (error: unknown): boolean => error instanceof MailUnavailable;
