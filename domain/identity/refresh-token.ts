import type { Instant } from '../kernel/instant';
import { DAY_MS } from '../kernel/instant';

/** The chain of refresh tokens of one session: each exchange makes the next generation, only the newest is good. */
export type RefreshFamily = {
  readonly generation: number;
  readonly openedAt: Instant;
  /** When the newest generation was made. */
  readonly rotatedAt: Instant;
  readonly userAgent: string;
  /** Moves with every exchange, up to the session's last day. */
  readonly expiresAt: Instant;
  readonly endedAt: Instant | null;
};

export type Presented = { readonly generation: number; readonly userAgent: string; readonly at: Instant };

/**
 * `rotate`: exchange it. `repeat`: an access token, but no new refresh token. `expired`: sign in again. `reused`: an
 * old token came back, so somebody copied it: end the family.
 */
export type RefreshDecision = 'rotate' | 'repeat' | 'expired' | 'reused';

/**
 * Two tabs of one browser, or a repeated request, may present the same token at once: the later one finds that it has
 * just been replaced. See docs/adr/0010.
 */
export const GRACE_MS = 10_000;

export function decideRefresh(family: RefreshFamily, { generation, userAgent, at }: Presented): RefreshDecision {
  if (family.endedAt !== null || at >= family.expiresAt) return 'expired';
  if (generation === family.generation) return 'rotate';
  const isJustReplaced = generation === family.generation - 1 && at - family.rotatedAt <= GRACE_MS;
  return isJustReplaced && userAgent === family.userAgent ? 'repeat' : 'reused';
}

/** A browser that is not used for this long signs in again. */
export const IDLE_MS_MAX = 14 * DAY_MS;
/** And every browser after this long. */
export const SESSION_MS_MAX = 60 * DAY_MS;

/** Until when the newest token is good. */
export const refreshExpiry = (openedAt: Instant, at: Instant): Instant =>
  Math.min(at + IDLE_MS_MAX, openedAt + SESSION_MS_MAX) as Instant;
