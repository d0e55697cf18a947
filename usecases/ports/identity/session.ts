import type { SessionId, UserId } from '../../../domain/kernel/ids';

export type Role = 'trader' | 'risk' | 'finance' | 'admin';

/** Who calls: proved by an access token whose session is alive. */
export type Caller = { readonly userId: UserId; readonly sessionId: SessionId; readonly roles: readonly Role[] };

export type Authenticate = (accessToken: string) => Promise<Caller | undefined>;

/** One-use tickets for WebSocket connections, kept in Redis for 30 seconds. */
export type Tickets = {
  /** Undefined while too many of this person's are out. */
  readonly issue: (caller: Caller) => Promise<string | undefined>;
  /** Takes the ticket: a second redemption finds nothing. */
  readonly redeem: (ticket: string) => Promise<Caller | undefined>;
};
