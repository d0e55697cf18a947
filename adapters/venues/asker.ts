import { type Instant, instant } from '../../domain/kernel/instant';
import type { Clock } from '../../usecases/ports/clock-and-ids';
import { Pace } from './pace';
import { RestPaused } from './rest';

const ASK_AGAIN_MS = 500;
const PACE_MS = { first: 500, max: 5_000, calm: 10_000 } as const;

/** Asks REST about one book: one question at a time, and less and less often while the answers are of no use. */
export class Asker {
  private dueAt = instant(0);
  isAsking = false;
  private readonly pace = new Pace(PACE_MS);

  constructor(private readonly clock: Clock) {}

  isDue = (): boolean => this.clock.now() >= this.dueAt;

  notBefore(at: Instant): void {
    if (at > this.dueAt) this.dueAt = at;
  }

  /** Something went wrong: at once the first time, later and later after that. */
  later(): void {
    this.notBefore(this.pace.failed(this.clock.now()));
  }

  /** `isUseful` takes the answer. A failure is no news: the next look asks again, and until then the book grows old. */
  async ask<T>(fetched: () => Promise<T>, isUseful: (answer: T) => boolean): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    this.notBefore(instant(this.clock.now() + ASK_AGAIN_MS));
    try {
      if (!isUseful(await fetched())) this.later();
    } catch (error) {
      if (!(error instanceof RestPaused)) this.later();
    } finally {
      this.isAsking = false;
    }
  }
}
