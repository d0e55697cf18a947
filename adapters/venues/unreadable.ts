import type { Instant } from '../../domain/kernel/instant';
import type { UnreadableFrame } from '../../usecases/ports/market-data/unreadable-frames';
import type { Counts } from './counts';

export type UnreadableParts = {
  readonly venue: string;
  readonly counts: Counts;
  /** To be kept as it came. */
  readonly onFrame: (frame: UnreadableFrame) => void;
  readonly onAlarm: (what: string) => void;
};

/** So many within this time are no accident: the venue speaks another form than ours. */
const RUN = 5;
const WITHIN_MS = 60_000;
const QUOTED_MAX = 300;
/** So many a minute are kept, cut to this length: a venue that changed its form sends hundreds a second. */
const KEPT_A_MINUTE = 6;
const KEPT_CHARACTERS_MAX = 16_384;

/** Counts what a venue says and cannot be read, has it kept, and rings when it becomes a run; once for each run. */
export class Unreadable {
  private recent: Instant[] = [];
  private keptAt: Instant[] = [];
  private isRinging = false;

  constructor(private readonly parts: UnreadableParts) {}

  /** This many events of a frame could not be read. */
  take(events: number, frame: string, now: Instant): void {
    const { venue, counts, onAlarm } = this.parts;
    counts.framesDropped += events;
    this.keep(frame, now);
    this.recent = [...this.recent, ...Array<Instant>(Math.min(events, RUN)).fill(now)].slice(-RUN);
    const [first] = this.recent;
    const isRun = this.recent.length === RUN && first !== undefined && now - first <= WITHIN_MS;
    if (isRun && !this.isRinging) {
      counts.unreadableRuns += 1;
      onAlarm(`${venue}: ${RUN} events within a minute could not be read, the last: ${frame.slice(0, QUOTED_MAX)}`);
    }
    this.isRinging = isRun;
  }

  private keep(frame: string, receivedAt: Instant): void {
    this.keptAt = this.keptAt.filter((at) => Math.abs(receivedAt - at) < WITHIN_MS);
    if (this.keptAt.length >= KEPT_A_MINUTE) return;
    this.keptAt.push(receivedAt);
    this.parts.onFrame({ venue: this.parts.venue, text: frame.slice(0, KEPT_CHARACTERS_MAX), receivedAt });
  }
}
