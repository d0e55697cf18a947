/** At most `max` attempts of one subject in a window that begins with its first. */
export type RateLimit = { readonly name: string; readonly max: number; readonly windowMs: number };

export type RateAttempt = { readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number };

export type RateLimiter = {
  /** Counts one attempt. Throws when it cannot count: an attempt that nobody counts is not made. */
  readonly take: (limit: RateLimit, subject: string) => Promise<RateAttempt>;
  /** Forgives the attempts so far. */
  readonly forget: (limit: RateLimit, subject: string) => Promise<void>;
};
