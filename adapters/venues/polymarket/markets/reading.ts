import type { Instrument } from '../../../../domain/market/instrument';
import type { Clock } from '../../../../usecases/ports/clock-and-ids';
import { RestPaused, type VenueRest } from '../../rest';
import type { Catalogue } from './catalogue';
import { slugOf } from './instruments';

export type ReadingParts = {
  readonly catalogue: Catalogue;
  readonly gamma: VenueRest;
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
    const { catalogue, clock, gamma, onInstruments } = this.parts;
    this.isReading = true;
    for (const slug of this.hurried) catalogue.hurry(slug);
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
      if (!(error instanceof RestPaused)) this.parts.onTrouble(`polymarket: the catalogue was not read: ${why}`);
    }
    this.isReading = false;
    this.readIn(Math.max(this.hurried.size > 0 ? HURRY_MS.after : nextMs, gamma.waitMs()));
  }

  /** Something looks like the end of this market: Gamma is asked soon. */
  hurry(instrument: Instrument): void {
    this.hurried.add(slugOf(instrument));
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
