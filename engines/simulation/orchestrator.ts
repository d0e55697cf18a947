import { plusMs } from '../../domain/kernel/instant';
import type { ClaimedStudy } from '../../usecases/ports/simulation/study-queue';
import { CLAIM_MS } from './held-study';
import { type PlayerParts, playStudy } from './study-player';

export type OrchestratorParts = PlayerParts & {
  /** How many studies this copy plays at a time. */
  readonly atOnce: number;
};

/** The API takes what is asked for while somebody said so not longer ago than this: Ray may restart in between. */
const READY_MS = 60_000;

/** Claims studies and plays them: as many at a time as it may, the oldest first. */
export class Orchestrator {
  private readonly playing = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private claiming: Promise<void> | undefined;
  private isAskedAgain = false;

  constructor(private readonly parts: OrchestratorParts) {}

  /** Claims what there is and begins it; called whenever there may be something. Throws while the store is away. */
  async claim(): Promise<void> {
    if (this.claiming) {
      this.isAskedAgain = true;
      return this.claiming;
    }
    this.claiming = this.claimAll().finally(() => {
      this.claiming = undefined;
    });
    return this.claiming;
  }

  /** Tells the API whether what is asked for will be played. Answers whether Ray is ready. */
  async tellReady(): Promise<boolean> {
    const { sampler, queue, now } = this.parts;
    const isReady = await sampler.isReady();
    if (isReady) await queue.tellReady(plusMs(now(), READY_MS));
    return isReady;
  }

  /** Gives back what is being played, for another copy to go on with. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.claiming?.catch(() => undefined);
    await Promise.all(this.playing);
  }

  private async claimAll(): Promise<void> {
    do {
      this.isAskedAgain = false;
      const free = this.parts.atOnce - this.playing.size;
      if (free <= 0 || this.stopping.signal.aborted) return;
      const at = this.parts.now();
      for (const study of await this.parts.queue.claim(at, plusMs(at, CLAIM_MS), free)) this.begin(study);
    } while (this.isAskedAgain);
  }

  private begin(study: ClaimedStudy): void {
    const played = playStudy(this.parts, study, this.stopping.signal).then(() => {
      this.playing.delete(played);
      this.parts.metrics.playing(this.playing.size);
      this.claim().catch((error: unknown) => this.parts.onFailure(error, 'studies could not be claimed'));
    });
    this.playing.add(played);
    this.parts.metrics.playing(this.playing.size);
  }
}
