import type { SessionId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Role } from './session';

export type AccessClaims = { readonly userId: UserId; readonly sessionId: SessionId; readonly roles: readonly Role[] };

export type AccessToken = { readonly token: string; readonly expiresInS: number };

/** Signed tokens that anyone can verify with the published keys. */
export type AccessTokens = {
  readonly issue: (claims: AccessClaims, at: Instant) => Promise<AccessToken>;
  /** Undefined for anything but a token of ours that is valid at `at`. */
  readonly verify: (token: string, at: Instant) => Promise<Pick<AccessClaims, 'userId' | 'sessionId'> | undefined>;
};

/** 256 random bits, of which only the hash is stored. */
export type RandomTokens = {
  readonly make: () => { readonly token: string; readonly hash: string };
  readonly hashOf: (token: string) => string;
};
