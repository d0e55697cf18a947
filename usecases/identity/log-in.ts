import { emailKeyOf } from '../../domain/identity/email';
import { refreshExpiry } from '../../domain/identity/refresh-token';
import type { SessionId } from '../../domain/kernel/ids';
import { type Instant, plusMs } from '../../domain/kernel/instant';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { Pace } from '../ports/events/pace';
import type { Credentials, IdentityStore, User } from '../ports/identity/identity-store';
import type { Passwords } from '../ports/identity/passwords';
import type { SessionCache, SessionStore } from '../ports/identity/session-store';
import type { SignInLog } from '../ports/identity/sign-in-log';
import type { AccessToken, AccessTokens } from '../ports/identity/tokens';
import { DEVICE_KEPT_MS, type DeviceParts, knownDevice, pairOf, throttleDevice } from './device';
import { endSessionOf } from './log-out';
import { type Client, LIMITS } from './throttle';

export type LogIn = {
  readonly email: string;
  readonly password: string;
  readonly client: Client;
  /** The tokens of the browser's cookies: a device that was used before, and a session that this one replaces. */
  readonly device: string | undefined;
  readonly replaced: string | undefined;
  readonly trace: Trace;
};

type Cookie = { readonly token: string; readonly at: Instant; readonly expiresAt: Instant };

/** What the browser keeps: the access token in memory, the others in cookies. */
export type SignedIn = {
  readonly user: User;
  readonly access: AccessToken;
  /** Absent when the browser already has the newest one. */
  readonly refresh?: Cookie;
  readonly device?: Cookie;
};

export type LogInRefusal = 'rate_limited' | 'credentials_invalid';

export type LogInParts = DeviceParts & {
  readonly identities: IdentityStore;
  readonly sessions: SessionStore;
  readonly cache: SessionCache;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
  readonly log: SignInLog;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** How long an attempt at an account that many strangers try takes at least. */
export const SLOW_MS = 1_000;

const BY = {
  byDevice: LIMITS.loginByDevice,
  bySource: LIMITS.loginByIp,
  byPair: LIMITS.loginByAccountAndIp,
};

/**
 * An unknown address, one that is not confirmed yet and a wrong password give one answer, after the same work: whoever
 * registers somebody's address must not learn here whether it had an account. Many wrong attempts slow down strangers
 * at the account and lock out nobody.
 */
export const logIn =
  (parts: LogInParts) =>
  async (command: LogIn): Promise<Result<SignedIn, LogInRefusal>> => {
    const { email, client } = command;
    const emailKey = emailKeyOf(email);
    const known = await knownDevice(parts, command.device, emailKey, parts.clock.now());
    const throttled = await throttleDevice(parts, BY, known, { emailKey, ip: client.ip });
    if (throttled) {
      noteRefusal(parts, command, 'rate_limited', undefined);
      return throttled;
    }
    const isSlow = known === undefined && !(await parts.limiter.take(LIMITS.loginByAccountFreely, emailKey)).allowed;
    return parts.pace.atLeast(isSlow ? SLOW_MS : 0, () => attempt(parts, command, emailKey, known));
  };

async function attempt(
  parts: LogInParts,
  command: LogIn,
  emailKey: string,
  known: string | undefined,
): Promise<Result<SignedIn, LogInRefusal>> {
  const found = await parts.identities.findByEmail(emailKey);
  const isRight = await parts.passwords.verify(command.password, found?.passwordHash);
  const signedIn = found && isRight ? await openSession(parts, found, command) : undefined;
  if (!found || !signedIn) {
    noteRefusal(parts, command, 'credentials_invalid', found);
    return refuse('credentials_invalid');
  }
  await forgive(parts, emailKey, command.client, known);
  if (command.replaced !== undefined) {
    await endSessionOf(parts, { token: command.replaced, trace: command.trace, action: 'session.replaced' });
  }
  return accept({ ...signedIn, device: await rememberDevice(parts, found, command.device, known) });
}

/** The right password forgives the wrong ones from here. */
const forgive = ({ limiter }: LogInParts, emailKey: string, { ip }: Client, known: string | undefined) =>
  known === undefined
    ? limiter.forget(LIMITS.loginByAccountAndIp, pairOf(emailKey, ip))
    : limiter.forget(LIMITS.loginByDevice, known);

/** A device that is not known for this user gets a token of ours: one that was planted in it is worth nothing. */
async function rememberDevice(
  { devices, tokens, clock }: LogInParts,
  { userId }: User,
  presented: string | undefined,
  known: string | undefined,
): Promise<Cookie> {
  const at = clock.now();
  const expiresAt = plusMs(at, DEVICE_KEPT_MS);
  const made = tokens.make();
  const { token, hash } = presented !== undefined && known !== undefined ? { token: presented, hash: known } : made;
  await devices.remember(userId, hash, expiresAt);
  return { token, at, expiresAt };
}

const noteRefusal = (
  { log }: LogInParts,
  { client, trace: { correlationId } }: LogIn,
  reason: LogInRefusal,
  found: Credentials | undefined,
) => log.refused({ action: 'sign-in', reason, userId: found?.userId, source: client.ip, correlationId });

async function openSession(
  { sessions, accessTokens, tokens, clock, ids }: LogInParts,
  { userId, email, displayName, roles, passwordHash }: Credentials,
  { client: { userAgent } }: LogIn,
): Promise<SignedIn | undefined> {
  const { token, hash: tokenHash } = tokens.make();
  const at = clock.now();
  const sessionId = ids.next<SessionId>();
  const expiresAt = refreshExpiry(at, at);
  const opened = await sessions.open({ sessionId, userId, passwordHash, tokenHash, userAgent, at, expiresAt });
  if (opened === 'stale') return undefined;
  const access = await accessTokens.issue({ userId, sessionId, roles }, at);
  return { user: { userId, email, displayName, roles }, access, refresh: { token, at, expiresAt } };
}
