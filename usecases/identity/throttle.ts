import type { Refused } from '../../domain/kernel/result';
import type { RateLimit, RateLimiter } from '../ports/identity/rate-limiter';

/** Who sends a request; the address is the edge's word: of IPv6 the network, since one person has all of it. */
export type Client = { readonly ip: string; readonly userAgent: string };

export type Throttled = Refused<'rate_limited'> & { readonly retryAfterS: number };

/** Counts the attempt against each limit; refused when one of them is used up, with the longest wait. */
export async function throttle(
  limiter: RateLimiter,
  limits: readonly (readonly [RateLimit, string])[],
): Promise<Throttled | undefined> {
  const attempts = await Promise.all(limits.map(([limit, subject]) => limiter.take(limit, subject)));
  const waits = attempts.map((attempt) => (attempt.allowed ? 0 : attempt.retryAfterMs));
  const longestMs = Math.max(0, ...waits);
  if (longestMs === 0) return undefined;
  return { ok: false, refusal: 'rate_limited', retryAfterS: Math.ceil(longestMs / 1000) };
}

const MINUTE_MS = 60_000;
const limit = (name: string, max: number, minutes: number): RateLimit => ({ name, max, windowMs: minutes * MINUTE_MS });

/**
 * Who is refused is a source, or one source at one account: nobody can use up what belongs to somebody else. Limits of
 * an account alone only slow down (docs/adr/0028).
 */
export const LIMITS = {
  loginByIp: limit('login-ip', 100, 5),
  loginByAccountAndIp: limit('login-account-ip', 10, 15),
  loginByDevice: limit('login-device', 10, 15),
  /** Beyond it every attempt from an unknown device waits before it is answered. */
  loginByAccountFreely: limit('login-account', 50, 15),
  registerByIp: limit('register-ip', 100, 60),
  /** Each of these mails has a link that opens the account, so that whoever has the mailbox needs no further one. */
  registerByAccount: limit('register-account', 20, 60),
  mailByIp: limit('mail-ip', 100, 60),
  mailByAccountAndIp: limit('mail-account-ip', 5, 60),
  mailByDevice: limit('mail-device', 5, 60),
  /** Beyond it one mail in five minutes goes out, and the one that came is as good as the one that does not. */
  mailByAccountFreely: limit('mail-account', 10, 60),
  mailByAccountSteadily: limit('mail-account-steadily', 1, 5),
  tokenByIp: limit('token-ip', 100, 15),
  passwordBySession: limit('password-session', 10, 15),
} as const;
