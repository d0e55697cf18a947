import type { Answer } from './answer';
import type { Session as Issued, User } from './contract';
import { backoffMs } from './live-client';

export type SessionState =
  | { readonly kind: 'unknown'; readonly isOffline: boolean }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'signed-in'; readonly user: User; readonly accessToken: string };

type Parts = {
  readonly refresh: () => Promise<Answer<Issued>>;
  readonly logout: () => Promise<Answer<unknown>>;
  /** Runs `act` later; the function it returns cancels that. */
  readonly later: (act: () => void, ms: number) => () => void;
  readonly random: () => number;
  /** One tab at a time: a refresh token is good once. */
  readonly alone: <T>(act: () => Promise<T>) => Promise<T>;
  /** Whether this browser has signed in before: spares strangers a refresh that can only fail. */
  readonly hint: { readonly get: () => boolean; readonly set: (isSignedIn: boolean) => void };
};

const RENEW_AHEAD_MS = 60_000;
const RENEW_SOONEST_MS = 10_000;

/** The access token lives in memory alone; a page load gets a new one for the HttpOnly refresh cookie. */
export class Session {
  private state: SessionState = { kind: 'unknown', isOffline: false };
  private readonly listeners = new Set<() => void>();
  private renewing: Promise<boolean> | undefined;
  private cancelRenewal = () => {};
  private attempt = 0;

  constructor(private readonly parts: Parts) {}

  get = (): SessionState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  accessToken = (): string | undefined => (this.state.kind === 'signed-in' ? this.state.accessToken : undefined);

  async start(): Promise<void> {
    if (this.state.kind !== 'unknown') return;
    if (this.parts.hint.get()) await this.renew();
    else this.change({ kind: 'signed-out' });
  }

  begin(issued: Issued): void {
    this.attempt = 0;
    this.parts.hint.set(true);
    this.change({ kind: 'signed-in', user: issued.user, accessToken: issued.accessToken });
    const inMs = Math.max(issued.expiresInS * 1000 - RENEW_AHEAD_MS, RENEW_SOONEST_MS);
    this.renewLater(inMs);
  }

  /** Another tab signed out, or the platform ended the session. */
  end(): void {
    this.cancelRenewal();
    this.parts.hint.set(false);
    this.change({ kind: 'signed-out' });
  }

  async signOut(): Promise<void> {
    await this.parts.logout();
    this.end();
  }

  /** However many calls need a new token at once, one refresh is made. */
  renew = (): Promise<boolean> => {
    this.renewing ??= this.parts
      .alone(() => this.refresh())
      .finally(() => {
        this.renewing = undefined;
      });
    return this.renewing;
  };

  private async refresh(): Promise<boolean> {
    const answer = await this.parts.refresh();
    if (answer.ok) {
      this.begin(answer.value);
      return true;
    }
    if (answer.problem.status === 401) {
      this.end();
      return false;
    }
    // The platform is away, not the session: what is known stays, and the question is asked again.
    if (this.state.kind === 'unknown') this.change({ kind: 'unknown', isOffline: true });
    this.renewLater(backoffMs(this.attempt++, this.parts.random()));
    return false;
  }

  private renewLater(ms: number): void {
    this.cancelRenewal();
    this.cancelRenewal = this.parts.later(() => void this.renew(), ms);
  }

  private change(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
