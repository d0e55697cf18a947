import type { Clock } from '../../usecases/ports/clock-and-ids';

export type VenueRestParts = {
  readonly clock: Clock;
  /** Between 0 and 1: how much of a pause is taken. */
  readonly random?: () => number;
  /** What came with an answer, also with one that refuses. */
  readonly onAnswer?: (headers: Headers) => void;
  /** The text of what was asked for, before anybody reads it. */
  readonly onText?: (path: string, text: string) => void;
};

/** It answered, and not with what was asked for. */
export class RestRefused extends Error {
  constructor(
    url: string,
    readonly status: number,
    readonly body: string,
  ) {
    super(`${url}: ${status}`);
  }
}

/** It was not asked at all, since it has refused or failed a moment ago. */
export class RestPaused extends Error {
  constructor(readonly waitMs: number) {
    super(`it is not asked again for ${waitMs} ms`);
  }
}

const TIMEOUT_MS = 5_000;
const PAUSE_MS = { first: 500, max: 60_000 } as const;
/** A venue that asks for a longer rest than this is asked again all the same. */
const RETRY_AFTER_MS_MAX = 300_000;
const TOO_MANY = 429;
/** Binance's word for an address that went on asking after a 429. To ask during the ban prolongs it. */
const BANNED = 418;
const BAN_MS_MAX = 3 * 86_400_000;

/**
 * One server of a venue over HTTP. When it says that it is asked too often, fails or does not answer, nothing is asked
 * of it for a while, whichever instrument wants to know: twice as long each time, drawn between nothing and the whole
 * (full jitter), and never shorter than its own Retry-After (RFC 9110 §10.2.3). Then one question goes ahead of the
 * others, and its answer opens the door for all.
 */
export class VenueRest {
  private failures = 0;
  private pausedUntil = Number.NEGATIVE_INFINITY;
  private isTrying = false;

  constructor(
    private readonly base: string,
    private readonly parts: VenueRestParts,
  ) {}

  /** How long it is not asked yet. */
  waitMs(): number {
    return Math.max(0, this.pausedUntil - this.parts.clock.now());
  }

  /** The JSON at a path; throws RestPaused without asking, or what went wrong. */
  async json(path: string): Promise<unknown> {
    const waitMs = this.waitMs();
    if (waitMs > 0) throw new RestPaused(waitMs);
    if (this.failures === 0) return this.ask(path);
    if (this.isTrying) throw new RestPaused(PAUSE_MS.first);
    this.isTrying = true;
    try {
      return await this.ask(path);
    } finally {
      this.isTrying = false;
    }
  }

  private async ask(path: string): Promise<unknown> {
    const url = `${this.base}${path}`;
    const before = this.failures;
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
      this.pause(before, 0);
      throw error;
    });
    const { status, headers } = response;
    this.parts.onAnswer?.(headers);
    if (status === TOO_MANY || status === BANNED || status >= 500) {
      const restMs = retryAfterMs(headers.get('retry-after'), this.parts.clock.now());
      this.pause(before, Math.min(restMs, status === BANNED ? BAN_MS_MAX : RETRY_AFTER_MS_MAX));
    } else if (this.failures === before) this.failures = 0;
    // What is not read holds the connection.
    const text = await response.text();
    if (!response.ok) throw new RestRefused(url, status, text);
    this.parts.onText?.(path, text);
    return JSON.parse(text);
  }

  /** `before`: the failures when it was asked. Questions that were under way together and fail together count as one. */
  private pause(before: number, atLeastMs: number): void {
    const now = this.parts.clock.now();
    const isNew = this.failures === before;
    if (isNew) this.failures += 1;
    const whole = Math.min(PAUSE_MS.first * 2 ** (this.failures - 1), PAUSE_MS.max);
    const drawn = isNew ? Math.ceil(whole * (this.parts.random ?? Math.random)()) : 0;
    this.pausedUntil = Math.max(this.pausedUntil, now + Math.max(drawn, atLeastMs));
  }
}

/** Seconds, or a date. */
function retryAfterMs(text: string | null, now: number): number {
  if (text === null) return 0;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
