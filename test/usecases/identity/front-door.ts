import { createHash } from 'node:crypto';
import { passwordFault } from '../../../contracts/passwords/strength';
import type { SessionId } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { authenticate } from '../../../usecases/identity/authenticate';
import { changePassword } from '../../../usecases/identity/change-password';
import { logIn } from '../../../usecases/identity/log-in';
import { logOut } from '../../../usecases/identity/log-out';
import { endOtherSessions, endOwnSession, listSessions } from '../../../usecases/identity/manage-sessions';
import { refreshSession } from '../../../usecases/identity/refresh-session';
import { register } from '../../../usecases/identity/register';
import { requestPasswordReset, resendVerification } from '../../../usecases/identity/request-mail';
import { resetPassword } from '../../../usecases/identity/reset-password';
import { type Sent, sendMail } from '../../../usecases/identity/send-mail';
import { verifyEmail } from '../../../usecases/identity/verify-email';
import type { MailMessage } from '../../../usecases/ports/identity/mail';
import type { LiveSession } from '../../../usecases/ports/identity/session-store';
import type { SignInLog } from '../../../usecases/ports/identity/sign-in-log';
import type { AccessClaims } from '../../../usecases/ports/identity/tokens';
import {
  identityWorld,
  memoryIdentityStore,
  memoryKnownDevices,
  memoryMailRequests,
} from '../../fakes/memory-identity';
import { memoryRegistrationStore } from '../../fakes/memory-registrations';
import { memorySessionStore } from '../../fakes/memory-sessions';

export const PASSWORD = 'correct horse battery';
export const EMAIL = 'Ann@Example.com';
export const trace = { correlationId: 'c-1', traceparent: null };

export const client = { ip: '192.0.2.1', userAgent: 'browser/1' };

type Refused = Parameters<SignInLog['refused']>[0];

/** Everything behind the sign-in page with a clock, a cache and a limiter that a test holds in its hand. */
export class FrontDoor {
  now: Instant = instant(1_764_000_000_000);
  /** What the mail server makes of a mail. */
  mailServer: (message: MailMessage) => Promise<'sent' | 'refused'> = async () => 'sent';
  takesUtf8 = true;
  isCacheDown = false;
  /** Subjects whose attempts are used up, with the wait. */
  readonly exhausted = new Map<string, number>();
  readonly forgiven: string[] = [];
  readonly mails: MailMessage[] = [];
  readonly paces: number[] = [];
  readonly refused: Refused[] = [];
  /** Attempts as they were counted: `name subject`. */
  readonly counted: string[] = [];
  readonly verified: (string | undefined)[] = [];
  readonly world = identityWorld();
  readonly cached = new Map<SessionId, LiveSession | 'ended'>();
  private made = 0;

  readonly parts = {
    identities: memoryIdentityStore(this.world),
    registrations: memoryRegistrationStore(this.world),
    devices: memoryKnownDevices(this.world),
    mails: memoryMailRequests(this.world),
    sessions: memorySessionStore(this.world),
    log: { refused: (line: Refused) => void this.refused.push(line) },
    takesUtf8: true,
    passwords: {
      hash: async (password: string) => `hashed:${password}`,
      verify: async (password: string, hash: string | undefined) => {
        this.verified.push(hash);
        return hash === `hashed:${password}`;
      },
      faultOf: passwordFault,
    },
    accessTokens: {
      issue: async (claims: AccessClaims, at: Instant) => ({
        token: JSON.stringify({ ...claims, at }),
        expiresInS: 600,
      }),
      verify: async (token: string, at: Instant) => {
        const claims = JSON.parse(token) as AccessClaims & { readonly at: Instant };
        return at - claims.at < 600_000 ? claims : undefined;
      },
    },
    tokens: {
      make: () => {
        const token = `token-${++this.made}`;
        return { token, hash: hashOf(token) };
      },
      hashOf: (token: string) => hashOf(token),
    },
    cache: {
      find: async (id: SessionId) => (this.isCacheDown ? undefined : this.cached.get(id)),
      keep: async (id: SessionId, session: LiveSession) => {
        if (!this.isCacheDown && !this.cached.has(id)) this.cached.set(id, session);
      },
      end: async (ids: readonly SessionId[]) => {
        for (const id of ids) this.cached.set(id, 'ended');
      },
      forget: async (ids: readonly SessionId[]) => {
        for (const id of ids) this.cached.delete(id);
      },
    },
    limiter: {
      take: async ({ name }: { readonly name: string }, subject: string) => {
        this.counted.push(`${name} ${subject}`);
        const retryAfterMs = this.exhausted.get(name);
        return retryAfterMs === undefined ? { allowed: true as const } : { allowed: false as const, retryAfterMs };
      },
      forget: async ({ name }: { readonly name: string }) => void this.forgiven.push(name),
    },
    mail: {
      send: async (message: MailMessage) => {
        const answer = await this.mailServer(message);
        if (answer === 'sent') this.mails.unshift(message);
        return answer;
      },
    },
    pace: {
      atLeast: async <T>(ms: number, work: () => Promise<T>) => {
        this.paces.push(ms);
        return work();
      },
    },
    clock: { now: () => this.now },
    ids: { next: <Id extends string>() => `id-${++this.made}` as Id },
  };

  readonly authenticate = authenticate(this.parts);
  register = (email = EMAIL, password = PASSWORD) =>
    register({ ...this.parts, takesUtf8: this.takesUtf8 })({ email, password, displayName: 'Ann', client, trace });
  verify = (token: string, password = PASSWORD) => verifyEmail(this.parts)({ token, password, client, trace });
  verifyAs = (token: string, displayName: string, password: string) =>
    verifyEmail(this.parts)({ token, displayName, password, client, trace });
  resend = (email = EMAIL, device?: string) => resendVerification(this.parts)({ email, client, device, trace });
  requestReset = (email = EMAIL, device?: string) => requestPasswordReset(this.parts)({ email, client, device, trace });
  reset = (token: string, password: string) => resetPassword(this.parts)({ token, password, client, trace });
  logIn = (email = EMAIL, password = PASSWORD, cookies: { device?: string; replaced?: string } = {}) =>
    logIn(this.parts)({ email, password, client, device: cookies.device, replaced: cookies.replaced, trace });
  logOut = (token: string | undefined) => logOut(this.parts)({ token, trace });
  refresh = (token: string | undefined, userAgent = client.userAgent) =>
    refreshSession(this.parts)({ token, client: { ...client, userAgent }, trace });
  listSessions = listSessions(this.parts);
  endOwnSession = endOwnSession(this.parts);
  endOtherSessions = endOtherSessions(this.parts);
  changePassword = changePassword(this.parts);

  /** Does what the consumer of mail requests does with those that were not handled yet. */
  async deliver(): Promise<readonly Sent[]> {
    const outcomes: Sent[] = [];
    for (const { type, eventId, data, occurredAt } of this.world.messages) {
      if (type !== 'identity.mail-requested' || this.world.handled.has(`send-mail ${eventId}`)) continue;
      const inbox = { consumer: 'send-mail', eventId };
      outcomes.push(await sendMail(this.parts)({ request: data, askedAt: occurredAt, inbox }));
    }
    return outcomes;
  }

  get mailedToken(): string {
    const [newest] = this.mails;
    if (!newest || !('token' in newest)) throw new Error('the newest mail has no link');
    return newest.token;
  }

  wait(ms: number): void {
    this.now = plusMs(this.now, ms);
  }

  async signedIn() {
    await this.confirmed();
    const done = await this.logIn();
    if (!done.ok || !done.value.refresh || !done.value.device) throw new Error('it was the right password');
    const { access, refresh, device } = done.value;
    return { access: access.token, refresh: refresh.token, device: device.token };
  }

  /** Somebody whose address is confirmed. */
  async confirmed(): Promise<void> {
    await this.register();
    await this.deliver();
    await this.verify(this.mailedToken);
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
