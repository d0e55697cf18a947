import { type Instant, instant } from '../../domain/kernel/instant';

/** What fails again and again is tried less and less often; a calm while begins anew. */
export class Pace {
  private failures = 0;
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly ms: { readonly first: number; readonly max: number; readonly calm: number }) {}

  /** When to try again after a failure now: at once after the first. */
  failed(now: Instant): Instant {
    const { first, max, calm } = this.ms;
    this.failures = now - this.failedAt > calm ? 0 : this.failures + 1;
    this.failedAt = now;
    return this.failures === 0 ? now : instant(now + Math.min(first * 2 ** (this.failures - 1), max));
  }
}
