import { createHash } from 'node:crypto';
import type { SessionId } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { authenticate } from '../../../usecases/authenticate';
import { logIn } from '../../../usecases/log-in';
import { logOut } from '../../../usecases/log-out';
import type { MailMessage } from '../../../usecases/ports/mail';
import type { LiveSession } from '../../../usecases/ports/session-store';
import type { AccessClaims } from '../../../usecases/ports/tokens';
import { refreshSession } from '../../../usecases/refresh-session';
import { register } from '../../../usecases/register';
import { requestPasswordReset, resendVerification } from '../../../usecases/request-mail';
import { resetPassword } from '../../../usecases/reset-password';
import { verifyEmail } from '../../../usecases/verify-email';
import { identityWorld, memoryIdentityStore, memorySessionStore } from '../../fakes/memory-identity';

export const PASSWORD = 'correct horse battery';
export const EMAIL = 'Ann@Example.com';
export const trace = { correlationId: 'c-1', traceparent: null };

const client = { ip: '192.0.2.1', userAgent: 'browser/1' };

/** Everything behind the sign-in page with a clock, a cache and a limiter that a test holds in its hand. */
export class FrontDoor {
  now: Instant = instant(1_764_000_000_000);
  isMailDown = false;
  isCacheDown = false;
  /** Subjects whose attempts are used up, with the wait. */
  readonly exhausted = new Map<string, number>();
  readonly forgiven: string[] = [];
  readonly mails: MailMessage[] = [];
  readonly paces: number[] = [];
  readonly verified: (string | undefined)[] = [];
  readonly world = identityWorld();
  readonly cached = new Map<SessionId, LiveSession | 'ended'>();
  private made = 0;

  private readonly parts = {
    identities: memoryIdentityStore(this.world),
    sessions: memorySessionStore(this.world),
    passwords: {
      hash: async (password: string) => `hashed:${password}`,
      verify: async (password: string, hash: string | undefined) => {
        this.verified.push(hash);
        return hash === `hashed:${password}`;
      },
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
      take: async ({ name }: { readonly name: string }) => {
        const retryAfterMs = this.exhausted.get(name);
        return retryAfterMs === undefined ? { allowed: true as const } : { allowed: false as const, retryAfterMs };
      },
      forget: async ({ name }: { readonly name: string }) => void this.forgiven.push(name),
    },
    mail: {
      send: async (message: MailMessage) => {
        if (this.isMailDown) return 'failed' as const;
        this.mails.unshift(message);
        return 'sent' as const;
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
    register(this.parts)({ email, password, displayName: 'Ann', client });
  verify = (token: string) => verifyEmail(this.parts)({ token, client });
  resend = (email = EMAIL) => resendVerification(this.parts)({ email, client });
  requestReset = (email = EMAIL) => requestPasswordReset(this.parts)({ email, client });
  reset = (token: string, password: string) => resetPassword(this.parts)({ token, password, client, trace });
  logIn = (email = EMAIL, password = PASSWORD) => logIn(this.parts)({ email, password, client });
  logOut = (token: string | undefined) => logOut(this.parts)({ token, trace });
  refresh = (token: string | undefined, userAgent = client.userAgent) =>
    refreshSession(this.parts)({ token, client: { ...client, userAgent }, trace });

  get mailedToken(): string {
    const [newest] = this.mails;
    if (!newest || !('token' in newest)) throw new Error('the newest mail has no link');
    return newest.token;
  }

  wait(ms: number): void {
    this.now = plusMs(this.now, ms);
  }

  async signedIn() {
    await this.register();
    await this.verify(this.mailedToken);
    const done = await this.logIn();
    if (!done.ok || !done.value.refresh) throw new Error('it was the right password');
    return { access: done.value.access.token, refresh: done.value.refresh.token };
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
