import type { Instant } from '../../domain/kernel/instant';
import type { Counts } from './counts';

export type UnreadableParts = {
  readonly venue: string;
  readonly counts: Counts;
  readonly onAlarm: (what: string) => void;
};

/** So many within this time are no accident: the venue speaks another form than ours. */
const RUN = 5;
const WITHIN_MS = 60_000;
const QUOTED_MAX = 300;

/** Counts what a venue says and cannot be read, and rings when it becomes a run; once for each run. */
export class Unreadable {
  private recent: Instant[] = [];
  private isRinging = false;

  constructor(private readonly parts: UnreadableParts) {}

  /** This many events of a frame could not be read. */
  take(events: number, frame: string, now: Instant): void {
    const { venue, counts, onAlarm } = this.parts;
    counts.framesDropped += events;
    this.recent = [...this.recent, ...Array<Instant>(events).fill(now)].slice(-RUN);
    const [first] = this.recent;
    const isRun = this.recent.length === RUN && first !== undefined && now - first <= WITHIN_MS;
    if (isRun && !this.isRinging) {
      counts.unreadableRuns += 1;
      onAlarm(`${venue}: ${RUN} events within a minute could not be read, the last: ${frame.slice(0, QUOTED_MAX)}`);
    }
    this.isRinging = isRun;
  }
}
