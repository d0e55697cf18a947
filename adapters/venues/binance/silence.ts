import { type Instant, plusMs } from '../../../domain/kernel/instant';
import type { Clock } from '../../../usecases/ports/clock-and-ids';

/** What REST knows already is on its way for no longer than this. */
const ON_ITS_WAY_MS = 1_500;
/** REST's answers lag now and then. One that stays behind for so many questions has the ids begun anew. */
const BEHIND_MAX = 3;

/** How long nothing has come of one symbol, and what REST says of it meanwhile. */
export class Silence {
  private since: Instant;
  private awaitedBy: Instant | undefined;
  private behind = 0;

  constructor(private readonly clock: Clock) {
    this.since = clock.now();
  }

  lastedMs = (): number => this.clock.now() - this.since;

  /** Something came, or REST has the same. */
  end(): void {
    this.since = this.clock.now();
    this.awaitedBy = undefined;
    this.behind = 0;
  }

  /** REST knows of updates that have not come. */
  expectMore(): void {
    this.awaitedBy ??= plusMs(this.clock.now(), ON_ITS_WAY_MS);
  }

  isExpecting = (): boolean => this.awaitedBy !== undefined;

  isOverdue = (): boolean => this.awaitedBy !== undefined && this.clock.now() >= this.awaitedBy;

  /** REST is behind once more; whether for too long. */
  isContradicted(): boolean {
    this.behind += 1;
    return this.behind >= BEHIND_MAX;
  }
}
