import { emailKeyOf } from '../domain/identity/email';
import type { UserId } from '../domain/kernel/ids';
import { plusMs } from '../domain/kernel/instant';
import { accept, type Result } from '../domain/kernel/result';
import type { Clock, Ids } from './ports/edge';
import type { IdentityStore } from './ports/identity-store';
import type { Mail } from './ports/mail';
import type { Pace } from './ports/pace';
import type { Passwords } from './ports/passwords';
import type { RateLimiter } from './ports/rate-limiter';
import type { RandomTokens } from './ports/tokens';
import { type Client, LIMITS, throttle } from './throttle';

export type Register = {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly client: Client;
};

export type RegisterParts = {
  readonly identities: IdentityStore;
  readonly passwords: Passwords;
  readonly tokens: RandomTokens;
  readonly mail: Mail;
  readonly limiter: RateLimiter;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly ids: Ids;
};

export const VERIFY_MS = 24 * 3_600_000;

/** Longer than finding, writing and mailing usually take together. */
export const ANSWER_MS_MIN = 600;

/** The answer is the same whether or not the address has an account: only its owner learns that, by mail. */
export const register =
  (parts: RegisterParts) =>
  async (command: Register): Promise<Result<'mail_sent_if_applicable', 'rate_limited'>> => {
    const emailKey = emailKeyOf(command.email);
    const throttled = await throttle(parts.limiter, [
      [LIMITS.registerByIp, command.client.ip],
      [LIMITS.mailByAccount, emailKey],
    ]);
    if (throttled) return throttled;
    return parts.pace.atLeast(ANSWER_MS_MIN, () => add(parts, command, emailKey));
  };

async function add(
  { identities, passwords, tokens, mail, clock, ids }: RegisterParts,
  { email, password, displayName }: Register,
  emailKey: string,
) {
  const passwordHash = await passwords.hash(password);
  const { token, hash } = tokens.make();
  const at = clock.now();
  const registered = await identities.register(
    { userId: ids.next<UserId>(), email, emailKey, displayName, roles: ['trader'], passwordHash, at },
    { kind: 'verify-email', tokenHash: hash, expiresAt: plusMs(at, VERIFY_MS) },
  );
  if (registered === 'registered') await mail.send({ kind: 'verify-email', to: email, displayName, token });
  else await mailOwner(identities, mail, emailKey);
  return accept('mail_sent_if_applicable' as const);
}

/** To the address and by the name of the account, not as the stranger typed them. */
async function mailOwner(identities: IdentityStore, mail: Mail, emailKey: string): Promise<void> {
  const owner = await identities.findByEmail(emailKey);
  if (owner) await mail.send({ kind: 'already-registered', to: owner.email, displayName: owner.displayName });
}
