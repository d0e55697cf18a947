import type { Refused } from '../domain/kernel/result';
import type { RateLimit, RateLimiter } from './ports/rate-limiter';

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
 * An address that guesses passwords of one account is stopped early. The account itself has a far wider limit: it slows
 * a guess from many addresses, but one stranger cannot lock the owner out with it.
 */
export const LIMITS = {
  loginByIp: limit('login-ip', 100, 5),
  loginByAccountAndIp: limit('login-account-ip', 10, 15),
  loginByAccount: limit('login-account', 100, 15),
  registerByIp: limit('register-ip', 100, 60),
  mailByIp: limit('mail-ip', 100, 60),
  /** Mails to one address, whoever asks for them. */
  mailByAccount: limit('mail-account', 10, 60),
  tokenByIp: limit('token-ip', 100, 15),
} as const;
