import { emailKeyOf } from '../../domain/identity/email';
import type { RegistrationId } from '../../domain/kernel/ids';
import { plusMs } from '../../domain/kernel/instant';
import { accept, type Result } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { Pace } from '../ports/events/pace';
import type { IdentityStore } from '../ports/identity/identity-store';
import type { MailRequests } from '../ports/identity/mail-requests';
import type { RateLimiter } from '../ports/identity/rate-limiter';
import type { RegistrationStore } from '../ports/identity/registration-store';
import { type DeviceParts, knownDevice, throttleDevice } from './device';
import { mailRequest } from './mail-request';
import { ANSWER_MS_MIN, UNMAILED_MS } from './register';
import { type Client, LIMITS } from './throttle';

export type RequestMail = {
  readonly email: string;
  readonly client: Client;
  /** The token of the device's cookie. */
  readonly device: string | undefined;
  readonly trace: Trace;
};

export type RequestMailParts = DeviceParts & {
  readonly identities: IdentityStore;
  readonly registrations: RegistrationStore;
  readonly mails: MailRequests;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly ids: Ids;
};

type Ask = (parts: RequestMailParts, emailKey: string, trace: Trace) => Promise<void>;

/** Mails a link to the newest registration of the address once more; the links of before stay good. */
export const resendVerification = (parts: RequestMailParts) => requestMail(parts, 'verify', repeatRegistration);

/** Mails a link that sets a new password; to whoever has not confirmed the address yet, the link that does that. */
export const requestPasswordReset = (parts: RequestMailParts) =>
  requestMail(parts, 'reset', async (given, emailKey, trace) => {
    const user = await given.identities.findByEmail(emailKey);
    if (!user) return repeatRegistration(given, emailKey, trace);
    const { userId } = user;
    await given.mails.put(mailRequest(given.ids, given.clock.now(), trace, { kind: 'reset-password', userId }));
  });

const BY = {
  byDevice: LIMITS.mailByDevice,
  bySource: LIMITS.mailByIp,
  byPair: LIMITS.mailByAccountAndIp,
};

/** Answers alike, and after equal time, whether a mail is sent or not: nobody learns which addresses have users. */
const requestMail =
  (parts: RequestMailParts, name: string, ask: Ask) =>
  async ({ email, client, device, trace }: RequestMail): Promise<Result<'mail_sent_if_applicable', 'rate_limited'>> => {
    const emailKey = emailKeyOf(email);
    const known = await knownDevice(parts, device, emailKey, parts.clock.now());
    const throttled = await throttleDevice(parts, BY, known, { emailKey, ip: client.ip });
    if (throttled) return throttled;
    await parts.pace.atLeast(ANSWER_MS_MIN, async () => {
      const isFree = known !== undefined || (await isMailFree(parts.limiter, `${name} ${emailKey}`));
      if (isFree) await ask(parts, emailKey, trace);
    });
    return accept('mail_sent_if_applicable' as const);
  };

/**
 * Many strangers together can ask for many mails. Then only one in a while goes out, whoever asked for it: its owner
 * always has one that is minutes old, and its link works.
 */
async function isMailFree(limiter: RateLimiter, subject: string): Promise<boolean> {
  if ((await limiter.take(LIMITS.mailByAccountFreely, subject)).allowed) return true;
  return (await limiter.take(LIMITS.mailByAccountSteadily, subject)).allowed;
}

async function repeatRegistration(
  { registrations, clock, ids }: RequestMailParts,
  emailKey: string,
  trace: Trace,
): Promise<void> {
  const registrationId = ids.next<RegistrationId>();
  const at = clock.now();
  const copy = { registrationId, at, expiresAt: plusMs(at, UNMAILED_MS) };
  await registrations.repeat(emailKey, copy, mailRequest(ids, at, trace, { kind: 'verify-email', registrationId }));
}
