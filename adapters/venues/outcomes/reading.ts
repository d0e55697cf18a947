import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument, Venue } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import { RestPaused, type VenueRest } from '../rest';

/** What of a venue's catalogue is to be followed. */
export type ReadCatalogue = {
  /** What ours had of the venue when we started; none from the second time on. */
  readonly held: () => Promise<readonly Instrument[]>;
  /** The market of this name is to be asked for at the next reading, whatever was planned. */
  readonly hurry: (market: string) => void;
  readonly read: (now: Instant) => Promise<readonly Instrument[]>;
};

export type ReadingParts = {
  readonly venue: Venue;
  readonly catalogue: ReadCatalogue;
  readonly rest: VenueRest;
  readonly clock: Clock;
  readonly readEveryMs: number;
  /** Whether anything is followed yet: the first market is looked for more often. */
  readonly isFollowing: () => boolean;
  readonly onInstruments: (instruments: readonly Instrument[]) => void;
  readonly onTrouble: (what: string) => void;
};

const READ_AGAIN_MS = 2_000;
/** A sign of an end is looked into this fast, and no more often than this. */
const HURRY_MS = { after: 250, every: 2_000 } as const;

/** Reads the catalogue now and then, sooner when something looks like the end of a market. */
export class Reading {
  private isStopped = false;
  private isReading = false;
  private next: NodeJS.Timeout | undefined;
  private readonly hurried = new Set<string>();
  private hurriedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: ReadingParts) {}

  async read(): Promise<void> {
    const { venue, catalogue, clock, rest, onInstruments } = this.parts;
    this.isReading = true;
    for (const market of this.hurried) catalogue.hurry(market);
    this.hurried.clear();
    let nextMs = READ_AGAIN_MS;
    try {
      const held = await catalogue.held();
      if (!this.isStopped) onInstruments(held);
      const instruments = await catalogue.read(clock.now());
      if (!this.isStopped) onInstruments(instruments);
      if (this.parts.isFollowing()) nextMs = this.parts.readEveryMs;
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      if (!(error instanceof RestPaused)) this.parts.onTrouble(`${venue}: the catalogue was not read: ${why}`);
    }
    this.isReading = false;
    this.readIn(Math.max(this.hurried.size > 0 ? HURRY_MS.after : nextMs, rest.waitMs()));
  }

  /** Something looks like the end of this market: the venue is asked soon. */
  hurry(market: string): void {
    this.hurried.add(market);
    const now = this.parts.clock.now();
    if (this.isReading || this.hurriedAt >= now) return;
    const dueAt = Math.max(now + HURRY_MS.after, this.hurriedAt + HURRY_MS.every);
    this.hurriedAt = dueAt;
    this.readIn(dueAt - now);
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.next);
  }

  private readIn(ms: number): void {
    clearTimeout(this.next);
    if (!this.isStopped) this.next = setTimeout(() => void this.read(), ms);
  }
}
