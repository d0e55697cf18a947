import { type Instant, plusMs } from '../../../domain/kernel/instant';
import type { Clock } from '../../../usecases/ports/clock-and-ids';

/** What REST knows already is on its way for no longer than this. */
const ON_ITS_WAY_MS = 1_500;
/** REST lags now and then. Where it stays behind, and so many diffs of old ids come, the ids have begun anew. */
const [BEHIND_MAX, PAST_MAX] = [3, 3] as const;

/** How long nothing has come of one symbol, and what REST says of it meanwhile. */
export class Silence {
  private since: Instant;
  private awaitedBy: Instant | undefined;
  private behind = 0;
  private past = 0;

  constructor(private readonly clock: Clock) {
    this.since = clock.now();
  }

  lastedMs = (): number => this.clock.now() - this.since;

  /** Something came, or REST has the same. */
  end(): void {
    this.since = this.clock.now();
    this.awaitedBy = undefined;
    this.behind = 0;
    this.past = 0;
  }

  /** What came was known already. */
  hearPast(): void {
    this.past += 1;
  }

  /** REST knows of updates that have not come. */
  expectMore(): void {
    this.awaitedBy ??= plusMs(this.clock.now(), ON_ITS_WAY_MS);
  }

  isExpecting = (): boolean => this.awaitedBy !== undefined;

  isOverdue = (): boolean => this.awaitedBy !== undefined && this.clock.now() >= this.awaitedBy;

  /** REST is behind once more; whether that shows that the ids of before are of no use. */
  isContradicted(): boolean {
    this.behind += 1;
    return this.behind >= BEHIND_MAX && this.past >= PAST_MAX;
  }
}
