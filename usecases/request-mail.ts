import { emailKeyOf } from '../domain/identity/email';
import { plusMs } from '../domain/kernel/instant';
import { accept, type Result } from '../domain/kernel/result';
import type { Clock } from './ports/edge';
import type { Credentials, IdentityStore, MailTokenKind } from './ports/identity-store';
import type { Mail } from './ports/mail';
import type { Pace } from './ports/pace';
import type { RateLimiter } from './ports/rate-limiter';
import type { RandomTokens } from './ports/tokens';
import { ANSWER_MS_MIN, VERIFY_MS } from './register';
import { type Client, LIMITS, throttle } from './throttle';

export type RequestMail = { readonly email: string; readonly client: Client };

export type RequestMailParts = {
  readonly identities: IdentityStore;
  readonly tokens: RandomTokens;
  readonly mail: Mail;
  readonly limiter: RateLimiter;
  readonly pace: Pace;
  readonly clock: Clock;
};

const RESET_MS = 30 * 60_000;

type Plan = {
  readonly kind: MailTokenKind;
  readonly keptMs: number;
  readonly applies: (user: Credentials) => boolean;
};

/** Mails the verification link once more, where there is an address to verify. */
export const resendVerification = (parts: RequestMailParts) =>
  requestMail(parts, { kind: 'verify-email', keptMs: VERIFY_MS, applies: (user) => user.verifiedAt === null });

/** Mails a link that sets a new password; following it also proves the address. */
export const requestPasswordReset = (parts: RequestMailParts) =>
  requestMail(parts, { kind: 'reset-password', keptMs: RESET_MS, applies: () => true });

/** The same answer after the same time, whether a mail is sent or not. */
const requestMail =
  (parts: RequestMailParts, plan: Plan) =>
  async ({ email, client }: RequestMail): Promise<Result<'mail_sent_if_applicable', 'rate_limited'>> => {
    const emailKey = emailKeyOf(email);
    const throttled = await throttle(parts.limiter, [
      [LIMITS.mailByIp, client.ip],
      [LIMITS.mailByAccount, emailKey],
    ]);
    if (throttled) return throttled;
    await parts.pace.atLeast(ANSWER_MS_MIN, () => mailTo(parts, plan, emailKey));
    return accept('mail_sent_if_applicable' as const);
  };

async function mailTo({ identities, tokens, mail, clock }: RequestMailParts, plan: Plan, emailKey: string) {
  const user = await identities.findByEmail(emailKey);
  if (!user || !plan.applies(user)) return;
  const { token, hash } = tokens.make();
  const expiresAt = plusMs(clock.now(), plan.keptMs);
  await identities.putMailToken(user.userId, { kind: plan.kind, tokenHash: hash, expiresAt });
  await mail.send({ kind: plan.kind, to: user.email, displayName: user.displayName, token });
}
