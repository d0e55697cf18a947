import { type Instant, plusMs } from '../../domain/kernel/instant';
import type { ArchiveSource, Positions } from '../ports/archive/archive-source';
import type { Clock } from '../ports/clock-and-ids';

type StoredUntilParts = {
  readonly source: Pick<ArchiveSource, 'ends' | 'committed'>;
  readonly clock: Clock;
};

/** What was said at an instant is in its topic so much later, however busy a publisher is. */
const ON_THE_WAY_MS = 5_000;

/**
 * Until when everything is in files: all that was on the topics at one look, with what was then still on its way left
 * out, once the committed positions have come so far. A topic on which nobody speaks does not hold it up.
 */
export class StoredUntil {
  private until: Instant | undefined;
  private awaited: { readonly at: Instant; readonly ends: Positions } | undefined;

  constructor(private readonly parts: StoredUntilParts) {}

  async look(): Promise<Instant | undefined> {
    const { source, clock } = this.parts;
    if (this.awaited) {
      const { at, ends } = this.awaited;
      const committed = await source.committed();
      if ([...ends].some(([place, end]) => (committed.get(place) ?? -1) < end)) return this.until;
      this.until = plusMs(at, -ON_THE_WAY_MS);
    }
    // The time is read first: what comes between the two was there later.
    this.awaited = { at: clock.now(), ends: await source.ends() };
    return this.until;
  }
}
