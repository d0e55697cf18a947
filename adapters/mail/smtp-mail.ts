import { randomUUID } from 'node:crypto';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Clock } from '../../usecases/ports/clock-and-ids';
import type { Mail } from '../../usecases/ports/identity/mail';
import { failureOf } from './mail-errors';
import { compose } from './messages';
import { addressOf, mimeOf } from './mime';

/** What the secret SMTP_SECRET holds: Amazon SES's SMTP interface in the cloud, any server elsewhere. */
export type SmtpSecret = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465); otherwise STARTTLS where the server offers it, always before a password. */
  readonly secure: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
};

export type MailParts = {
  readonly secret: SmtpSecret;
  readonly publicOrigin: string;
  readonly clock: Clock;
};

const CONNECT_TIMEOUT_MS = 2_000;
const ANSWER_TIMEOUT_MS = 4_000;

export const makeMail = ({ secret, publicOrigin, clock }: MailParts): Mail => ({
  send: async (message) => {
    const { to } = message;
    const { from } = secret;
    const date = new Date(clock.now());
    const mime = mimeOf({ from, to, ...compose(message, publicOrigin), date, id: randomUUID() });
    try {
      await deliver(secret, { from: addressOf(from), to }, mime);
      return 'sent';
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'refused') return failure;
      throw failure;
    }
  },
});

/** One connection a mail: a Lambda that was frozen in between would find a kept one dead. */
function deliver(secret: SmtpSecret, envelope: { from: string; to: string }, mime: string): Promise<void> {
  const { host, port, secure, user, password } = secret;
  const auth = user !== undefined && password !== undefined ? { user, pass: password } : undefined;
  const connection = new SMTPConnection({
    host,
    port,
    secure,
    requireTLS: auth !== undefined && !secure,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: ANSWER_TIMEOUT_MS,
  });
  return new Promise<void>((resolve, reject) => {
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('the mail server closed the connection')));
    const send = () =>
      connection.send(envelope, mime, (error) => {
        if (error) reject(error);
        else resolve();
      });
    connection.connect((error) => {
      if (error) reject(error);
      else if (auth) connection.login(auth, (refused) => (refused ? reject(refused) : send()));
      else send();
    });
  }).then(
    () => connection.quit(),
    (error: unknown) => {
      connection.close();
      throw error;
    },
  );
}
