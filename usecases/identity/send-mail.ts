import { mailboxOf } from '../../domain/identity/email';
import { DAY_MS, type Instant, plusMs } from '../../domain/kernel/instant';
import type { Clock } from '../ports/clock-and-ids';
import type { Inbox } from '../ports/events/outbox';
import type { RequestedMail } from '../ports/events/outbox-message';
import type { IdentityStore } from '../ports/identity/identity-store';
import type { Mail, MailMessage } from '../ports/identity/mail';
import type { MailRequests } from '../ports/identity/mail-requests';
import type { RegistrationStore } from '../ports/identity/registration-store';
import type { RandomTokens } from '../ports/identity/tokens';

export type SendMail = { readonly request: RequestedMail; readonly askedAt: Instant; readonly inbox: Inbox };

export type SendMailParts = {
  readonly identities: IdentityStore;
  readonly registrations: RegistrationStore;
  readonly mails: MailRequests;
  readonly tokens: RandomTokens;
  readonly mail: Mail;
  readonly clock: Clock;
};

const VERIFY_MS = DAY_MS;
const RESET_MS = 30 * 60_000;
/** What could not go out for a day is not expected any more. */
const LATE_MS = DAY_MS;

export type Sent = 'sent' | 'refused' | 'gone' | 'late' | 'duplicate';

/**
 * Writes a mail that was asked for. Its link is made now, so that its time begins now and nothing on the way here could
 * be used. A second delivery sends nothing; one whose first try broke off makes another link.
 */
export const sendMail =
  (parts: SendMailParts) =>
  async ({ request, askedAt, inbox }: SendMail): Promise<Sent> => {
    if (await parts.mails.wasSent(inbox)) return 'duplicate';
    const at = parts.clock.now();
    if (at - askedAt > LATE_MS) return 'late';
    const message = await messageOf(parts, request, at);
    const sent = message ? await parts.mail.send({ ...message, to: mailboxOf(message.to) }) : 'gone';
    await parts.mails.markSent(inbox);
    return sent;
  };

async function messageOf(
  { identities, registrations, tokens }: SendMailParts,
  request: RequestedMail,
  at: Instant,
): Promise<MailMessage | undefined> {
  const { token, hash: tokenHash } = tokens.make();
  if (request.kind === 'verify-email') {
    const { kind, registrationId } = request;
    const to = await registrations.link(registrationId, { tokenHash, expiresAt: plusMs(at, VERIFY_MS) }, at);
    return to === undefined ? undefined : { kind, to, token };
  }
  const user = await identities.find(request.userId);
  if (!user) return undefined;
  const { userId, email: to } = user;
  if (request.kind !== 'reset-password') return { kind: request.kind, to };
  await identities.putReset(userId, { tokenHash, expiresAt: plusMs(at, RESET_MS) });
  return { kind: request.kind, to, token };
}
