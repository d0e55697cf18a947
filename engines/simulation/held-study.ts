import type { Instant } from '../../domain/kernel/instant';
import { plusMs } from '../../domain/kernel/instant';
import type { Ids } from '../../usecases/ports/clock-and-ids';
import type { ClaimedStudy, StudyFence, StudyProgress, StudyQueue } from '../../usecases/ports/simulation/study-queue';
import { studyEvent } from '../../usecases/simulation/study-event';

export type HeldParts = {
  readonly queue: StudyQueue;
  readonly now: () => Instant;
  /** Monotonic. */
  readonly nowMs: () => number;
  readonly ids: Ids;
  /** Resolves after so long, or at once when the signal says so. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Whether the same may succeed later without anybody's help. */
  readonly isTransient: (error: unknown) => boolean;
  readonly onFailure: (error: unknown, what: string) => void;
};

/** A claim is good for so long, and is renewed several times within that. */
export const CLAIM_MS = 10_000;
const KEEP_EVERY_MS = 1_000;
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 2_000;
/** The end of a study is insisted on for as long; then its claim expires, and another copy ends it. */
const INSIST_MS = 30_000;

/** Why a study is over for this copy. */
type Over = 'lost' | 'stopping' | 'deadline';

/**
 * A study that this copy has claimed: it keeps the claim, tells the progress once a second at most, and notices when
 * the study is cancelled, claimed by another, late, or when this copy stops.
 */
export class HeldStudy {
  /** Whether what plays the runs did not answer the last time. */
  isAway = false;
  private over: Over | undefined;
  private readonly ended = new AbortController();
  private readonly closed = new AbortController();
  private readonly keeping: Promise<void>;
  private readonly timer: NodeJS.Timeout;
  private progress: StudyProgress;
  private told: StudyProgress | undefined;

  constructor(
    private readonly parts: HeldParts,
    private readonly claimed: ClaimedStudy,
    private readonly stopping: AbortSignal,
    deadlineMs: number,
  ) {
    this.progress = claimed.progress;
    this.timer = setTimeout(() => this.end('deadline'), deadlineMs);
    stopping.addEventListener('abort', this.stop, { once: true });
    if (stopping.aborted) this.stop();
    this.keeping = this.keep();
  }

  get fence(): StudyFence {
    return this.claimed.fence;
  }

  /** Says so while a run is played. */
  get signal(): AbortSignal {
    return this.ended.signal;
  }

  get isOver(): Over | undefined {
    return this.over;
  }

  /** Throws when the study is over. */
  mustGoOn(): void {
    if (this.over) throw new Error(`the study is over: ${this.over}`);
  }

  async pause(ms: number): Promise<void> {
    await this.parts.pause(ms, this.ended.signal);
    this.mustGoOn();
  }

  /** So many paths of this run are played, beside those of the runs before. One that begins anew takes none back. */
  follow({ done, of }: StudyProgress, ofRun: number): void {
    const reached = Math.min(of, done + ofRun);
    if (reached * this.progress.of >= this.progress.done * of) this.progress = { done: reached, of };
  }

  /** Asks the store again while it is away. */
  async insist<T>(ask: () => Promise<T>): Promise<T> {
    const untilMs = this.parts.nowMs() + INSIST_MS;
    for (let waitMs = RETRY_MS_MIN; ; waitMs = Math.min(RETRY_MS_MAX, 2 * waitMs)) {
      try {
        return await ask();
      } catch (error) {
        if (!this.parts.isTransient(error) || this.over === 'lost' || this.parts.nowMs() > untilMs) throw error;
        await this.parts.pause(waitMs, this.closed.signal);
      }
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    this.stopping.removeEventListener('abort', this.stop);
    this.closed.abort();
    await this.keeping;
  }

  private readonly stop = (): void => this.end('stopping');

  private end(why: Over): void {
    this.over ??= why;
    this.ended.abort();
  }

  private async keep(): Promise<void> {
    while (!this.closed.signal.aborted && this.over === undefined) {
      try {
        if (!(await this.renew())) this.end('lost');
      } catch (error) {
        // Whether another has it by now is known when the store answers again: until then it refuses what is written.
        this.parts.onFailure(error, 'the claim on a study could not be renewed');
      }
      await this.parts.pause(KEEP_EVERY_MS, this.closed.signal);
    }
  }

  private async renew(): Promise<boolean> {
    const { queue, now, ids } = this.parts;
    const { fence, trace } = this.claimed;
    const at = now();
    if (!(await queue.keep(fence, plusMs(at, CLAIM_MS)))) return false;
    const { progress, told } = this;
    if (told?.done === progress.done && told.of === progress.of) return true;
    const studied = { ...this.claimed, studyId: fence.studyId };
    const message = studyEvent({ trace, at, ids }, studied, 'monte-carlo.progressed', progress);
    const isHeld = await queue.progress(fence, progress, message);
    this.told = progress;
    return isHeld;
  }
}
